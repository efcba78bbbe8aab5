package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a journal does on every disk, in every form. */
@ParameterizedClass
@EnumSource(JournalForm.class)
abstract class JournalContract {
    private final NotedDamage damage = new NotedDamage();
    private final HandExecutor io = new HandExecutor();
    private Path file;

    @Parameter
    JournalForm form;

    abstract Disk disk();

    abstract Path root();

    @BeforeEach
    void makeFolder() throws IOException {
        disk().createFolders(root().resolve("conversations/ab"));
        file = form.file(root().resolve("conversations/ab"), "one");
    }

    private Journals journals() {
        return new Journals(disk(), root().resolve("quarantine"), io, Lines.CODEC);
    }

    private Journal create() throws IOException {
        return journals().create(file, Lines.first());
    }

    private Journal open(List<JournalLine> into) throws IOException {
        return journals().open(file, into::add, damage);
    }

    private List<JournalLine> reopened() throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        close(open(lines));
        return lines;
    }

    private void close(Journal journal) {
        CompletableFuture<Void> closed = journal.closed();
        io.runAll();
        closed.join();
    }

    /** What was cut off; sealed, unless it was cut from a sealed file. */
    private byte[] kept() throws IOException {
        return new String(WholeFile.read(disk(), damage.keptIn().get(0), 100))
                .strip()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static long number(CompletableFuture<Long> acknowledged) {
        assertTrue(acknowledged.isDone());
        return acknowledged.join();
    }

    private static JournalException failure(CompletableFuture<Long> future) {
        assertTrue(future.isDone());
        CompletionException failure = assertThrows(CompletionException.class, future::join);
        return assertInstanceOf(JournalException.class, failure.getCause());
    }

    @Test
    void whatIsAppendedIsFoundAgainInOrder() throws IOException {
        Journal journal = create();
        assertEquals(0, journal.lastSeq());
        CompletableFuture<Long> one = journal.append(Lines.message(1), Durability.FORCED);
        CompletableFuture<Long> two = journal.append(Lines.delta(2), Durability.WRITTEN);
        assertFalse(one.isDone());
        io.runAll();
        assertEquals(1, number(one));
        assertEquals(2, number(two));
        assertEquals(2, journal.lastSeq());
        close(journal);

        List<JournalLine> lines = reopened();
        assertEquals(3, lines.size());
        assertEquals("holdfast/1", lines.get(0).json().get("format").getAsString());
        assertEquals(new JournalLine(1, Lines.message(1), true), lines.get(1));
        assertEquals(new JournalLine(2, Lines.delta(2), true), lines.get(2));
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void numbersGoOnAfterReopening() throws IOException {
        close(create());
        Journal journal = open(new ArrayList<>());
        CompletableFuture<Long> one = journal.append(Lines.message(1), Durability.FORCED);
        io.runAll();
        assertEquals(1, number(one));
        close(journal);
        assertEquals(2, reopened().size());
    }

    @Test
    void createOfAnExistingFileIsRefusedAndLeavesIt() throws IOException {
        Journal journal = create();
        journal.append(Lines.message(1), Durability.FORCED);
        close(journal);
        assertThrows(FileAlreadyExistsException.class, this::create);
        assertEquals(2, reopened().size());
        assertEquals(List.of(file), disk().list(file.getParent()));
    }

    @Test
    void openOfAMissingFileIsRefused() {
        assertThrows(NoSuchFileException.class, () -> open(new ArrayList<>()));
    }

    @Test
    void oneTaskWritesAllLinesThatWait() throws IOException {
        Journal journal = create();
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        for (int n = 1; n <= 50; n++) {
            futures.add(journal.append(Lines.message(n), Durability.FORCED));
        }
        assertEquals(1, io.waiting());
        io.runAll();
        for (int n = 1; n <= 50; n++) {
            assertEquals(n, number(futures.get(n - 1)));
        }
        close(journal);
        assertEquals(51, reopened().size());
    }

    @Test
    void writtenIsCalledInOrderAndBeforeTheFutureCompletes() throws IOException {
        Journal journal = create();
        List<String> events = new ArrayList<>();
        for (int n = 1; n <= 3; n++) {
            journal.append(Lines.message(n), Durability.FORCED, seq -> events.add("written " + seq))
                    .thenAccept(seq -> events.add("acknowledged " + seq));
        }
        io.runAll();
        assertEquals(
                List.of("written 1", "acknowledged 1", "written 2", "acknowledged 2", "written 3", "acknowledged 3"),
                events);
        close(journal);
    }

    @Test
    void writtenThatThrowsFailsItsFutureOnly() throws IOException {
        Journal journal = create();
        CompletableFuture<Long> one = journal.append(Lines.message(1), Durability.FORCED, seq -> {
            throw new IllegalStateException("a bug");
        });
        CompletableFuture<Long> two = journal.append(Lines.message(2), Durability.FORCED);
        io.runAll();
        assertThrows(CompletionException.class, one::join);
        assertEquals(2, number(two));
        close(journal);
        assertEquals(3, reopened().size());
    }

    @Test
    void anAppendFromInsideWrittenIsTaken() throws IOException {
        Journal journal = create();
        List<CompletableFuture<Long>> inner = new ArrayList<>();
        journal.append(
                Lines.message(1),
                Durability.FORCED,
                seq -> inner.add(journal.append(Lines.message(2), Durability.FORCED)));
        io.runAll();
        assertEquals(2, number(inner.get(0)));
        close(journal);
    }

    @Test
    void changingTheBodyAfterwardsChangesNothing() throws IOException {
        Journal journal = create();
        JsonObject body = Lines.message(1);
        journal.append(body, Durability.FORCED);
        body.addProperty("content", "changed");
        close(journal);
        assertEquals(Lines.message(1), reopened().get(1).json());
    }

    @Test
    void onlyADeltaMayGoUnforced() throws IOException {
        Journal journal = create();
        assertThrows(IllegalArgumentException.class, () -> journal.append(Lines.message(1), Durability.WRITTEN));
        close(journal);
    }

    @Test
    void aBodyWithTheJournalsOwnFieldsIsRefused() throws IOException {
        Journal journal = create();
        for (String body : List.of("{\"seq\":7}", "{\"crc\":\"00000000\"}", "{\"_file\":\"one\"}")) {
            assertThrows(IllegalArgumentException.class, () -> journal.append(Lines.json(body), Durability.FORCED));
        }
        close(journal);
    }

    @Test
    void aBodyThatCouldNotBeReadBackIsRefusedAndTheNextIsTaken() throws IOException {
        Journal journal = create();
        JsonObject deep = new JsonObject();
        for (int level = 0; level < 300; level++) {
            JsonObject outer = new JsonObject();
            outer.add("in", deep);
            deep = outer;
        }
        JsonObject large = new JsonObject();
        large.addProperty("content", "x".repeat(JournalFormat.MAX_LINE_BYTES));
        assertEquals(
                file + " cannot hold this line: it is nested deeper than 200 levels. Send less, or in parts.",
                failure(journal.append(deep, Durability.FORCED)).getMessage());
        assertTrue(failure(journal.append(large, Durability.FORCED))
                .getMessage()
                .contains("cannot hold this line: it has 16777229 bytes, and a line has room for 167771"));
        CompletableFuture<Long> one = journal.append(Lines.message(1), Durability.FORCED);
        io.runAll();
        assertEquals(1, number(one));
        close(journal);
    }

    @Test
    @Tag("slow")
    void theLongestLineAndTheDeepestAreFoundAgain() throws IOException {
        Journal journal = create();
        JsonObject large = new JsonObject();
        large.addProperty("content", "x".repeat(JournalFormat.MAX_LINE_BYTES - 80));
        JsonObject deep = new JsonObject();
        for (int level = 1; level < LineJson.MOST_NESTED; level++) {
            JsonObject outer = new JsonObject();
            outer.add("in", deep);
            deep = outer;
        }
        journal.append(large, Durability.FORCED);
        journal.append(deep, Durability.FORCED);
        close(journal);
        List<JournalLine> lines = reopened();
        assertEquals(large, lines.get(1).json());
        assertEquals(deep, lines.get(2).json());
    }

    @Test
    void anEmptyBodyIsALine() throws IOException {
        Journal journal = create();
        journal.append(new JsonObject(), Durability.FORCED);
        close(journal);
        assertEquals(new JsonObject(), reopened().get(1).json());
    }

    @Test
    void aClosedJournalTakesNothingMore() throws IOException {
        Journal journal = create();
        CompletableFuture<Long> waits = journal.append(Lines.message(1), Durability.FORCED);
        CompletableFuture<Void> closed = journal.closed();
        assertFalse(closed.isDone());
        CompletableFuture<Long> late = journal.append(Lines.message(2), Durability.FORCED);
        assertEquals(
                file + " is closed. Open the conversation again.", failure(late).getMessage());
        io.runAll();
        assertEquals(1, number(waits));
        closed.join();
        assertTrue(journal.refusal().isPresent());
        journal.close();
        assertEquals(2, reopened().size());
    }

    @Test
    void aStrayTemporaryFileIsSweptOnOpen() throws IOException {
        close(create());
        disk().create(WholeFile.temporary(file)).close();
        close(open(new ArrayList<>()));
        assertEquals(List.of(file), disk().list(file.getParent()));
    }

    @Test
    void aTornEndIsCutAndKept() throws Exception {
        Journal journal = create();
        journal.append(Lines.message(1), Durability.FORCED);
        close(journal);
        try (DiskFile opened = disk().open(file)) {
            opened.writeFully(ByteBuffer.wrap(Lines.utf8("{\"role\":\"us")), opened.size());
        }
        assertEquals(2, reopened().size());
        assertEquals(List.of("healed 11"), damage.notes());
        assertEquals("{\"role\":\"us", new String(form == JournalForm.SEALED ? kept() : Lines.CODEC.open(kept())));
        assertEquals(2, reopened().size());
        assertEquals(List.of("healed 11"), damage.notes());
    }
}
