package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The marks, and what is never sent. */
class MessageWindowTest {
    private final MessageWindow window = new MessageWindow(WindowRules.of(100, 50));
    private final Paths path = new Paths();

    private View choose() throws MessageTooLongException {
        return choose(Optional.empty());
    }

    private View choose(Optional<Cut> cut) throws MessageTooLongException {
        return window.choose(History.of(path.all(), cut), Paths.WEIGHT);
    }

    private static Cut cut(String from, long leftOut) {
        return new Cut(from, List.of(), Optional.empty(), leftOut);
    }

    @Test
    void everythingIsSentUpToTheHighMark() throws Exception {
        path.user(20).reply(30).user(50);
        assertEquals(new View(path.all(), 100, 0, Optional.empty(), 100, Optional.empty()), choose());
    }

    @Test
    void oldestTurnsGoDownToTheLowMarkOnceOverTheHighMark() throws Exception {
        path.turns(3, 10, 20).user(11);
        View view = choose();
        assertEquals(path.part(4, 7), view.messages());
        assertEquals(41, view.tokens());
        assertEquals(4, view.leftOut());
        assertEquals(Optional.of(cut("m4", 60)), view.cut());
        assertEquals(101, view.whole());
    }

    /** 44 and the 6 that are left free for a summary are the low mark; with one more the turn must go. */
    @Test
    void roomForASummaryIsLeftBelowTheLowMark() throws Exception {
        path.user(10).reply(50).user(10).reply(20).user(14);
        assertEquals(path.part(2, 5), choose().messages());
        Paths heavier = new Paths().user(10).reply(50).user(10).reply(20).user(15);
        assertEquals(
                heavier.part(4, 5),
                window.choose(History.of(heavier.all(), Optional.empty()), Paths.WEIGHT)
                        .messages());
    }

    @Test
    void cutStaysWhereItIsUntilTheNextOne() throws Exception {
        path.turns(3, 10, 20).user(11);
        Optional<Cut> first = choose().cut();
        path.reply(19).user(10).reply(20).user(10);
        View full = choose(first);
        assertEquals(path.part(4, 11), full.messages());
        assertEquals(100, full.tokens());
        assertEquals(first, full.cut());
        assertEquals(160, full.whole());
        path.reply(1).user(1);
        View next = choose(first);
        assertEquals(path.part(8, 13), next.messages());
        assertEquals(8, next.leftOut());
        assertEquals(Optional.of(cut("m8", 120)), next.cut());
        assertEquals(162, next.whole());
    }

    @Test
    void cutDeterminesTheBeginningWhereverThePathBegins() throws Exception {
        path.turns(3, 10, 20).user(11);
        View whole = choose(Optional.of(cut("m4", 60)));
        View part = window.choose(History.of(path.part(4, 7), Optional.of(cut("m4", 60))), Paths.WEIGHT);
        assertEquals(whole.messages(), part.messages());
        assertEquals(whole.cut(), part.cut());
        assertEquals(whole.whole(), part.whole());
        assertEquals(4, whole.leftOut());
        assertEquals(0, part.leftOut(), "on this part of the path");
    }

    @Test
    void cutThatIsNotOnThePathCountsAsNone() throws Exception {
        path.turns(2, 10, 20).user(11);
        assertEquals(choose(), choose(Optional.of(cut("elsewhere", 1_000))));
    }

    @Test
    void cutThatBeginsNoTurnCountsAsNone() throws Exception {
        path.turns(2, 10, 20).user(11);
        assertEquals(choose(), choose(Optional.of(cut("m3", 1_000))));
    }

    @Test
    void lastMessageIsSentEvenWhenItAloneIsOverTheLowMark() throws Exception {
        path.user(10).reply(20).user(90);
        assertEquals(path.part(2, 3), choose().messages());
        assertEquals(90, choose().tokens());
    }

    @Test
    void lastMessageOverTheHighMarkIsRefusedWithASentence() {
        path.user(10).reply(20).user(24_101);
        MessageTooLongException refused = assertThrows(MessageTooLongException.class, this::choose);
        assertEquals(
                "This message has about 24,101 tokens; at most 100 can be sent to the model (window.high)."
                        + " Shorten it or send it in parts.",
                refused.getMessage());
        assertEquals(24_101, refused.tokens());
        assertEquals(100, refused.limit());
    }

    @Test
    void messageThatIsExactlyAsLongAsTheHighMarkIsSent() throws Exception {
        path.user(100);
        assertEquals(path.all(), choose().messages());
    }

    @Test
    void countBeyondAnIntIsRefusedAsTheHighestInt() {
        path.user(Integer.MAX_VALUE).calls(Integer.MAX_VALUE, "a").results(7, "a");
        assertEquals(
                Integer.MAX_VALUE,
                assertThrows(MessageTooLongException.class, this::choose).tokens());
    }

    /** The window is left as it was: what is sent afterwards begins where it did before. */
    @Test
    void refusedMessageLeavesTheWindowUnchanged() throws Exception {
        path.turns(3, 10, 20).user(11);
        Optional<Cut> before = choose().cut();
        path.reply(5).user(101);
        assertThrows(MessageTooLongException.class, () -> choose(before));
        Paths instead = new Paths().turns(3, 10, 20).user(11).reply(5).user(5);
        View view = window.choose(History.of(instead.all(), before), Paths.WEIGHT);
        assertEquals(instead.part(4, 9), view.messages());
        assertEquals(before, view.cut());
    }

    @Test
    void conversationGoesOnAfterARefusedMessage() throws Exception {
        path.user(10).reply(20).user(101).emptyReply().user(5);
        assertEquals(path.part(4, 5), choose().messages());
    }

    @Test
    void repliesWithoutWordsAreNotSent() throws Exception {
        path.user(1).emptyReply().user(2).add(Role.ASSISTANT, Stop.FAILED, new Block.Text("  \n"));
        path.user(3)
                .add(Role.ASSISTANT, Stop.STOPPED, new Block.Thinking("hm", ""))
                .user(4);
        assertEquals(List.of(path.at(0), path.at(2), path.at(4), path.at(6)), choose().messages());
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
        assertEquals(path.all(), choose().messages());
    }

    @Test
    void nothingIsSentBeforeTheFirstPersonsMessage() throws Exception {
        path.reply(5).system(5).results(5, "nobody's").user(7);
        assertEquals(new View(path.part(3, 4), 7, 0, Optional.empty(), 7, Optional.empty()), choose());
    }

    @Test
    void whatComesBeforeTheFirstPersonsMessageIsLeftOutWithItsTurn() throws Exception {
        path.reply(5).user(20).reply(60).user(30);
        assertEquals(3, choose().leftOut());
        assertEquals(80, choose().cut().orElseThrow().leftOut(), "it never cost anything");
    }

    @Test
    void instructionsInsideATurnStayThere() throws Exception {
        path.user(1).system(2).reply(3).user(4);
        assertEquals(path.all(), choose().messages());
    }

    @Test
    void messageWithoutWordsBeginsNoTurn() throws Exception {
        path.user(1).add(Role.USER, Stop.COMPLETE, new Block.Text(" ")).reply(3).user(4);
        assertEquals(List.of(path.at(0), path.at(2), path.at(3)), choose().messages());
    }

    @Test
    void pathThatAsksNothingIsRefused() {
        assertRefused(new Paths());
        assertRefused(new Paths().user(1).reply(1));
        assertRefused(new Paths().user(1).system(1));
        assertRefused(new Paths().results(1, "a"));
        assertRefused(new Paths().user(1).reply(1).tool(1));
        assertRefused(new Paths().user(1).add(Role.USER, Stop.COMPLETE, new Block.Text(" ")));
        assertRefused(new Paths().user(1).add(Role.USER, Stop.COMPLETE, Paths.result("nobody's")));
    }

    private void assertRefused(Paths asked) {
        History history = History.of(asked.all(), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> window.choose(history, Paths.WEIGHT));
        assertThrows(IllegalArgumentException.class, () -> window.ahead(history, Paths.WEIGHT));
    }

    /** What was cut is never counted again: that is why a long conversation costs no more than a short one. */
    @Test
    void nothingBeforeTheCutIsCounted() throws Exception {
        path.turns(1_000, 10, 20).user(11);
        int[] counted = {0};
        View view = window.choose(History.of(path.all(), Optional.of(cut("m1998", 29_970))), message -> {
            counted[0]++;
            return Paths.WEIGHT.count(message);
        });
        assertEquals(path.part(1_998, 2_001), view.messages());
        assertEquals(3, counted[0]);
        assertEquals(1_998, view.leftOut());
    }

    @Test
    void mostMessagesAreSentAndThenHalfOfThem() throws Exception {
        MessageWindow eight = new MessageWindow(new WindowRules(100, 50, 0, 8));
        path.turns(4, 1, 1);
        path.user(1);
        View view = eight.choose(History.of(path.all(), Optional.empty()), Paths.WEIGHT);
        assertEquals(path.part(6, 9), view.messages());
        assertEquals(Optional.of(cut("m6", 6)), view.cut());
    }

    @Test
    void asManyMessagesAsAllowedAreSent() throws Exception {
        MessageWindow seven = new MessageWindow(new WindowRules(100, 50, 0, 7));
        path.turns(3, 1, 1).user(1);
        assertEquals(
                path.all(),
                seven.choose(History.of(path.all(), Optional.empty()), Paths.WEIGHT)
                        .messages());
    }

    @Test
    void lastTurnMayHaveAnyNumberOfMessages() throws Exception {
        MessageWindow two = new MessageWindow(new WindowRules(100, 50, 0, 2));
        path.user(1)
                .reply(1)
                .user(1)
                .calls(1, "a")
                .results(1, "a")
                .calls(1, "b")
                .results(1, "b");
        View view = two.choose(History.of(path.all(), Optional.empty()), Paths.WEIGHT);
        assertEquals(path.part(2, 7), view.messages());
        assertEquals(
                view.cut(),
                two.choose(History.of(path.all(), view.cut()), Paths.WEIGHT).cut());
    }

    @Test
    void argumentsAreTakenIntoAccountByWhateverCounts() throws Exception {
        path.user(10).add(Role.ASSISTANT, Stop.COMPLETE, Paths.function("a", "x".repeat(300)));
        path.tool(1).user(10);
        assertEquals(path.all(), choose().messages(), "counted by its words alone it would fit");
        View view = window.choose(
                History.of(path.all(), Optional.empty()),
                message -> message.content().stream()
                        .mapToInt(block -> block instanceof Block.Other other
                                ? other.json().toString().length()
                                : Paths.WEIGHT.count(message))
                        .sum());
        assertEquals(path.part(3, 4), view.messages());
    }

    @Test
    void pictureWithoutWordsBeginsATurn() throws Exception {
        JsonObject image = new JsonObject();
        image.addProperty("type", "image");
        path.add(Role.USER, Stop.COMPLETE, new Block.Other(image)).reply(1).user(1);
        List<Message> sent = choose().messages();
        assertEquals(path.all(), sent);
        assertTrue(SentBlocks.beginsTurn(sent.get(0)));
    }
}
