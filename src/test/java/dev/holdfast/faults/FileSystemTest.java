package dev.holdfast.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.Ledger;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real file systems that are full, have no names left, or can only be read. */
@Tag("faults")
class FileSystemTest {
    private static final int PAGE = 4096;
    private static final String NAME = "one";

    /** How often a file system is lost under a writer. */
    private static final int TIMES = 5;

    @TempDir
    Path folder;

    private Path data;
    private Path conversations;
    private Journals journals;

    private void use(Mount mount) throws IOException {
        data = mount.folder().resolve("data");
        conversations = data.resolve(Writer.CONVERSATIONS);
        journals = Writer.journals(data, Runnable::run);
        new FileDisk().createFolders(conversations);
        new FileDisk().createFolders(data.resolve("quarantine"));
    }

    private Journal create(JournalForm form, String name) throws IOException {
        JsonObject first = new JsonObject();
        first.addProperty("_type", "metadata");
        return journals.create(form.file(conversations, name), first);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(conversations)) {
            return files.toList();
        }
    }

    @Test
    void fullInMemoryNothingIsLostAndItGoesOn() throws IOException {
        int tried = 0;
        int failures = 0;
        try (Mount mount = Mount.memory("size=1m,nr_inodes=40", folder.resolve("memory"))) {
            use(mount);
            for (JournalForm form : JournalForm.values()) {
                for (int pages = 0; pages <= 16; pages++) {
                    for (int length = 100; length < PAGE; length += 777) {
                        failures += fill(mount, form, pages, length);
                        tried++;
                    }
                }
            }
        }
        System.out.println(
                "full file system campaign: full " + tried + " times, " + failures + " lines failed, 0 lost");
    }

    /** Leaves so many pages free, appends until they are full, makes space, and goes on; how many lines failed. */
    private int fill(Mount mount, JournalForm form, int pages, int length) throws IOException {
        Ledger ledger = new Ledger();
        Path filler = mount.folder().resolve("filler");
        int failures = 0;
        try (Journal journal = create(form, NAME)) {
            ledger.created();
            ledger.message(journal, length).join();
            fillUp(filler, pages);
            while (failures < 3) {
                failures += ledger.message(journal, length).isCompletedExceptionally() ? 1 : 0;
            }
            assertTrue(journal.refusal().isEmpty(), "it goes on as soon as there is space");
            Files.delete(filler);
            ledger.message(journal, length).join();
        }
        assertTrue(ledger.check(journals, conversations, NAME) >= ledger.acknowledgements() - 1);
        for (Path file : files()) {
            Files.delete(file);
        }
        return failures;
    }

    private static void fillUp(Path filler, int pagesLeft) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            byte[] page = new byte[PAGE];
            try {
                while (true) {
                    file.write(page);
                }
            } catch (IOException e) {
                // Full.
            }
            file.setLength(Math.max(0, file.length() / PAGE - pagesLeft) * PAGE);
        }
    }

    @Test
    void withoutNamesLeftNothingIsMadeAndWhatIsThereGoesOn() throws IOException {
        try (Mount mount = Mount.memory("size=4m,nr_inodes=20", folder.resolve("memory"))) {
            use(mount);
            Ledger ledger = new Ledger();
            try (Journal journal = create(JournalForm.PLAIN, NAME)) {
                ledger.created();
                ledger.message(journal, 100).join();
            }
            int made = 0;
            while (madeOneMore(made)) {
                made++;
            }
            assertTrue(made > 5 && files().size() == made + 1, "what could not be made is not there: " + files());
            try (Journal journal = journals.open(JournalForm.PLAIN.file(conversations, NAME), line -> {}, noted())) {
                ledger.message(journal, 100).join();
            }
            tear();
            List<JournalLine> lines = new ArrayList<>();
            try (Journal journal = journals.open(JournalForm.PLAIN.file(conversations, NAME), lines::add, noted())) {
                assertEquals(3, lines.size());
                assertTrue(journal.refusal().isPresent(), "what is torn has no place to be kept in");
            }
            Files.delete(JournalForm.PLAIN.file(conversations, "more0"));
            assertEquals(2, ledger.check(journals, conversations, NAME));
            System.out.println("full file system campaign: no names left after " + (made + 1) + " files, 0 lost");
        }
    }

    private boolean madeOneMore(int number) throws IOException {
        try {
            create(JournalForm.PLAIN, "more" + number).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static NotedDamage noted() {
        return new NotedDamage();
    }

    private void tear() throws IOException {
        Files.writeString(JournalForm.PLAIN.file(conversations, NAME), "{\"role\":\"us", StandardOpenOption.APPEND);
    }

    @Test
    void whatCanOnlyBeReadIsRead() throws IOException {
        try (Mount mount = Mount.memory("size=4m", folder.resolve("memory"))) {
            use(mount);
            Ledger ledger = new Ledger();
            Path file = JournalForm.GZIP.file(conversations, NAME);
            try (Journal journal = create(JournalForm.GZIP, NAME)) {
                ledger.created();
                ledger.message(journal, 100).join();
            }
            mount.remount("ro");
            assertThrows(IOException.class, () -> journals.open(file, line -> {}, noted()));
            assertThrows(IOException.class, () -> create(JournalForm.PLAIN, "two"));
            List<JournalLine> lines = new ArrayList<>();
            journals.read(file, lines::add, noted());
            assertEquals(2, lines.size());
            mount.remount("rw");
            assertEquals(1, ledger.check(journals, conversations, NAME));
        }
    }

    /** What ext4 is told to force at that very moment is lost, and it says that it was forced: that does not count. */
    @Test
    void turnedReadOnlyUnderAWriterNothingIsLost() throws IOException {
        Writing.Tally tally = new Writing.Tally();
        try (Mount mount = Mount.image("ext4", folder)) {
            for (int i = 0; i < TIMES; i++) {
                Writing writing = new Writing(mount.folder().resolve("data" + i), 6, tally);
                try (var process = writing.start()) {
                    writing.await(process, i, 20);
                    Instant before = Instant.now();
                    mount.remount("abort");
                    process.awaitLine(Pattern.compile("^R "), Duration.ofMinutes(1));
                    process.kill();
                    writing.take(process, before);
                }
                mount.again();
                writing.check();
            }
        }
        assertTrue(tally.failed() > 0, "nothing failed");
        System.out.println("read-only campaign: turned read-only " + TIMES + " times, " + tally.failed()
                + " lines failed, " + tally);
    }

    /** The kernel takes what is written, and finds only in writing it back, as a force asks, that there is no place. */
    @Test
    void whatCouldNotBeWrittenBackWasNotAcknowledged() throws IOException {
        Writing.Tally tally = new Writing.Tally();
        for (int i = 0; i < TIMES; i++) {
            try (Mount medium = Mount.memory("size=12m", folder.resolve("medium" + i));
                    Mount mount = Mount.promising(64L << 20, medium, folder.resolve("promising" + i))) {
                Writing writing = new Writing(mount.folder().resolve("data"), 6, tally);
                try (var process = writing.start()) {
                    process.awaitLine(Pattern.compile("^F "), Duration.ofMinutes(1));
                    medium.remount("size=200m");
                    process.awaitLine(Pattern.compile("^[OR] "), Duration.ofMinutes(1));
                    Instant before = mount.cutPower();
                    process.kill();
                    writing.take(process, before);
                }
                mount.again();
                writing.check();
            }
        }
        assertTrue(tally.failed() > 0, "nothing failed");
        System.out.println("write-back campaign: " + TIMES + " times no place behind the file system, " + tally.failed()
                + " lines failed, " + tally.reopened() + " files opened again, " + tally);
    }
}
