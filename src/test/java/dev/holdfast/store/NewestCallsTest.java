package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.HandClock;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.CountingDisk;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The newest calls are read from the end of the file, in every form, and what each was sent from before them. */
@ParameterizedClass
@EnumSource(KeptAs.class)
class NewestCallsTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    /** So long that a packed file has several pieces. */
    private static final int CHARACTERS = 3_000;

    private static final Usage USAGE = new Usage(12, 9, 3, 1);

    private final MemoryDisk memory = new MemoryDisk();
    private final CountingDisk disk = new CountingDisk(memory);
    private final HandClock clock = new HandClock();

    @Parameter
    KeptAs kept;

    private final Random random = new Random(5);
    private FileConversationStore store;
    private StoredConversation talk;
    private int last;

    @BeforeEach
    void begin() throws IOException {
        store = new FileConversationStore(
                disk, DATA, kept.storage(), Runnable::run, Runnable::run, clock, new Random(4), new NotedDamage());
        talk = store.create(new Owner("h:olga"), "web:1");
        last = 0;
    }

    private Optional<String> lastId() {
        return last == 0 ? Optional.empty() : Optional.of("m" + last);
    }

    private String id() {
        last++;
        return "m" + last;
    }

    /** Such as do not become short when they are packed. */
    private String words() {
        StringBuilder words = new StringBuilder();
        while (words.length() < CHARACTERS) {
            words.append(Integer.toString(random.nextInt(20_000), 36)).append(' ');
        }
        return words.toString();
    }

    private void append(Entry entry) {
        talk.append(entry).join();
    }

    private Entry.ReplyStarted ask() {
        Optional<String> before = lastId();
        String asked = id();
        append(Message.user(asked, before, words(), clock.instant(), Optional.empty()));
        Entry.ReplyStarted start = new Entry.ReplyStarted(id(), asked, "scripted", clock.instant());
        append(start);
        clock.advance(Duration.ofSeconds(1));
        return start;
    }

    private void reply(Entry.ReplyStarted start, Usage usage) {
        append(Message.reply(start, List.of(new Block.Text(words())), clock.instant(), usage, Stop.COMPLETE, null));
    }

    private Entry.Trace trace(Entry.ReplyStarted start, Entry.Trace.Begin begin) {
        return new Entry.Trace(
                start.id(),
                "scripted",
                begin,
                start.parent(),
                100,
                "ab12",
                16,
                160,
                Optional.of(300L),
                1000,
                start.timestamp());
    }

    private Entry.Trace turn(Entry.Trace.Begin begin) {
        Entry.ReplyStarted start = ask();
        Entry.Trace trace = trace(start, begin);
        append(trace);
        reply(start, USAGE);
        return trace;
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            turn(from("m1"));
        }
    }

    private static Entry.Trace.Begin from(String id, String... kept) {
        return new Entry.Trace.Begin(id, List.of(kept), Optional.empty());
    }

    private StoredConversation reopened() throws IOException {
        talk.rest().join();
        ConversationId id = talk.id();
        store.release(id);
        talk = store.open(id).orElseThrow();
        return talk;
    }

    private static List<String> ids(List<Call> calls) {
        return calls.stream().map(Call::id).toList();
    }

    @Test
    void newestCallsComeWithTheirTracesOldestFirst() throws IOException {
        turns(30);

        List<Call> calls = reopened().calls(3);

        assertEquals(List.of("m56", "m58", "m60"), ids(calls));
        Call newest = calls.get(2);
        assertEquals(USAGE, newest.usage());
        assertEquals(Optional.of("m59"), newest.parent());
        assertEquals(Optional.of("scripted"), newest.model());
        assertEquals(160, newest.trace().orElseThrow().whole());
        assertEquals(newest.timestamp().minusSeconds(1), newest.asked());
        assertEquals(List.of("m60"), ids(talk.calls(1)));
        assertEquals(30, talk.calls(100).size());
    }

    @Test
    void readingThemCostsTheSameHoweverLongTheConversationIs() throws IOException {
        turns(40);
        long young = bytesOf(10);
        turns(120);
        long old = bytesOf(10);

        assertTrue(young > 0 && old <= 2 * young, () -> young + " bytes when young, " + old + " when old");
    }

    private long bytesOf(int calls) throws IOException {
        reopened();
        disk.bytesRead();
        assertEquals(calls, talk.calls(calls).size());
        return disk.bytesRead();
    }

    @Test
    void fileOfAnEarlierVersionIsReadNoFurther() throws IOException {
        for (int i = 0; i < 100; i++) {
            reply(ask(), Usage.NONE);
        }
        reopened();
        disk.bytesRead();
        assertEquals(List.of(), talk.calls(5));
        long few = disk.bytesRead();
        assertEquals(List.of(), talk.calls(100));
        long all = disk.bytesRead();
        assertTrue(few < all, () -> few + " bytes for a few, " + all + " for all");
    }

    @Test
    void replyWithoutATraceAndATraceWithoutAReplyAreCalls() throws IOException {
        reply(ask(), USAGE);
        Entry.ReplyStarted lost = ask();
        append(trace(lost, from("m1")));

        List<Call> calls = talk.calls(10);

        assertEquals(List.of("m2", "m4"), ids(calls));
        assertEquals(Optional.empty(), calls.get(0).trace());
        assertEquals(Stop.INTERRUPTED, calls.get(1).stop());
        assertEquals(Usage.NONE, calls.get(1).usage());
    }

    @Test
    void summaryThatAModelMadeIsACallAndOneOfSentencesIsNone() throws IOException {
        turns(1);
        append(new Entry.Summary("m3", "m1", "m2", "short", Optional.of("small"), USAGE, clock.instant()));
        append(new Entry.Summary("m4", "m1", "m2", "short", Optional.empty(), Usage.NONE, clock.instant()));

        List<Call> calls = talk.calls(10);

        assertEquals(List.of("m2", "m3"), ids(calls));
        assertEquals(Call.Kind.SUMMARY, calls.get(1).kind());
        assertEquals(Optional.of("small"), calls.get(1).model());
    }

    @Test
    void toolsThatWereCalledAreNamed() throws IOException {
        JsonObject use = new JsonObject();
        use.addProperty("type", "tool_use");
        use.addProperty("name", "clock");
        Entry.ReplyStarted start = ask();
        append(trace(start, from("m1")));
        append(Message.reply(
                start,
                List.of(new Block.Text("a"), new Block.Other(use)),
                clock.instant(),
                USAGE,
                Stop.COMPLETE,
                null));

        assertEquals(List.of("clock"), talk.calls(1).get(0).tools());
    }

    @Test
    void whatATraceRefersToIsFoundOnItsOwnBranch() throws IOException {
        turns(10);
        append(new Entry.Summary("m21", "m3", "m10", "short", Optional.empty(), Usage.NONE, clock.instant()));
        last = 21;
        append(Message.user("m22", Optional.of("m20"), "Hello", clock.instant(), Optional.empty()));
        Entry.ReplyStarted start = new Entry.ReplyStarted("m23", "m22", "scripted", clock.instant());
        append(start);
        append(trace(start, new Entry.Trace.Begin("m11", List.of("m1", "m2"), Optional.of("m21"))));
        reply(start, USAGE);
        append(new Entry.Head(Optional.of("m4"), clock.instant()));

        Traced traced = reopened().traced("m23").orElseThrow();

        assertEquals(List.of(), traced.missing());
        assertEquals(
                List.of("m1", "m2"), traced.kept().stream().map(Message::id).toList());
        assertEquals("short", traced.summary().orElseThrow().text());
        assertEquals(
                List.of("m11", "m12", "m13", "m14", "m15", "m16", "m17", "m18", "m19", "m20", "m22"),
                traced.path().stream().map(Message::id).toList());
        assertEquals(Optional.empty(), talk.traced("m22"), "it was said by a person");
        assertEquals(Optional.empty(), talk.traced("m99"));
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        turns(1);
        Entry.ReplyStarted start = ask();
        append(trace(start, new Entry.Trace.Begin("m77", List.of("m1", "m78"), Optional.of("m79"))));
        reply(start, USAGE);

        Traced traced = talk.traced(start.id()).orElseThrow();

        assertEquals(List.of("m78", "m79", "m77"), traced.missing());
    }

    @Test
    void pathThatBreaksOffNamesWhereItDoesAndWhereItBegan() throws IOException {
        turns(1);
        append(Message.user("m5", Optional.of("m4"), "Hello", clock.instant(), Optional.empty()));
        Entry.ReplyStarted start = new Entry.ReplyStarted("m6", "m5", "scripted", clock.instant());
        append(start);
        append(trace(start, from("m1")));
        append(trace(new Entry.ReplyStarted("m7", "m5", "scripted", clock.instant()), from("m4")));

        Traced traced = talk.traced("m6").orElseThrow();
        assertEquals(List.of("m4", "m1"), traced.missing());
        assertEquals(List.of("m5"), traced.path().stream().map(Message::id).toList());
        assertEquals(List.of("m4"), talk.traced("m7").orElseThrow().missing(), "named once");
    }

    @Test
    void whatIsKeptMayBePartOfThePathToo() throws IOException {
        turns(2);
        Entry.ReplyStarted start = ask();
        append(trace(start, from("m3", "m1", "m4")));

        Traced traced = reopened().traced(start.id()).orElseThrow();
        assertEquals(
                List.of("m1", "m4"), traced.kept().stream().map(Message::id).toList());
        assertEquals(
                List.of("m3", "m4", "m5"),
                traced.path().stream().map(Message::id).toList());
        assertEquals(List.of(), traced.missing());
    }

    @Test
    void summaryIsFoundAmongOthersHoweverFarBackItLies() throws IOException {
        turns(1);
        append(new Entry.Summary("s1", "m1", "m2", "the first", Optional.empty(), Usage.NONE, clock.instant()));
        turns(5);
        append(new Entry.Summary("s2", "m1", "m9", "the second", Optional.empty(), Usage.NONE, clock.instant()));
        Entry.ReplyStarted start = ask();
        append(trace(start, new Entry.Trace.Begin(start.parent(), List.of(), Optional.of("s1"))));

        Traced traced = reopened().traced(start.id()).orElseThrow();
        assertEquals("the first", traced.summary().orElseThrow().text());
        assertEquals(List.of(), traced.missing());
    }

    @Test
    void operatorsReadTheSameFromTheFileWhileItIsOpen() throws IOException {
        turns(5);
        ConversationFiles files =
                new ConversationFiles(memory, Optional.ofNullable(kept.storage().codec()), ZoneOffset.UTC);

        Path file = files.find(DATA, talk.id()).orElseThrow();

        assertEquals(talk.calls(3), files.calls(file, 3));
        assertEquals(5, files.calls(file, Integer.MAX_VALUE).size());
    }
}
