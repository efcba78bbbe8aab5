package dev.holdfast.bench;

import dev.holdfast.ScriptedModel;
import dev.holdfast.agent.TestTurns;
import dev.holdfast.agent.TurnRecovery;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.CountingDisk;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.IdleTimes;
import dev.holdfast.lifecycle.Limits;
import dev.holdfast.protect.Redaction;
import dev.holdfast.protect.RedactionRules;
import dev.holdfast.store.Access;
import dev.holdfast.store.FileConversationStore;
import dev.holdfast.store.Storage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What conversations leave behind in the process that were opened, answered once and paused, a hundred at a time: heap
 * after collection, and open descriptors; Linux only. Everything but HTTP takes part. Nothing is forced to disk: that
 * takes time and no memory.
 */
final class MemoryBench implements Benchmark {
    private static final int[] PAUSED = {0, 1_000, 10_000};
    /** What is used once and then kept, such as classes and threads, is there after these. */
    private static final int FIRST = 200;

    private static final int AT_ONCE = 100;
    private static final int LOOKS = 10;
    private static final Owner OLGA = new Owner("h:olga");
    private static final IdleTimes TIMES =
            new IdleTimes(Duration.ofMinutes(25), Duration.ofMinutes(30), Duration.ofHours(24));

    @Override
    public void run(PrintStream out) throws Exception {
        Table table = new Table("paused conversations", "heap, MB", "open descriptors");
        try (ScratchFolder scratch = new ScratchFolder();
                House house = new House(scratch.folder("memory"))) {
            house.openAndPause(FIRST);
            int paused = 0;
            for (int goal : PAUSED) {
                house.openAndPause(goal - paused);
                paused = goal;
                table.row(Table.count(paused), String.format("%.1f", heap() / 1e6), Long.toString(descriptors()));
            }
        }
        out.println("Heap and descriptors with so many conversations opened, answered once and paused since the first "
                + FIRST + ", " + Machine.described() + "\n\n" + table);
    }

    /** Looks until it falls no further: what the JVM collects late is no leak, nor what a timer holds for a second. */
    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int looks = 0; looks < LOOKS; looks++) {
            System.gc();
            long now = runtime.totalMemory() - runtime.freeMemory();
            if (now < least) {
                least = now;
                looks = 0;
            }
            Thread.sleep(200);
        }
        return least;
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    /** The conversations of a program whose clock for idleness is moved by hand. */
    private static final class House implements AutoCloseable {
        private final ExecutorService threads = Executors.newFixedThreadPool(4);
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final AtomicLong nanos = new AtomicLong();
        private final CountingDisk disk = new CountingDisk(new LaterForcedDisk());
        private final FileConversationStore store;
        private final Conversations conversations;
        private int begun;

        House(Path folder) throws IOException {
            Clock clock = Clock.systemUTC();
            NoDamage damage = new NoDamage();
            ScriptedModel model = ScriptedModel.answering("So it is.");
            store = FileConversationStore.withIndex(
                    disk, folder, Storage.PLAIN, threads, threads, clock, new SecureRandom(), damage);
            conversations = new Conversations(
                    store,
                    Access.open(disk, folder, Storage.PLAIN, threads, damage),
                    TestTurns.of(model, threads, timer, clock, TurnRecovery.NEVER),
                    TestTurns.traces(model),
                    () -> TestTurns.PRICES,
                    Redaction.by(RedactionRules.parse("off", "")),
                    TIMES,
                    Limits.NONE,
                    clock,
                    nanos::get);
        }

        void openAndPause(int count) throws InterruptedException {
            for (int i = 0; i < count; i += AT_ONCE) {
                for (int j = 0; j < AT_ONCE; j++) {
                    ConversationId id = conversations.create(OLGA, "web:" + begun++);
                    conversations.say(OLGA, id, "Is it so?", Optional.empty()).join();
                }
                pauseAll();
                store.writeIndex();
            }
        }

        /** One that is answered at this moment is idle from then on, and each is paused first and let go of then. */
        private void pauseAll() throws InterruptedException {
            while (disk.open() > 0) {
                nanos.addAndGet(TIMES.pause().toNanos());
                conversations.tick();
                Thread.sleep(5);
            }
        }

        @Override
        public void close() {
            conversations.close();
            store.close();
            timer.shutdown();
            threads.shutdown();
        }
    }
}
