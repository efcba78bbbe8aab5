package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.MemoryDisk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that open, write to and let go of one conversation at the same time. */
@Tag("slow")
@Timeout(60)
class StoreRaceTest {
    private static final int MESSAGES = 400;

    private final MemoryDisk disk = new MemoryDisk();

    private static Set<String> writeWhateverHappens(FileConversationStore store, ConversationId id, String who)
            throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (int i = 0; i < MESSAGES; i++) {
            StoredConversation conversation = store.open(id).orElseThrow();
            String name = who + i;
            try {
                conversation
                        .append(Message.user(name, Optional.empty(), name, Instant.EPOCH, Optional.empty()))
                        .join();
                acknowledged.add(name);
            } catch (CompletionException released) {
                // It was let go of in between: said, and not there.
            }
        }
        return acknowledged;
    }

    @Test
    void releaseAndReopenInTwoThreadsLoseAndDoubleNothing() throws Exception {
        FileConversationStore store = StoreLedger.store(disk, KeptAs.PLAIN, new Random(9));
        ConversationId id = store.create(new Owner("h:olga"), "web:1").id();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Set<String> acknowledged = new HashSet<>();
        try {
            Future<Integer> releasing = threads.submit(() -> {
                int releases = 0;
                while (!over.get()) {
                    store.release(id);
                    releases++;
                    Thread.onSpinWait();
                }
                return releases;
            });
            List<Callable<Set<String>>> writers =
                    List.of(() -> writeWhateverHappens(store, id, "a"), () -> writeWhateverHappens(store, id, "b"));
            List<Future<Set<String>>> writing = new ArrayList<>();
            writers.forEach(writer -> writing.add(threads.submit(writer)));
            for (Future<Set<String>> each : writing) {
                acknowledged.addAll(each.get());
            }
            over.set(true);
            assertTrue(releasing.get() > 10);
        } finally {
            over.set(true);
            threads.shutdown();
        }
        store.close();
        try (FileConversationStore again = StoreLedger.store(disk, KeptAs.PLAIN, new Random(9))) {
            StoredConversation conversation = again.open(id).orElseThrow();
            List<String> found = conversation.locked(transcript -> transcript.eventsAfter(0).stream()
                    .map(numbered -> ((Message) numbered.entry()).id())
                    .toList());
            assertEquals(found.size(), new HashSet<>(found).size(), "nothing twice");
            assertEquals(acknowledged, new HashSet<>(found));
            assertTrue(!conversation.damaged());
            for (String who : List.of("a", "b")) {
                List<Integer> order = found.stream()
                        .filter(name -> name.startsWith(who))
                        .map(name -> Integer.valueOf(name.substring(1)))
                        .toList();
                assertEquals(order.stream().sorted().toList(), order, "in order");
            }
        }
    }
}
