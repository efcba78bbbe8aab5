package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.NotedEvents;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.NoSuchMessageException;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.TurnRunsException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a person sees and decides of what the model remembers. */
class MemoryTest {
    private static final String WORDS = " and some more words that were said here, and then some, and again".repeat(3);

    private House house = new House();
    private final ConversationId id = house.begin(OLGA, "My name is Olga." + WORDS);

    private void say(int turns) {
        for (int i = 0; i < turns; i++) {
            house.clock.advance(Duration.ofSeconds(5));
            house.say(OLGA, id, "Turn " + i + WORDS);
        }
    }

    private Overlay overlay() throws IOException {
        return house.store.open(id).orElseThrow().locked(Transcript::overlay);
    }

    /** Talks until something is left out. */
    private Entry.Window talkUntilCut() throws IOException {
        while (overlay().window().isEmpty()) {
            say(1);
        }
        return overlay().window().get();
    }

    /** All messages, from the first to the last, in parts of so many. */
    private List<ShownMessage> shown(int limit) {
        ThreadSnapshot newest = house.conversations.thread(OLGA, id, limit);
        List<ShownMessage> shown = new ArrayList<>(newest.messages());
        boolean more = newest.more();
        while (more) {
            Snapshots.Page page =
                    house.conversations.before(OLGA, id, shown.get(0).message().id(), limit);
            shown.addAll(0, page.messages());
            more = page.more();
        }
        return shown;
    }

    private static List<String> cuts(List<ShownMessage> shown) {
        return shown.stream()
                .filter(each -> each.cut().isPresent())
                .map(each -> each.message().id())
                .toList();
    }

    @Test
    void cutIsShownAtTheFirstMessageThatIsSentInWhicheverPartThatIs() throws IOException {
        say(2);
        assertEquals(List.of(), cuts(shown(50)));
        Entry.Window window = talkUntilCut();
        for (int limit : List.of(50, 4, 1)) {
            assertEquals(List.of(window.from()), cuts(shown(limit)));
        }
        house = house.afterCrash();
        assertEquals(List.of(window.from()), cuts(shown(4)));
    }

    @Test
    void cutSaysHowMuchIsSummarisedAndByWhat() throws IOException {
        Entry.Window window = talkUntilCut();
        List<ShownMessage> shown = shown(50);
        List<Message> before = shown.stream()
                .map(ShownMessage::message)
                .takeWhile(message -> !message.id().equals(window.from()))
                .toList();
        int said = (int)
                before.stream().filter(message -> message.role() == Role.USER).count();
        ShownCut cut = shown.get(before.size()).cut().orElseThrow();
        assertTrue(said > 1, "else nothing is counted");
        assertEquals(said, cut.before().orElseThrow());
        assertEquals(said, cut.covered().orElseThrow());
        assertEquals(window.summary(), cut.summary().map(Entry.Summary::id));
        assertFalse(cut.kept());
    }

    @Test
    void readersHearOfTheCutAndAgainWhenTheyComeBackFromBeforeItOrFromTheReplyThatItWasMadeFor() throws IOException {
        Cursor begin = house.conversations.thread(OLGA, id, 1).cursor();
        NotedEvents live = house.watch(OLGA, id, begin);
        String cut = "cut at " + talkUntilCut().from();
        assertEquals(1, live.told().stream().filter(cut::equals).count());
        assertTrue(house.watch(OLGA, id, begin).told().contains(cut));
        int at = live.told().indexOf(cut);
        Cursor inReply = live.events().get(at + 1).cursor().orElseThrow();
        assertTrue(house.watch(OLGA, id, inReply).told().contains(cut));
        assertFalse(house.watch(OLGA, id, live.cursor().orElseThrow()).told().contains(cut));
    }

    @Test
    void messageIsKeptUntilItIsLetGoAlsoInANewProcess() {
        NotedEvents reader =
                house.watch(OLGA, id, house.conversations.thread(OLGA, id, 1).cursor());
        house.conversations.memory().pin(OLGA, id, "m1", true).join();
        assertEquals(List.of("kept m1"), reader.told());
        house = house.afterCrash();
        assertEquals(
                List.of(true, false), shown(50).stream().map(ShownMessage::kept).toList());
        house.conversations.memory().pin(OLGA, id, "m1", false).join();
        assertEquals(
                List.of(false, false),
                shown(50).stream().map(ShownMessage::kept).toList());
    }

    @Test
    void messageThatWasLeftOutIsSentAgainOnceItIsKeptAndNothingElseIsLost() throws IOException {
        talkUntilCut();
        house.conversations.memory().pin(OLGA, id, "m1", true).join();
        house.conversations.memory().pin(OLGA, id, "m3", true).join();
        assertEquals(
                List.of("m1", "m2", "m3", "m4"),
                overlay().window().orElseThrow().kept());
        assertTrue(shown(50).stream().flatMap(each -> each.cut().stream()).allMatch(ShownCut::kept));
        say(1);
        List<String> asked = house.model.call().request().messages().stream()
                .map(Message::id)
                .toList();
        assertEquals(List.of("m1", "m2", "m3", "m4"), asked.subList(0, 4));
    }

    @Test
    void nothingIsDecidedWhileAReplyIsWritten() {
        house.silent().say(OLGA, id, "Tell me");
        for (var asked : List.of(
                house.conversations.memory().pin(OLGA, id, "m1", true),
                house.conversations.memory().takeSummaryBack(OLGA, id))) {
            assertInstanceOf(
                    TurnRunsException.class,
                    assertThrows(CompletionException.class, asked::join).getCause());
        }
        assertFalse(house.lines(id).contains("pin"));
    }

    @Test
    void unknownMessageIsNotKept() {
        assertThrows(
                NoSuchMessageException.class, () -> house.conversations.memory().pin(OLGA, id, "m99", true));
    }

    @Test
    void summaryThatIsTakenBackIsNotShownAndTheMessagesAreSent() throws IOException {
        Entry.Window window = talkUntilCut();
        house.conversations.memory().takeSummaryBack(OLGA, id).join();
        Entry.Window now = overlay().window().orElseThrow();
        assertTrue(now.summary().isEmpty());
        List<String> ids = shown(50).stream().map(each -> each.message().id()).toList();
        assertTrue(ids.indexOf(now.from()) < ids.indexOf(window.from()), now.from());
        assertTrue(shown(50).stream()
                .flatMap(each -> each.cut().stream())
                .allMatch(cut -> cut.summary().isEmpty()));
    }

    @Test
    void lastExchangesOnlyKeepTheSummaryOfWhatCameBeforeAndWhatIsPinned() throws IOException {
        talkUntilCut();
        say(6);
        Entry.Window since = overlay().window().orElseThrow();
        house.conversations.memory().pin(OLGA, id, since.from(), true).join();
        house.conversations.resume(OLGA, id, true).join();
        Entry.Window now = overlay().window().orElseThrow();
        List<ShownMessage> shown = shown(50);
        List<String> said = shown.stream()
                .filter(each -> each.message().role() == Role.USER)
                .map(each -> each.message().id())
                .toList();
        assertEquals(said.get(said.size() - Conversations.RECENT), now.from());
        assertTrue(now.summary().isPresent(), now.toString());
        assertTrue(now.kept().contains(since.from()), now.toString());
        assertTrue(now.leftOut() > 0, now.toString());
        house.conversations.resume(OLGA, id, true).join();
        assertEquals(now, overlay().window().orElseThrow(), "it begins there already");
    }

    @Test
    void lastExchangesOnlyOfAShortConversationHaveNoSummary() throws IOException {
        say(Conversations.RECENT - 1);
        house.conversations.resume(OLGA, id, true).join();
        assertTrue(overlay().window().isEmpty(), "there are no more");
        say(1);
        house.conversations.resume(OLGA, id, true).join();
        assertTrue(overlay().window().orElseThrow().summary().isEmpty());
        assertEquals(List.of("m3"), cuts(shown(50)));
    }
}
