package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Transcript.Numbered;
import dev.holdfast.conversation.Transcript.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final Instant AT = Instant.parse("2026-11-21T05:31:00Z");
    private static final Entry.ReplyStarted START = new Entry.ReplyStarted("m2", "m1", "scripted", AT.plusSeconds(1));

    private final Transcript transcript = new Transcript();

    private static Message user(String id, String parent, String text, String key) {
        return Message.user(id, Optional.ofNullable(parent), text, AT, Optional.ofNullable(key));
    }

    private static Entry.Delta delta(int at, String text) {
        return new Entry.Delta("m2", 0, Block.Kind.TEXT, at, text);
    }

    private static Message done(String text, Stop stop) {
        return Message.reply(START, List.of(new Block.Text(text)), AT.plusSeconds(9), Usage.NONE, stop, null);
    }

    private Transcript apply(Entry... entries) {
        for (Entry entry : entries) {
            transcript.apply(transcript.lastSeq() + 1, entry);
        }
        return transcript;
    }

    @Test
    void aTurnBecomesAMessageAndItsReply() {
        apply(user("m1", null, "Hello", null), START, delta(0, "Hi"), done("Hi", Stop.COMPLETE));
        assertEquals(
                List.of("Hello", "Hi"),
                transcript.tree().path().stream().map(Message::text).toList());
        assertEquals(Optional.empty(), transcript.openReply());
        assertEquals(4, transcript.lastSeq());
        assertEquals(2, transcript.highestId());
        assertEquals(Optional.of(2L), transcript.replySeq("m2"));
        assertEquals(AT.plusSeconds(9), transcript.lastActivity());
    }

    @Test
    void aReplyThatWasCutOffStaysOpenWithItsText() {
        apply(user("m1", null, "Hello", null), START, delta(0, "Hi, "), delta(4, "Ol"));
        OpenReply open = transcript.openReply().orElseThrow();
        assertEquals(START, open.start());
        assertEquals(2, open.seq());
        assertEquals(List.of(new Block.Text("Hi, Ol")), open.content());
    }

    @Test
    void aDeltaOfAnotherReplyIsNotTakenIn() {
        apply(user("m1", null, "Hello", null), START, new Entry.Delta("m9", 0, Block.Kind.TEXT, 0, "stray"));
        assertEquals(List.of(), transcript.openReply().orElseThrow().content());
    }

    @Test
    void aQueuedMessageWaitsUntilTheMessageWithItsIdComes() {
        Entry.Queued first = new Entry.Queued("m3", "And?", AT, Optional.of("k3"));
        Entry.Queued second = new Entry.Queued("m4", "So?", AT, Optional.empty());
        apply(user("m1", null, "Hello", null), START, first, second);
        assertEquals(List.of(first, second), transcript.queued());
        apply(done("Hi", Stop.COMPLETE), user("m3", "m2", "And?", "k3"));
        assertEquals(List.of(second), transcript.queued());
        assertEquals(4, transcript.highestId());
    }

    @Test
    void aSendKeyIsKnownFromTheQueueAndFromTheMessage() {
        apply(user("m1", null, "Hello", "k1"), new Entry.Queued("m3", "And?", AT, Optional.of("k3")));
        assertEquals(Optional.of(new Sent("m1", "Hello", AT)), transcript.sent("k1"));
        assertEquals(Optional.of(new Sent("m3", "And?", AT)), transcript.sent("k3"));
        assertEquals(Optional.empty(), transcript.sent("k2"));
    }

    @Test
    void thePauseLastsUntilSomethingHappens() {
        apply(user("m1", null, "Hello", null), new Entry.Paused(AT));
        assertTrue(transcript.paused());
        apply(new Entry.Resumed(AT.plusSeconds(60)));
        assertFalse(transcript.paused());
        assertEquals(AT.plusSeconds(60), transcript.lastActivity());
        apply(new Entry.Paused(AT), user("m3", "m1", "Again", null));
        assertFalse(transcript.paused());
    }

    @Test
    void aPauseIsNoActivity() {
        apply(user("m1", null, "Hello", null), new Entry.Paused(AT.plusSeconds(1800)));
        assertEquals(AT, transcript.lastActivity());
    }

    @Test
    void aClockThatWentBackwardsDoesNotMakeItOlder() {
        apply(new Entry.Resumed(AT), new Entry.Resumed(AT.minusSeconds(1000)));
        assertEquals(AT, transcript.lastActivity());
    }

    @Test
    void theLastTitleCounts() {
        assertEquals("", transcript.title());
        apply(new Entry.Title("One", AT), new Entry.Title("Two", AT));
        assertEquals("Two", transcript.title());
    }

    @Test
    void aHeadLineMovesTheActivePath() {
        apply(user("m1", null, "Hello", null), START, done("Hi", Stop.COMPLETE), new Entry.Head(Optional.of("m1"), AT));
        assertEquals("m1", transcript.tree().head().orElseThrow().id());
        assertEquals(2, transcript.tree().size());
    }

    private static Message reply(String id, String parent, long tokens) {
        return Message.reply(
                new Entry.ReplyStarted(id, parent, "scripted", AT),
                List.of(new Block.Text("Yes")),
                AT,
                new Usage(tokens, 1, 0, 0),
                Stop.COMPLETE,
                null);
    }

    private void assertTotalsOfPath(int exchangesBefore, Usage before) {
        List<Message> path = transcript.tree().path();
        long spoken = path.stream().filter(one -> one.role() == Role.USER).count();
        assertEquals(exchangesBefore + spoken, transcript.exchanges());
        assertEquals(path.stream().map(Message::usage).reduce(before, Usage::plus), transcript.usage());
    }

    @Test
    void theTotalsAreThoseOfTheActivePathWhereverTheHeadMoves() {
        Random random = new Random(5);
        apply(user("m0", null, "Hello", null));
        for (int n = 1; n < 300; n++) {
            String parent = random.nextInt(20) == 0 ? "lost" : "m" + random.nextInt(n);
            apply(n % 3 == 0 ? user("m" + n, parent, "Well", null) : reply("m" + n, parent, n));
            assertTotalsOfPath(0, Usage.NONE);
            apply(new Entry.Head(Optional.of("m" + random.nextInt(n)), AT));
            assertTotalsOfPath(0, Usage.NONE);
        }
        assertTrue(transcript.exchanges() > 1 && transcript.usage().input() > 0);
    }

    @Test
    void theTotalsGoOnFromACheckpoint() {
        Usage before = new Usage(70, 7, 0, 0);
        apply(new Entry.Checkpoint(
                "m8",
                Optional.empty(),
                "Hello",
                4,
                before,
                Spent.NOTHING,
                8,
                Overlay.NONE,
                Map.of(),
                Map.of(),
                AT,
                AT));
        assertTotalsOfPath(4, before);
        apply(user("m9", "m8", "Well", null), reply("m10", "m9", 5));
        assertTotalsOfPath(4, before);
        assertEquals(5, transcript.exchanges());
        assertEquals(new Usage(75, 8, 0, 0), transcript.usage());
    }

    @Test
    void lostParentsAreCounted() {
        apply(user("m1", null, "Hello", null), user("m5", "m4", "Lost my way", null));
        assertEquals(1, transcript.orphans());
    }

    @Test
    void readersAreToldOfEverythingBehindALineButOfNoDelta() {
        Message hello = user("m1", null, "Hello", null);
        Message end = done("Hi", Stop.COMPLETE);
        apply(hello, START, delta(0, "Hi"), end, new Entry.Title("T", AT), new Entry.Paused(AT));
        List<Numbered> all = List.of(
                new Numbered(1, hello),
                new Numbered(2, START),
                new Numbered(4, end),
                new Numbered(5, new Entry.Title("T", AT)));
        for (long seq = -1; seq < 8; seq++) {
            long from = seq;
            assertEquals(all.stream().filter(event -> event.seq() > from).toList(), transcript.eventsAfter(seq));
        }
    }

    /** What is written live, piece by piece, is what is read back later: at every point. */
    @Test
    void theSameEntriesGiveTheSameTranscript() {
        List<Entry> entries = List.of(
                user("m1", null, "Hello", "k1"),
                START,
                delta(0, "Hi, "),
                new Entry.Queued("m3", "And?", AT, Optional.of("k3")),
                delta(4, "you"),
                done("Hi, you", Stop.STOPPED),
                user("m3", "m2", "And?", "k3"),
                new Entry.Title("T", AT),
                new Entry.Head(Optional.of("m2"), AT),
                new Entry.Paused(AT),
                new Entry.Resumed(AT));
        for (Entry entry : entries) {
            apply(entry);
            Transcript again = new Transcript();
            IntStream.range(0, (int) transcript.lastSeq()).forEach(i -> again.apply(i + 1, entries.get(i)));
            assertEquals(state(transcript), state(again));
        }
    }

    private static List<Object> state(Transcript transcript) {
        return List.of(
                transcript.tree().path(),
                transcript.tree().size(),
                transcript.queued(),
                transcript.title(),
                transcript.paused(),
                transcript.lastActivity(),
                transcript.highestId(),
                transcript.lastSeq(),
                transcript.sent("k1"),
                transcript.sent("k3"),
                transcript.eventsAfter(0),
                transcript.openReply().map(OpenReply::content));
    }
}
