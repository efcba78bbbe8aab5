package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which thread does what, and many at a time. */
@Tag("slow")
class CatalogThreadsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path root;

    private static Entry entry(Owner owner, int number) {
        Listing listing = new Listing(
                ConversationId.create(NOON, new Random(owner.hashCode() * 1000L + number)),
                owner,
                "web:" + number,
                "title " + number,
                NOON,
                NOON.plusSeconds(number),
                false);
        return new Entry(listing, new Mark(1, 1, 1, false, Optional.empty()));
    }

    private static Text text(Entry entry) {
        Listing listing = entry.listing();
        return new Text(listing.id(), listing.owner(), 1, "m1", "user", "walrus of " + listing.title());
    }

    @Test
    void everyThreadFindsAtOnceWhatItPutWhileOthersWriteAndFlush() throws Exception {
        Path folder = root.resolve("index");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (Catalog catalog = Catalog.open(new FileDisk(), folder, Optional.empty(), threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Owner owner = new Owner("h:" + thread);
                running.add(threads.submit(() -> putAndFind(catalog, owner)));
            }
            for (int i = 0; i < 20; i++) {
                catalog.flush();
            }
            for (Future<?> each : running) {
                each.get();
            }
            assertEquals(4 * 40, catalog.health().conversations());
        } finally {
            threads.shutdown();
        }
        try (Catalog again = Catalog.open(new FileDisk(), folder, Optional.empty(), Runnable::run)) {
            assertEquals(4 * 40, again.health().conversations());
            assertEquals(
                    40, again.search(new Owner("h:2"), List.of(), "walrus", 100).size());
        }
    }

    private static void putAndFind(Catalog catalog, Owner owner) {
        for (int i = 0; i < 40; i++) {
            Entry entry = entry(owner, i);
            catalog.addText(text(entry));
            catalog.put(entry);
            assertEquals(Optional.of(entry), catalog.find(entry.listing().id()));
            Catalog.Page page = catalog.list(owner, List.of(), false, Optional.empty(), 100);
            assertEquals(i + 1, page.entries().size(), "none is missing, none is there twice");
            assertEquals(entry, page.entries().get(0));
            if (i % 8 == 0) {
                assertEquals(
                        i + 1, catalog.search(owner, List.of(), "walrus", 100).size());
            }
        }
    }

    @Test
    void putsBeforeItIsOpenNeitherWaitNorAreLost() {
        Path folder = root.resolve("index");
        Owner owner = new Owner("h:olga");
        try (Catalog before = Catalog.open(new FileDisk(), folder, Optional.empty(), Runnable::run)) {
            before.put(entry(owner, 1));
        }
        HandExecutor background = new HandExecutor();
        try (Catalog catalog = Catalog.open(new FileDisk(), folder, Optional.empty(), background)) {
            Entry entry = entry(owner, 2);
            catalog.put(entry);
            catalog.addText(text(entry));
            assertEquals(Optional.of(entry), catalog.find(entry.listing().id()));
            assertEquals(1, background.waiting(), "it is not open yet");
            background.runAll();
            assertEquals(
                    2,
                    catalog.list(owner, List.of(), false, Optional.empty(), 9)
                            .entries()
                            .size());
            assertEquals(1, catalog.search(owner, List.of(), "walrus", 9).size());
        }
    }

    @Test
    void questionOpensTheIndexIfTheBackgroundNeverDoes() {
        Path folder = root.resolve("index");
        Owner owner = new Owner("h:olga");
        try (Catalog before = Catalog.open(new FileDisk(), folder, Optional.empty(), Runnable::run)) {
            before.put(entry(owner, 1));
        }
        try (Catalog catalog = Catalog.open(new FileDisk(), folder, Optional.empty(), task -> {})) {
            assertFalse(catalog.rebuilt());
            assertEquals(
                    1,
                    catalog.list(owner, List.of(), false, Optional.empty(), 9)
                            .entries()
                            .size());
        }
    }

    /** Lucene has thousands of classes, and a start waits for none of them. */
    @Test
    void openingAndTheFirstPutsLoadNoClassOfLucene() throws Exception {
        Files.createDirectory(root.resolve("index"));
        for (boolean missing : new boolean[] {true, false}) {
            Watching loader = new Watching();
            Path folder = missing ? root.resolve("missing") : root.resolve("index");
            Class<?> starts = loader.loadClass(Starts.class.getName());
            starts.getMethod("start", Path.class, boolean.class).invoke(null, folder, missing);
            assertTrue(loader.loaded.contains(Catalog.class.getName()), "the loader sees what is loaded");
            assertEquals(
                    List.of(),
                    loader.loaded.stream()
                            .filter(name -> name.startsWith("org.apache.lucene"))
                            .toList());
        }
    }

    /** What a start does, in a class that can be loaded anew. */
    public static final class Starts {
        private Starts() {}

        public static void start(Path folder, boolean missing) {
            Disk disk = new FileDisk();
            Executor never = task -> {};
            Catalog catalog = Catalog.open(disk, folder, Optional.empty(), never);
            Owner owner = new Owner("h:olga");
            Entry entry = entry(owner, 1);
            catalog.put(entry);
            catalog.addText(text(entry));
            catalog.find(entry.listing().id());
            if (missing) {
                catalog.list(owner, List.of(), false, Optional.empty(), 50);
                catalog.find(owner, "web:1");
                catalog.rebuilt();
            }
        }
    }

    /** Loads our classes and Lucene's itself, and notes them. */
    private static final class Watching extends ClassLoader {
        private final Queue<String> loaded = new ConcurrentLinkedQueue<>();

        Watching() {
            super(CatalogThreadsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.holdfast.") && !name.startsWith("org.apache.lucene.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> already = findLoadedClass(name);
                return already != null ? already : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            loaded.add(name);
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
