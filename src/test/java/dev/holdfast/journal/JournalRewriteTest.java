package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole files written anew: from every form to every form, with crashes and failures at every step. */
@Timeout(60)
class JournalRewriteTest {
    private static final Path FOLDER = Lines.FILE.getParent();
    private static final int REPLIES = 40;

    private final MemoryDisk disk = new MemoryDisk();
    private final NotedDamage damage = new NotedDamage();

    static Stream<Arguments> moves() {
        return Stream.of(JournalForm.values())
                .flatMap(from -> Stream.of(
                                Rewriting.to(JournalForm.PLAIN),
                                Rewriting.to(JournalForm.GZIP),
                                Rewriting.to(JournalForm.SEALED),
                                Rewriting.to(JournalForm.SEALED).packing())
                        .map(to -> Arguments.of(from, to)));
    }

    /** A talk in which every reply has deltas, the last of them unfinished. */
    private static List<JsonObject> talk() {
        List<JsonObject> bodies = new ArrayList<>();
        int n = 1;
        for (int reply = 1; reply <= REPLIES; reply++) {
            bodies.add(Lines.message(n++));
            for (int i = 0; i < 3; i++) {
                JsonObject delta = Lines.delta(n++);
                delta.addProperty("id", "m" + reply);
                bodies.add(delta);
            }
            if (reply < REPLIES) {
                bodies.add(Lines.message(n++));
            }
        }
        return bodies;
    }

    private static boolean closed(JournalLine delta) {
        return !delta.json().get("id").getAsString().equals("m" + REPLIES);
    }

    private static List<JournalLine> read(Disk disk, Path file, DamageReporter reporter) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Lines.journals(disk, Runnable::run).read(file, lines::add, reporter);
        return lines;
    }

    private Path rewrite(JournalForm from, Rewriting how) throws IOException {
        return Lines.journals(disk, Runnable::run).rewrite(Lines.file(from), how, damage);
    }

    private static List<JournalLine> withoutFirst(List<JournalLine> lines) {
        return lines.subList(1, lines.size());
    }

    @ParameterizedTest
    @MethodSource("moves")
    void everyFormBecomesEveryOtherWithTheSameLines(JournalForm from, Rewriting how) throws IOException {
        disk.put(Lines.file(from), Lines.file(from, talk()));
        List<JournalLine> before = read(disk, Lines.file(from), damage);
        Path target = rewrite(from, how);
        assertEquals(Lines.file(how.form()), target);
        assertEquals(List.of(target), disk.list(FOLDER));
        List<JournalLine> after = read(disk, target, damage);
        assertEquals(withoutFirst(before), withoutFirst(after));
        assertEquals(2, after.get(0).json().get("generation").getAsInt());
        JournalReport report = Lines.journals(disk, Runnable::run).check(target);
        assertTrue(report.sound());
        assertEquals(2, report.generation());
        try (Journal journal = Lines.open(disk, how.form(), new ArrayList<>(), damage)) {
            long last = before.get(before.size() - 1).seq();
            assertEquals(
                    last + 1,
                    journal.append(Lines.message(9), Durability.FORCED).join());
        }
        assertEquals(List.of(), damage.notes());
    }

    @ParameterizedTest
    @Tag("slow")
    @MethodSource("moves")
    void atEveryPowerCutOneFileCountsAndHoldsAll(JournalForm from, Rewriting how) throws IOException {
        for (boolean dropping : List.of(false, true)) {
            RewriteCampaign campaign = new RewriteCampaign(from, how, dropping, 2);
            campaign.call();
            assertTrue(campaign.states() >= 80, () -> "only " + campaign.states() + " states");
        }
    }

    @ParameterizedTest
    @MethodSource("moves")
    @Tag("faults")
    @Timeout(3600)
    void atEveryPowerCutWithManyOutcomesOneFileCountsAndHoldsAll(JournalForm from, Rewriting how) throws IOException {
        for (boolean dropping : List.of(false, true)) {
            RewriteCampaign campaign = new RewriteCampaign(from, how, dropping, 100);
            System.out.println(campaign.call());
            assertTrue(campaign.states() >= 4_000, () -> "only " + campaign.states() + " states");
        }
    }

    private static void checkFound(MemoryDisk disk, List<JournalLine> expected) {
        try {
            Journals journals = Lines.journals(disk, Runnable::run);
            Path found = journals.find(FOLDER, "one").orElseThrow();
            List<JournalLine> lines = new ArrayList<>();
            journals.open(found, lines::add, new NotedDamage()).close();
            assertEquals(expected, withoutFirst(lines));
            assertEquals(List.of(found), disk.list(FOLDER));
            assertEquals(List.of(), disk.list(Lines.QUARANTINE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @MethodSource("moves")
    void whicheverOperationFailsOneFileCountsAndHoldsAll(JournalForm from, Rewriting how) throws IOException {
        byte[] file = Lines.file(from, talk());
        disk.put(Lines.file(from), file);
        List<JournalLine> before = withoutFirst(read(disk, Lines.file(from), damage));
        for (int n = 1; ; n++) {
            MemoryDisk memory = new MemoryDisk();
            memory.put(Lines.file(from), file);
            FailingDisk failing = new FailingDisk(memory).failOnceAt(n);
            try {
                Lines.journals(failing, Runnable::run).rewrite(Lines.file(from), how, damage);
            } catch (IOException e) {
                // What is there then is looked at below.
            }
            boolean reached = failing.operations() >= n;
            checkFound(memory.crash(n), before);
            checkFound(memory, before);
            if (!reached) {
                assertTrue(n > 10);
                return;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("moves")
    void deltasOfClosedRepliesAreDroppedAndTheirNumbersAccountedFor(JournalForm from, Rewriting how)
            throws IOException {
        disk.put(Lines.file(from), Lines.file(from, talk()));
        List<JournalLine> before = read(disk, Lines.file(from), damage);
        Path once = rewrite(from, how.dropping(JournalRewriteTest::closed));
        List<JournalLine> after = read(disk, once, damage);
        List<JournalLine> kept = before.stream()
                .filter(line -> !JournalFormat.isDelta(line.json()) || !closed(line))
                .toList();
        List<JournalLine> said = after.stream()
                .filter(line -> !JournalFormat.isDropped(line.json()))
                .toList();
        assertEquals(withoutFirst(kept), withoutFirst(said));
        assertEquals(REPLIES - 1, after.size() - said.size());
        assertEquals(new JournalLine(4, JournalFormat.dropped(2, 4), true), after.get(2));
        Path twice = Lines.journals(disk, Runnable::run).rewrite(once, how, damage);
        assertEquals(withoutFirst(after), withoutFirst(read(disk, twice, damage)));
        assertEquals(List.of(), damage.notes());
        for (int seq = 0; seq < 20; seq++) {
            List<JournalLine> found = new ArrayList<>();
            Lines.journals(disk, Runnable::run).readFrom(twice, seq, found::add, damage);
            assertTrue(seq == 0 || found.get(0).seq() >= seq);
            assertTrue(JournalFormat.firstNumber(found.get(0)) <= seq);
        }
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void onlyDeltasAreOfferedForDropping() throws IOException {
        disk.put(Lines.FILE, Lines.file(talk()));
        Set<String> types = new TreeSet<>();
        rewrite(JournalForm.PLAIN, Rewriting.to(JournalForm.PLAIN).dropping(line -> {
            types.add(line.json().get("_type").getAsString());
            return true;
        }));
        assertEquals(Set.of("delta"), types);
    }

    @ParameterizedTest
    @EnumSource(JournalForm.class)
    void damageIsPutAsideAndStaysReported(JournalForm form) throws IOException {
        byte[] start = Lines.file(form, talk().subList(0, 5));
        byte[] file = Lines.file(form, talk());
        byte[] bad = Lines.line(form, talk().get(5), 6);
        for (int i = 0; i < bad.length - 1; i++) {
            file[start.length + i] = 0;
        }
        byte[] torn = Arrays.copyOf(bad, 50);
        disk.put(Lines.file(form), Lines.join(file, Lines.line(form, Lines.message(9), 200), torn));
        Path target = rewrite(form, Rewriting.to(form));
        assertEquals(2, damage.notes().size(), damage.notes().toString());
        assertEquals("healed 50", damage.notes().get(1));
        assertEquals(2, disk.list(Lines.QUARANTINE).size());
        NotedDamage after = new NotedDamage();
        List<JournalLine> lines = read(disk, target, after);
        assertEquals(talk().size() + 1, lines.size());
        assertEquals(1, after.notes().size());
        assertTrue(after.notes().get(0).endsWith("Before this line, number 6 is missing."));
    }

    @Test
    void ofABadPackedFrameTheLinesThatAreSoundAreReadAndItIsNoTail() throws IOException {
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 300; n++) {
            bodies.add(Lines.message(n));
        }
        disk.put(Lines.FILE, Lines.file(bodies));
        Path packed = rewrite(JournalForm.PLAIN, Rewriting.to(JournalForm.GZIP));
        byte[] file = disk.bytes(packed);
        int[] lost = {0, 0};
        for (int at = file.length / 4; at < file.length * 9 / 10; at += 97) {
            byte[] bad = file.clone();
            bad[at] ^= 4;
            disk.put(packed, bad);
            NotedDamage noted = new NotedDamage();
            List<JournalLine> lines = new ArrayList<>();
            Journal journal = Lines.open(disk, JournalForm.GZIP, lines, noted);
            assertTrue(journal.refusal().isEmpty());
            assertEquals(300, journal.lastSeq());
            journal.close();
            assertTrue(
                    noted.notes().get(0).startsWith("damaged line 2 at "),
                    noted.notes().toString());
            assertArrayEquals(bad, disk.bytes(packed));
            lost[0] += 301 - lines.size();
            lost[1]++;
        }
        int half = lost[1] * 150;
        assertTrue(lost[0] < half * 3 / 2, () -> lost[0] + " lines lost by " + lost[1] + " flipped bits");
    }

    @Test
    void encryptingLeavesNothingInTheClear() throws IOException {
        Journals open = new Journals(disk, Lines.QUARANTINE, Runnable::run, null);
        disk.put(Lines.FILE, Lines.join(Lines.file(talk()), Lines.utf8("{\"role\":\"a secret")));
        open.open(Lines.FILE, line -> {}, damage).close();
        disk.put(Lines.FILE, Lines.join(Lines.file(talk()), Lines.utf8("{\"role\":\"a secret")));
        disk.put(Lines.QUARANTINE.resolve("one.jsonl.gz.77-1"), Lines.utf8("a secret"));
        disk.put(Lines.QUARANTINE.resolve("other.jsonl.77-1"), Lines.utf8("of another"));
        Path sealed =
                rewrite(JournalForm.PLAIN, Rewriting.to(JournalForm.SEALED).packing());
        List<Path> kept = disk.list(Lines.QUARANTINE);
        assertEquals(4, kept.size(), kept.toString());
        for (Path path : Stream.concat(Stream.of(sealed), kept.stream()).toList()) {
            String text = new String(disk.bytes(path), StandardCharsets.ISO_8859_1);
            assertFalse(text.contains("secret") || text.contains("words"), path.toString());
            assertEquals(
                    path.getFileName().toString().startsWith("other"),
                    !path.toString().endsWith(".fernet"));
        }
        assertEquals(List.of(sealed), disk.list(FOLDER));
        assertEquals(1, damage.keptIn().size() - 1);
    }

    @Test
    void rekeyingLeavesNothingThatTheOldKeyOpens() throws IOException {
        Path file = Lines.file(JournalForm.SEALED);
        Journals old = new Journals(disk, Lines.QUARANTINE, Runnable::run, new ToyCodec("old"));
        disk.createFolders(FOLDER);
        Journal journal = old.create(file, Lines.first());
        talk().forEach(body -> journal.append(body, Durability.FORCED));
        journal.close();
        Journals ring = new Journals(disk, Lines.QUARANTINE, Runnable::run, new ToyCodec("new", "old"));
        ring.rewrite(file, Rewriting.to(JournalForm.SEALED), damage);
        Journals now = new Journals(disk, Lines.QUARANTINE, Runnable::run, new ToyCodec("new"));
        assertEquals(talk().size() + 1, now.check(file).lines());
        JournalReport report = old.check(file);
        assertEquals(0, report.lines());
        assertTrue(report.locked());
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void linesThatNoKeyOpensAreLeftAloneUnlessTheyAreGivenUp() throws IOException {
        Path file = Lines.file(JournalForm.SEALED);
        disk.put(file, Lines.file(JournalForm.SEALED, talk()));
        byte[] before = disk.bytes(file);
        Journals wrong = new Journals(disk, Lines.QUARANTINE, Runnable::run, new ToyCodec("another key"));
        Rewriting rekey = Rewriting.to(JournalForm.SEALED);
        JournalException refused = assertThrows(JournalException.class, () -> wrong.rewrite(file, rekey, damage));
        assertEquals(
                file + " has lines that no key opens, and is left as it is. Give the keys that they were written with.",
                refused.getMessage());
        try (Journal journal = wrong.open(file, line -> {}, damage)) {
            assertEquals(
                    file + " ends in lines that no key opens, and is only read. Give the key that they were written"
                            + " with.",
                    journal.refusal().orElseThrow().getMessage());
        }
        assertArrayEquals(before, disk.bytes(file));
        assertEquals(1, damage.notes().size());

        byte[] flipped = before.clone();
        flipped[before.length / 2] = (byte) (flipped[before.length / 2] == 'A' ? 'B' : 'A');
        disk.put(file, flipped);
        Journals right = Lines.journals(disk, Runnable::run);
        assertThrows(JournalException.class, () -> right.rewrite(file, rekey, damage));
        right.rewrite(file, rekey.givingUpLocked(), damage);
        assertEquals(talk().size(), right.check(file).lines());
        assertEquals(1, disk.list(Lines.QUARANTINE).size());
    }

    @Test
    void aSealedLineInAnotherFileIsDamage() throws IOException {
        Path other = JournalForm.SEALED.file(FOLDER, "two");
        disk.put(other, Lines.file(JournalForm.SEALED, talk()));
        assertEquals(
                "The line belongs to another file.",
                Lines.journals(disk, Runnable::run).check(other).damage().get(0).sentence());
    }

    @Test
    void aSealedFileWithoutAKeyIsRefused() {
        disk.put(Lines.file(JournalForm.SEALED), Lines.file(JournalForm.SEALED, talk()));
        Journals journals = new Journals(disk, Lines.QUARANTINE, Runnable::run, null);
        JournalException refused = assertThrows(
                JournalException.class, () -> journals.open(Lines.file(JournalForm.SEALED), line -> {}, damage));
        assertEquals(
                Lines.file(JournalForm.SEALED)
                        + " is encrypted, and no key was given. Give the key that it was written with.",
                refused.getMessage());
    }

    @Test
    void aFileThatLostItsFirstLineOrIsNotOursIsNotRewritten() {
        byte[] file = Lines.file(talk());
        file[30] ^= 1;
        disk.put(Lines.FILE, file);
        JournalException refused =
                assertThrows(JournalException.class, () -> rewrite(JournalForm.PLAIN, Rewriting.to(JournalForm.GZIP)));
        assertEquals(
                Lines.FILE + " has lost its first line, and is left as it is. Restore it from a backup.",
                refused.getMessage());
        disk.put(Lines.FILE, Lines.utf8("{\"role\":\"user\"}\n"));
        assertThrows(JournalException.class, () -> rewrite(JournalForm.PLAIN, Rewriting.to(JournalForm.GZIP)));
        assertEquals(List.of(Lines.FILE), disk.list(FOLDER));
    }

    @Test
    void ofTwoFilesTheHigherGenerationThatIsSoundStays() throws IOException {
        JsonObject newer = Lines.json("{\"_type\":\"metadata\",\"generation\":2}");
        byte[] old = Lines.file(talk());
        byte[] young = Lines.join(
                Lines.frame(JournalForm.GZIP, JournalFormat.encodeFirst(newer), 0),
                Lines.line(JournalForm.GZIP, Lines.message(1), 1));
        disk.put(Lines.FILE, old);
        disk.put(Lines.file(JournalForm.GZIP), young);
        Journals journals = Lines.journals(disk, Runnable::run);
        assertEquals(Lines.file(JournalForm.GZIP), journals.find(FOLDER, "one").orElseThrow());
        assertEquals(1, disk.list(Lines.QUARANTINE).size(), "the old one holds more lines");

        young[young.length - 40] ^= 1;
        disk.put(Lines.FILE, old);
        disk.put(Lines.file(JournalForm.GZIP), Lines.join(young, Lines.line(JournalForm.GZIP, Lines.message(3), 3)));
        assertEquals(Lines.FILE, journals.find(FOLDER, "one").orElseThrow());
        assertEquals(2, disk.list(Lines.QUARANTINE).size());
        assertEquals(List.of(Lines.FILE), disk.list(FOLDER));
        assertTrue(journals.find(FOLDER, "none").isEmpty());
    }

    @Test
    void packingIsWorthItWhenMoreThanAQuarterIsInSmallPieces() throws IOException {
        Journals journals = Lines.journals(disk, Runnable::run);
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 2_000; n++) {
            bodies.add(Lines.message(n));
        }
        for (JournalForm form : List.of(JournalForm.GZIP, JournalForm.SEALED)) {
            disk.put(Lines.file(form), Lines.file(form, bodies));
            assertTrue(journals.worthPacking(Lines.file(form)));
            rewrite(form, Rewriting.to(form).packing());
            assertFalse(journals.worthPacking(Lines.file(form)));
            long packed = disk.bytes(Lines.file(form)).length;
            try (Journal journal = Lines.open(disk, form, new ArrayList<>(), damage)) {
                long quarter = packed / 5;
                while (disk.bytes(Lines.file(form)).length < packed + quarter) {
                    assertFalse(journals.worthPacking(Lines.file(form)));
                    journal.append(Lines.message(7), Durability.FORCED);
                }
                while (disk.bytes(Lines.file(form)).length < packed + 3 * quarter) {
                    journal.append(Lines.message(8), Durability.FORCED);
                }
            }
            assertTrue(journals.worthPacking(Lines.file(form)));
        }
        disk.put(Lines.FILE, Lines.file(bodies));
        assertFalse(journals.worthPacking(Lines.FILE));
    }
}
