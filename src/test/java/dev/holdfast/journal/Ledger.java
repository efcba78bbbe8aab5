package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * What was asked of a journal and what it acknowledged as forced; and the one rule for what may be found afterwards:
 * acknowledged ⊆ recovered ⊆ submitted, in order, no duplicates, nothing of what was refused, and the journal can be
 * written to again. Lines are known by the number {@code n} in them.
 */
public final class Ledger {
    private final TreeMap<Integer, JsonObject> submitted = new TreeMap<>();
    private final Set<Integer> acknowledged = new TreeSet<>();
    private final Set<Integer> written = new TreeSet<>();
    /** Failed, while the journal went on: what failed so is nowhere. */
    private final Set<Integer> refused = new TreeSet<>();

    private boolean created;
    private boolean droppingDeltas;

    /** The file's making was acknowledged. */
    public void created() {
        created = true;
    }

    /** Somebody asked for this line. What was asked for under a number first, stays. */
    public void submitted(int n, JsonObject body) {
        submitted.putIfAbsent(n, body);
    }

    /** Somebody was told that the line is on the disk. */
    public void acknowledged(int n) {
        acknowledged.add(n);
    }

    CompletableFuture<Long> message(Journal journal) {
        return submit(journal, Lines.message(next()), Durability.FORCED);
    }

    /** Appends the next line, a message of about so many characters. */
    public CompletableFuture<Long> message(Journal journal, int length) {
        return submit(journal, Lines.message(next(), length), Durability.FORCED);
    }

    CompletableFuture<Long> delta(Journal journal) {
        return submit(journal, Lines.delta(next()), Durability.WRITTEN);
    }

    private CompletableFuture<Long> submit(Journal journal, JsonObject body, Durability durability) {
        int n = next();
        submitted.put(n, body);
        CompletableFuture<Long> future = journal.append(body, durability);
        future.whenComplete((seq, failure) -> {
            if (failure == null) {
                (durability == Durability.FORCED ? acknowledged : written).add(n);
            } else if (journal.refusal().isEmpty()) {
                refused.add(n);
            }
        });
        return future;
    }

    private int next() {
        return submitted.isEmpty() ? 1 : submitted.lastKey() + 1;
    }

    /** The journal was closed without a complaint: what it had written is forced. */
    void closed() {
        if (!droppingDeltas) {
            acknowledged.addAll(written);
        }
    }

    /** From now on a rewriting may drop deltas. */
    void droppingDeltas() {
        droppingDeltas = true;
        acknowledged.removeIf(n -> JournalFormat.isDelta(submitted.get(n)));
    }

    /** How many lines were acknowledged. */
    public int acknowledgements() {
        return acknowledged.size();
    }

    /** Opens the journal as it was left on {@code disk}, twice, with an append and a power cut between. */
    void check(MemoryDisk disk, long seed) throws IOException {
        Optional<Path> file = find(disk);
        if (file.isEmpty()) {
            return;
        }
        JsonObject more = Lines.message(1_000_000);
        List<JournalLine> found = new ArrayList<>();
        try (Journal journal = open(disk, file.get(), seed, found)) {
            check(found);
            journal.append(more, Durability.FORCED).join();
        }
        List<JournalLine> again = new ArrayList<>();
        open(disk.crash(seed), file.get(), seed + 1, again).close();
        assertEquals(found, again.subList(0, again.size() - 1));
        assertEquals(more, again.get(again.size() - 1).json());
    }

    /** What the next process is shown when this one was killed, and what a power cut after that leaves of it. */
    void checkKilled(MemoryDisk disk, long seed) throws IOException {
        Optional<Path> file = find(disk);
        if (file.isEmpty()) {
            return;
        }
        List<JournalLine> shown = new ArrayList<>();
        open(disk, file.get(), seed, shown);
        check(shown);
        MemoryDisk crashed = disk.crash(seed);
        List<JournalLine> again = new ArrayList<>();
        open(crashed, find(crashed).orElseThrow(), seed, again).close();
        assertEquals(shown, again, "what was shown once is there for good");
    }

    /**
     * Opens the journal as it was left on any disk, twice, with an append between.
     *
     * @return how many lines were recovered; -1 if there is no file, and need not be
     */
    public int check(Journals journals, Path folder, String name) throws IOException {
        Optional<Path> file = journals.find(folder, name);
        if (file.isEmpty()) {
            assertTrue(!created, () -> "the file of " + name + " is gone");
            return -1;
        }
        created = true;
        List<JournalLine> found = new ArrayList<>();
        try (Journal journal = journals.open(file.get(), found::add, new NotedDamage())) {
            check(found);
            message(journal).join();
        }
        List<JournalLine> again = new ArrayList<>();
        journals.openAtTail(file.get(), line -> false, again::add, new NotedDamage())
                .close();
        check(again);
        assertEquals(found, again.subList(0, again.size() - 1));
        return found.size() - 1;
    }

    private Optional<Path> find(Disk disk) throws IOException {
        Optional<Path> file = Lines.journals(disk, Runnable::run).find(Lines.FILE.getParent(), "one");
        assertTrue(file.isPresent() || !created, "the file is gone");
        return file;
    }

    /** Reads the file from its start or, to the same effect, from its end. */
    private static Journal open(Disk disk, Path file, long seed, List<JournalLine> into) throws IOException {
        Journals journals = Lines.journals(disk, Runnable::run);
        return seed % 2 == 0
                ? journals.open(file, into::add, new NotedDamage())
                : journals.openAtTail(file, line -> false, into::add, new NotedDamage());
    }

    /** Whether this may be what is found. */
    void check(List<JournalLine> found) {
        assertEquals(0, found.get(0).seq(), "the first line");
        List<Integer> recovered = new ArrayList<>();
        long seq = 0;
        for (JournalLine line : found.subList(1, found.size())) {
            assertTrue(line.seq() > seq, "numbers grow");
            seq = line.seq();
            if (droppingDeltas && JournalFormat.isDropped(line.json())) {
                continue;
            }
            int n = line.json().get("n").getAsInt();
            assertEquals(submitted.get(n), line.json(), "recovered is submitted");
            recovered.add(n);
        }
        assertEquals(recovered, List.copyOf(new TreeSet<>(recovered)), "in order, no duplicates");
        assertTrue(Collections.disjoint(recovered, refused), () -> "refused " + refused + ", found " + recovered);
        Set<Integer> lost = new TreeSet<>(acknowledged);
        lost.removeAll(recovered);
        assertEquals(Set.of(), lost, () -> "acknowledged and lost; found " + recovered);
    }
}
