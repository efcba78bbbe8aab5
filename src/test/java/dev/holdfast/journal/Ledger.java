package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * What was asked of a journal and what it acknowledged as forced; and the one rule for what may be found afterwards:
 * acknowledged ⊆ recovered ⊆ submitted, in order, no duplicates, and the journal can be written to again.
 */
final class Ledger {
    private final TreeMap<Integer, JsonObject> submitted = new TreeMap<>();
    private final Set<Integer> acknowledged = new TreeSet<>();
    private final JournalForm form;
    private boolean created;
    private int next = 1;

    Ledger(JournalForm form) {
        this.form = form;
    }

    /** The file's making was acknowledged. */
    void created() {
        created = true;
    }

    CompletableFuture<Long> message(Journal journal) {
        return submit(journal, Lines.message(next), Durability.FORCED);
    }

    CompletableFuture<Long> delta(Journal journal) {
        return submit(journal, Lines.delta(next), Durability.WRITTEN);
    }

    private CompletableFuture<Long> submit(Journal journal, JsonObject body, Durability durability) {
        int n = next++;
        submitted.put(n, body);
        CompletableFuture<Long> future = journal.append(body, durability);
        if (durability == Durability.FORCED) {
            future.thenAccept(seq -> acknowledged.add(n));
        }
        return future;
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    /** Opens the journal as it was left on {@code disk}, twice, with an append and a power cut between. */
    void check(MemoryDisk disk, long seed) throws IOException {
        if (!disk.exists(Lines.file(form))) {
            assertTrue(!created, "the file is gone");
            return;
        }
        JsonObject more = Lines.message(1_000_000);
        List<JournalLine> found = new ArrayList<>();
        try (Journal journal = Lines.open(disk, form, found, new NotedDamage())) {
            check(found);
            journal.append(more, Durability.FORCED).join();
        }
        List<JournalLine> again = new ArrayList<>();
        Lines.open(disk.crash(seed), form, again, new NotedDamage()).close();
        assertEquals(found, again.subList(0, again.size() - 1));
        assertEquals(more, again.get(again.size() - 1).json());
    }

    void check(List<JournalLine> found) {
        assertEquals(0, found.get(0).seq(), "the first line");
        List<Integer> recovered = new ArrayList<>();
        long seq = 0;
        for (JournalLine line : found.subList(1, found.size())) {
            assertTrue(line.seq() > seq, "numbers grow");
            seq = line.seq();
            int n = line.json().get("n").getAsInt();
            assertEquals(submitted.get(n), line.json(), "recovered is submitted");
            recovered.add(n);
        }
        assertEquals(recovered, List.copyOf(new TreeSet<>(recovered)), "in order, no duplicates");
        assertTrue(recovered.containsAll(acknowledged), () -> "acknowledged " + acknowledged + ", found " + recovered);
    }
}
