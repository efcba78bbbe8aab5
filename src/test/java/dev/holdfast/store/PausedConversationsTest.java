package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.faults.Unforced;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What conversations that were opened and paused leave behind in the process: nothing. */
class PausedConversationsTest {
    private static final int FEW = 1_000;
    private static final int MANY = 10_000;
    /** Conversations between two writings of the index; in the program these are seconds. */
    private static final int WRITTEN_AT_ONCE = 1_000;
    /** What the JVM opens for itself meanwhile. */
    private static final int FOR_THE_JVM = 10;

    @TempDir
    Path root;

    private final HandClock clock = new HandClock();

    @Test
    @EnabledOnOs(OS.LINUX)
    void tenThousandLeaveNoDescriptorAndNoMoreHeapThanOneThousand() throws IOException {
        try (FileConversationStore store = FileConversationStore.withIndex(
                Unforced.of(new FileDisk()), // What is left in memory does not depend on it, and forcing takes long.
                root.resolve("data"),
                Storage.PLAIN,
                Runnable::run,
                Runnable::run,
                clock,
                new Random(8),
                new NotedDamage())) {
            openAndPause(store, 0, FEW);
            long descriptors = descriptors();
            long heap = heap();
            openAndPause(store, FEW, MANY);
            long descriptorsAfter = descriptors();
            long heapAfter = heap();
            assertTrue(
                    descriptorsAfter <= descriptors + FOR_THE_JVM,
                    descriptors + " descriptors became " + descriptorsAfter);
            assertTrue(heapAfter <= heap * 1.05, heap + " bytes became " + heapAfter);
        }
    }

    /** As the program does it with one that has been idle for long. */
    private void openAndPause(FileConversationStore store, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            StoredConversation conversation = store.create(new Owner("h:" + i % 10), "web:" + i);
            Message hello = Message.user("m1", Optional.empty(), "Hello " + i, clock.instant(), Optional.empty());
            conversation.append(hello).join();
            conversation.append(new Entry.Paused(clock.instant())).join();
            conversation.rest().join();
            store.release(conversation.id());
            if (i % WRITTEN_AT_ONCE == WRITTEN_AT_ONCE - 1) {
                store.writeIndex();
            }
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    /** The least of a few looks, for what the JVM collects late is no leak. */
    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
