package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an index when the process is killed, when its files are damaged, when the disk fails. */
class CatalogDamageTest {
    private static final Owner OLGA = new Owner("h:olga");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Executor AT_ONCE = Runnable::run;

    @TempDir
    Path root;

    private final Random random = new Random(3);
    private int copies;

    private Catalog open(Path folder, boolean sealed) {
        Random keys = new Random(1);
        Optional<LineCodec> codec = sealed
                ? Optional.of(new KeyRing(List.of(FernetKey.create(keys)), new HandClock(), keys))
                : Optional.empty();
        return Catalog.open(new FileDisk(), folder, codec, AT_ONCE);
    }

    private Entry entry(int number, long lastSeq) {
        Random own = new Random(number);
        Listing listing = new Listing(
                ConversationId.create(NOON, own),
                OLGA,
                "web:" + number,
                "title" + number,
                NOON,
                NOON.plusSeconds(number),
                false);
        return new Entry(listing, new Mark(lastSeq * 100, 1, lastSeq, false, Optional.empty()));
    }

    private static Text text(Entry entry, long seq) {
        Listing listing = entry.listing();
        return new Text(listing.id(), listing.owner(), seq, "m" + seq, "user", "line" + seq + "of" + listing.title());
    }

    private Path copy(Path folder) throws IOException {
        Path copy = Files.createDirectory(root.resolve("copy" + copies++));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** What a process leaves that is killed now. */
    @Test
    @Tag("slow")
    void killedAtAnyMomentNoMarkCountsALineWhoseTextIsMissing() throws IOException {
        Path folder = root.resolve("index");
        Map<Integer, Long> told = new HashMap<>();
        boolean anyLagged = false;
        try (Catalog catalog = open(folder, false)) {
            for (int step = 0; step < 60; step++) {
                int number = random.nextInt(6);
                long seq = told.merge(number, 1L, Long::sum);
                Entry entry = entry(number, seq);
                catalog.addText(text(entry, seq));
                if (random.nextInt(3) > 0) {
                    catalog.put(entry);
                }
                switch (random.nextInt(6)) {
                    case 0 -> catalog.flush();
                    case 1 -> catalog.search(OLGA, List.of(), "title", 3);
                    default -> {
                        // nothing is written at this step
                    }
                }
                if (step % 4 == 3 && Files.exists(folder)) {
                    anyLagged |= lags(copy(folder), told);
                }
            }
        }
        assertTrue(anyLagged, "no copy lacked anything, so nothing was tried");
    }

    private boolean lags(Path copy, Map<Integer, Long> told) {
        try (Catalog left = open(copy, false)) {
            assertFalse(left.rebuilt());
            Map<Object, Long> marks = new HashMap<>();
            left.eachMark((id, mark) -> marks.put(id, mark.lastSeq()));
            boolean lags = false;
            for (int number : told.keySet()) {
                long marked = marks.getOrDefault(entry(number, 0).listing().id(), 0L);
                lags |= marked < told.get(number);
                for (long seq = 1; seq <= marked; seq++) {
                    String word = "line" + seq + "oftitle" + number;
                    assertEquals(1, left.search(OLGA, List.of(), word, 3).size(), word + " of " + marked);
                }
            }
            return lags;
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(booleans = {false, true})
    void damagedFileBeginsAnewOrChangesNothing(boolean sealed) throws IOException {
        Path folder = root.resolve("index");
        try (Catalog catalog = open(folder, sealed)) {
            for (int i = 0; i < 40; i++) {
                Entry entry = entry(i, 1);
                catalog.addText(text(entry, 1));
                catalog.put(entry);
                if (i == 20) {
                    catalog.flush();
                }
            }
            catalog.remove(entry(3, 1).listing().id());
        }
        try (Stream<Path> files = Files.list(folder)) {
            int rebuilt = 0;
            for (Path file : files.toList()) {
                for (Damage damage : Damage.values()) {
                    rebuilt += openDamaged(folder, file.getFileName(), damage, sealed) ? 1 : 0;
                }
            }
            assertTrue(rebuilt > 20, "the damage was noticed " + rebuilt + " times only");
        }
    }

    private boolean openDamaged(Path folder, Path name, Damage damage, boolean sealed) throws IOException {
        Path copy = copy(folder);
        damage.to(copy.resolve(name), random);
        String what = damage + " to " + name;
        try (Catalog catalog = open(copy, sealed)) {
            Map<Object, Mark> marks = new HashMap<>();
            catalog.eachMark(marks::put);
            assertEquals(catalog.rebuilt() ? 0 : 39, marks.size(), what);
            assertEquals(catalog.rebuilt() || sealed ? 0 : 1, found(catalog, "line1oftitle7"), what);
            catalog.put(entry(100, 1));
            catalog.flush();
            assertEquals(1, found(catalog, "title100"), what);
            return catalog.rebuilt();
        }
    }

    private static int found(Catalog catalog, String word) {
        return catalog.search(OLGA, List.of(), word, 5).size();
    }

    private enum Damage {
        TORN_AT_ZERO,
        TORN_IN_THE_MIDDLE,
        TORN_AT_THE_END,
        FLIPPED_AT_THE_BEGINNING,
        FLIPPED_SOMEWHERE,
        FLIPPED_SOMEWHERE_ELSE,
        FLIPPED_AT_THE_END,
        GARBAGE,
        LONGER,
        GONE;

        void to(Path file, Random random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            int length = bytes.length;
            switch (this) {
                case TORN_AT_ZERO -> bytes = new byte[0];
                case TORN_IN_THE_MIDDLE -> bytes = Arrays.copyOf(bytes, length / 2);
                case TORN_AT_THE_END -> bytes = Arrays.copyOf(bytes, Math.max(0, length - 1));
                case FLIPPED_AT_THE_BEGINNING -> flip(bytes, 0);
                case FLIPPED_SOMEWHERE, FLIPPED_SOMEWHERE_ELSE -> flip(bytes, length == 0 ? 0 : random.nextInt(length));
                case FLIPPED_AT_THE_END -> flip(bytes, length - 1);
                case GARBAGE -> random.nextBytes(bytes);
                case LONGER -> bytes = Arrays.copyOf(bytes, length + 7);
                case GONE -> {
                    Files.delete(file);
                    return;
                }
            }
            Files.write(file, bytes);
        }

        private static void flip(byte[] bytes, int at) {
            if (bytes.length > 0) {
                bytes[at] ^= 0x10;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void folderOfAnythingElseBeginsAnew(boolean sealed) throws IOException {
        Path folder = Files.createDirectory(root.resolve("index"));
        Files.writeString(folder.resolve("segments_zz"), "not Lucene's");
        Files.writeString(folder.resolve("notes.txt"), "a stray file");
        Files.createDirectory(folder.resolve("folder"));
        try (Catalog catalog = open(folder, sealed)) {
            assertTrue(catalog.rebuilt());
            catalog.put(entry(1, 1));
        }
        try (Catalog catalog = open(folder, sealed)) {
            assertFalse(catalog.rebuilt());
            assertEquals(1, catalog.health().conversations());
        }
    }

    @Test
    void folderThatCannotBeIsReplacedByMemory() throws IOException {
        Path file = Files.writeString(root.resolve("index"), "in the way");
        try (Catalog catalog = open(file, false)) {
            assertTrue(catalog.rebuilt());
            catalog.put(entry(1, 1));
            catalog.flush();
            assertEquals(1, found(catalog, "title1"));
        }
        assertEquals("in the way", Files.readString(file));
    }

    @Test
    void secondOpenOfAFolderLeavesTheFirstAlone() throws IOException {
        Path folder = root.resolve("index");
        try (Catalog first = open(folder, false)) {
            first.put(entry(1, 1));
            first.flush();
            try (Catalog second = open(folder, false)) {
                assertTrue(second.rebuilt());
                second.put(entry(2, 1));
            }
            first.put(entry(3, 1));
        }
        try (Catalog again = open(folder, false)) {
            assertEquals(2, again.health().conversations());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCannotBeWrittenIsFoundMeanwhileAndWrittenOnceItCan(boolean sealed) throws IOException {
        Path folder = root.resolve("index");
        Path away = root.resolve("away");
        try (Catalog catalog = open(folder, sealed)) {
            catalog.put(entry(1, 1));
            catalog.flush();
            Files.move(folder, away);
            Files.writeString(folder, "in the way");
            for (int i = 2; i < 5; i++) {
                catalog.addText(text(entry(i, 1), 1));
                catalog.put(entry(i, 1));
                catalog.flush();
            }
            assertEquals(3, catalog.health().unwritten());
            assertEquals(
                    4,
                    catalog.list(OLGA, List.of(), false, Optional.empty(), 10)
                            .entries()
                            .size());
            Files.delete(folder);
            Files.move(away, folder);
            catalog.flush();
            assertEquals(0, catalog.health().unwritten());
            assertEquals(1, found(catalog, "line1oftitle2"));
        }
        try (Catalog again = open(folder, sealed)) {
            assertFalse(again.rebuilt());
            assertEquals(4, again.health().conversations());
        }
    }

    @Test
    void moreTextThanThereIsRoomForWhileNothingCanBeWrittenLeavesItsConversationUnread() throws IOException {
        Path folder = root.resolve("index");
        Path away = root.resolve("away");
        Entry talkative = entry(1, 400);
        String text = "walrus ".repeat(14_000);
        try (Catalog catalog = open(folder, false)) {
            catalog.put(entry(2, 1));
            catalog.flush();
            Files.move(folder, away);
            Files.writeString(folder, "in the way");
            for (int seq = 1; seq * (long) text.length() <= CatalogChanges.MOST_CHARS + text.length(); seq++) {
                catalog.addText(new Text(talkative.listing().id(), OLGA, seq, "m" + seq, "user", text));
            }
            catalog.put(talkative);
            Files.delete(folder);
            Files.move(away, folder);
        }
        try (Catalog again = open(folder, false)) {
            assertFalse(again.rebuilt());
            Map<Object, Mark> marks = new HashMap<>();
            again.eachMark(marks::put);
            assertEquals(
                    Map.of(
                            talkative.listing().id(),
                            talkative.mark().unread(),
                            entry(2, 1).listing().id(),
                            entry(2, 1).mark()),
                    marks);
        }
    }

    @Test
    void whoBringsInMuchWritesItWithoutTheBackground() {
        Path folder = root.resolve("index");
        try (Catalog catalog = Catalog.open(new FileDisk(), folder, Optional.empty(), task -> {})) {
            String text = "walrus ".repeat(20_000);
            for (int seq = 1; seq * (long) text.length() <= CatalogChanges.CROWDED_CHARS; seq++) {
                catalog.addText(new Text(entry(1, 1).listing().id(), OLGA, seq, "m" + seq, "user", text));
                catalog.flushIfMuch();
            }
            assertFalse(Files.exists(folder), "it is not much yet");
            catalog.addText(new Text(entry(1, 1).listing().id(), OLGA, 0, "m0", "user", text));
            catalog.flushIfMuch();
            assertTrue(Files.exists(folder));
        }
    }

    @Test
    void nothingIsWrittenBeforeThereIsSomething() {
        Path folder = root.resolve("index");
        try (Catalog catalog = open(folder, false)) {
            catalog.flush();
            assertEquals(0, found(catalog, "word"));
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void folderAndFilesArePrivate() throws IOException {
        Path folder = root.resolve("data").resolve("index");
        Files.createDirectory(folder.getParent());
        try (Catalog catalog = open(folder, false)) {
            for (int i = 0; i < 3; i++) {
                catalog.put(entry(i, 1));
                catalog.flush();
            }
            try (Stream<Path> paths = Files.walk(folder)) {
                List<Path> all = paths.toList();
                assertTrue(all.size() > 4, all.toString());
                for (Path path : all) {
                    assertEquals(
                            Files.isDirectory(path) ? "rwx------" : "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                            path.toString());
                }
            }
        }
    }
}
