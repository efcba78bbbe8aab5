package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageWindowTest {
    private final MessageWindow window = new MessageWindow(Paths.WEIGHT, 100, 50);
    private final Paths path = new Paths();

    @Test
    void everythingIsSentUpToTheHighMark() throws Exception {
        path.user(20).reply(30).user(50);
        assertEquals(new MessageWindow.View(path.all(), 100, 0), window.choose(path.all(), Optional.empty()));
    }

    @Test
    void oldestTurnsGoDownToTheLowMarkOnceOverTheHighMark() throws Exception {
        path.user(10).reply(20).user(10).reply(20).user(10).reply(20).user(11);
        assertEquals(
                new MessageWindow.View(path.all().subList(4, 7), 41, 4), window.choose(path.all(), Optional.empty()));
    }

    @Test
    void cutStaysWhereItIsUntilTheNextOne() throws Exception {
        path.user(10).reply(20).user(10).reply(20).user(10).reply(20).user(11);
        path.reply(19).user(10).reply(20).user(10);
        MessageWindow.View view = window.choose(path.all(), Optional.empty());
        assertEquals(path.all().subList(4, 11), view.messages());
        assertEquals(100, view.tokens());
        path.reply(1).user(1);
        assertEquals(
                path.all().subList(8, 13),
                window.choose(path.all(), Optional.empty()).messages());
    }

    @Test
    void lastMessageIsSentEvenWhenItAloneIsOverTheLowMark() throws Exception {
        path.user(10).reply(20).user(90);
        assertEquals(
                new MessageWindow.View(path.all().subList(2, 3), 90, 2), window.choose(path.all(), Optional.empty()));
    }

    @Test
    void lastMessageOverTheHighMarkIsRefusedWithASentence() {
        path.user(10).reply(20).user(24_101);
        MessageTooLongException refused =
                assertThrows(MessageTooLongException.class, () -> window.choose(path.all(), Optional.empty()));
        assertEquals(
                "This message has about 24,101 tokens; at most 100 can be sent to the model (window.high)."
                        + " Shorten it or send it in parts.",
                refused.getMessage());
        assertEquals(24_101, refused.tokens());
        assertEquals(100, refused.limit());
    }

    @Test
    void conversationGoesOnAfterARefusedMessage() throws Exception {
        path.user(10).reply(20).user(101).emptyReply().user(5);
        assertEquals(
                path.all().subList(4, 5),
                window.choose(path.all(), Optional.empty()).messages());
    }

    @Test
    void repliesWithoutWordsAreNotSent() throws Exception {
        path.user(1).emptyReply().user(2).add(Role.ASSISTANT, Stop.FAILED, new Block.Text("  \n"));
        path.user(3)
                .add(Role.ASSISTANT, Stop.STOPPED, new Block.Thinking("hm", ""))
                .user(4);
        List<Message> all = path.all();
        assertEquals(
                List.of(all.get(0), all.get(2), all.get(4), all.get(6)),
                window.choose(all, Optional.empty()).messages());
    }

    @Test
    void partsOfRepliesAreSent() throws Exception {
        path.user(1)
                .reply(2, Stop.STOPPED)
                .user(3)
                .reply(4, Stop.INTERRUPTED)
                .user(5)
                .reply(6, Stop.FAILED)
                .user(7);
        assertEquals(path.all(), window.choose(path.all(), Optional.empty()).messages());
    }

    @Test
    void nothingIsSentBeforeTheFirstPersonsMessage() throws Exception {
        path.reply(5)
                .add(Role.SYSTEM, Stop.COMPLETE, new Block.Text("5 tokens"))
                .toolResult(5)
                .user(7);
        assertEquals(
                new MessageWindow.View(path.all().subList(3, 4), 7, 0), window.choose(path.all(), Optional.empty()));
    }

    @Test
    void toolResultStaysWithItsCall() throws Exception {
        path.user(10).toolCall(10).toolResult(20).reply(5).user(10).toolCall(10).toolResult(60);
        assertEquals(
                path.all().subList(4, 7),
                window.choose(path.all(), Optional.empty()).messages());
    }

    @Test
    void callWithoutWordsIsSent() throws Exception {
        path.user(1)
                .add(Role.ASSISTANT, Stop.COMPLETE, Paths.foreign("tool_use"))
                .toolResult(3);
        assertEquals(path.all(), window.choose(path.all(), Optional.empty()).messages());
    }

    @Test
    void pathThatAsksNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> window.choose(List.of(), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> window.choose(path.user(1).reply(1).all(), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> window.choose(new Paths().toolResult(1).all(), Optional.empty()));
    }

    @Test
    void marksThatLeaveNoRoomAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MessageWindow(Paths.WEIGHT, 100, 100));
        assertThrows(IllegalArgumentException.class, () -> new MessageWindow(Paths.WEIGHT, 100, -1));
    }

    /** For any conversation and marks: legal, within budget, and the beginning changes at cuts only. */
    @Test
    void everyViewOfAnyConversationIsLegalAndStable() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            int low = random.nextInt(200);
            int high = low + 1 + random.nextInt(300);
            Paths paths = arbitrary(random);
            try {
                checkAllCalls(new MessageWindow(Paths.WEIGHT, high, low), paths, high, low);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void checkAllCalls(MessageWindow window, Paths paths, int high, int low) {
        List<Message> before = List.of();
        for (int count = 1; count <= paths.size(); count++) {
            List<Message> path = paths.first(count);
            Message last = path.get(count - 1);
            if (last.role() == Role.ASSISTANT) {
                continue;
            }
            try {
                MessageWindow.View view = window.choose(path, Optional.empty());
                checkLegal(view, last, high);
                checkCut(view, before, path, high, low);
                before = view.messages();
            } catch (MessageTooLongException e) {
                assertTrue(lastTurn(path).stream().mapToInt(Paths.WEIGHT::count).sum() > high);
                before = List.of();
            }
        }
    }

    private static void checkLegal(MessageWindow.View view, Message last, int high) {
        List<Message> sent = view.messages();
        assertTrue(startsTurn(sent.get(0)));
        assertEquals(last, sent.get(sent.size() - 1));
        assertEquals(view.tokens(), sent.stream().mapToInt(Paths.WEIGHT::count).sum());
        assertTrue(view.tokens() <= high);
        for (int i = 0; i < sent.size(); i++) {
            assertFalse(sent.get(i).role() == Role.ASSISTANT
                    && sent.get(i).content().isEmpty());
            if (!startsTurn(sent.get(i)) && sent.get(i).role() == Role.USER) {
                assertEquals(Role.ASSISTANT, sent.get(i - 1).role(), "a result follows its call");
            }
        }
    }

    /** What was sent before is a prefix of what is sent now, or there was need to cut, and it went to the low mark. */
    private static void checkCut(MessageWindow.View view, List<Message> before, List<Message> path, int high, int low) {
        List<Message> sent = view.messages();
        boolean extended =
                sent.size() >= before.size() && sent.subList(0, before.size()).equals(before);
        if (before.isEmpty() || extended) {
            return;
        }
        int from = path.indexOf(before.get(0));
        int uncut = path.subList(from, path.size()).stream()
                .filter(message ->
                        message.role() != Role.ASSISTANT || !message.content().isEmpty())
                .mapToInt(Paths.WEIGHT::count)
                .sum();
        assertTrue(uncut > high, "cut without need");
        assertTrue(view.tokens() <= low || sent.equals(lastTurn(path)), "cut to the low mark");
        List<Message> droppedLast = path.subList(from, path.indexOf(sent.get(0)));
        int lastDropped =
                lastTurn(droppedLast).stream().mapToInt(Paths.WEIGHT::count).sum();
        assertTrue(view.tokens() + lastDropped > low, "cut no further than needed");
    }

    private static boolean startsTurn(Message message) {
        return message.role() == Role.USER && message.content().size() == 1;
    }

    private static List<Message> lastTurn(List<Message> path) {
        List<Message> turn = new ArrayList<>();
        for (Message message : path) {
            if (startsTurn(message)) {
                turn.clear();
            }
            if (message.role() != Role.ASSISTANT || !message.content().isEmpty()) {
                turn.add(message);
            }
        }
        return turn;
    }

    private static Paths arbitrary(Random random) {
        Paths paths = new Paths();
        int most = 1 + random.nextInt(120);
        for (int turn = random.nextInt(40); turn >= 0; turn--) {
            paths.user(1 + random.nextInt(most));
            for (int call = random.nextInt(4); call > 1; call--) {
                paths.toolCall(1 + random.nextInt(most)).toolResult(1 + random.nextInt(most));
            }
            switch (random.nextInt(5)) {
                case 0 -> paths.emptyReply();
                case 1 -> paths.reply(1 + random.nextInt(most), Stop.STOPPED);
                case 2 -> paths.size();
                default -> paths.reply(1 + random.nextInt(most));
            }
        }
        return paths;
    }
}
