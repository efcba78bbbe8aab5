package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Torn ends and damage, text in, exact lines and reports out. */
class JournalHealTest {
    private static final byte[] HEAD = Lines.file(List.of(Lines.message(1), Lines.message(2)));

    private final MemoryDisk disk = new MemoryDisk();
    private final NotedDamage damage = new NotedDamage();

    private List<Integer> openAndClose(byte[]... parts) throws IOException {
        disk.put(Lines.FILE, Lines.join(parts));
        return openAndClose();
    }

    /** The {@code n} of the lines behind the first, after the journal was appended to and found sound. */
    private List<Integer> openAndClose() throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        try (Journal journal = Lines.open(disk, lines, damage)) {
            assertEquals(lines.get(lines.size() - 1).seq(), journal.lastSeq());
        }
        return ns(lines);
    }

    private static List<Integer> ns(List<JournalLine> lines) {
        return lines.stream()
                .filter(line -> line.json().has("n"))
                .map(line -> line.json().get("n").getAsInt())
                .toList();
    }

    private void assertWritableAndSound(List<Integer> before) throws IOException {
        List<JournalLine> found = new ArrayList<>();
        try (Journal journal = Lines.open(disk, found, damage)) {
            assertEquals(
                    journal.lastSeq() + 1,
                    journal.append(Lines.message(99), Durability.FORCED).join());
        }
        List<Integer> expected = new ArrayList<>(before);
        expected.add(99);
        assertEquals(expected, openAndClose());
    }

    private String kept() throws IOException {
        return new String(WholeFile.read(disk, damage.keptIn().get(0), 1 << 20));
    }

    @Test
    void cutAtEveryByteKeepsEveryWholeLineAndTheRestInQuarantine() throws IOException {
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 10; n++) {
            bodies.add(n % 3 == 0 ? Lines.delta(n) : Lines.message(n));
        }
        byte[] whole = Lines.file(bodies);
        int firstLine = Lines.file(List.of()).length;
        for (int cut = firstLine; cut < whole.length; cut++) {
            MemoryDisk torn = new MemoryDisk();
            NotedDamage noted = new NotedDamage();
            List<JournalLine> lines = new ArrayList<>();
            torn.put(Lines.FILE, Arrays.copyOf(whole, cut));
            long last;
            try (Journal journal = Lines.open(torn, lines, noted)) {
                last = journal.append(Lines.message(99), Durability.FORCED).join();
            }
            int wholeLines = 0;
            int soundEnd = 0;
            for (int i = 0; i < whole.length; i++) {
                // A line that lacks only its line end is whole.
                if (whole[i] == '\n' && i <= cut) {
                    wholeLines++;
                    soundEnd = i;
                }
            }
            assertEquals(wholeLines, lines.size(), "cut at " + cut);
            int torn1 = Math.max(0, cut - soundEnd - 1);
            assertEquals(torn1 == 0 ? List.of() : List.of("healed " + torn1), noted.notes(), "cut at " + cut);
            if (torn1 > 0) {
                assertArrayEquals(
                        Arrays.copyOfRange(whole, soundEnd + 1, cut),
                        torn.bytes(noted.keptIn().get(0)));
            }
            List<JournalLine> again = new ArrayList<>();
            Lines.open(torn, again, noted).close();
            assertEquals(wholeLines + 1, again.size());
            assertEquals(last, again.get(wholeLines).seq());
        }
    }

    @Test
    void nulBytesAtTheEndAreCut() throws IOException {
        assertEquals(List.of(1, 2), openAndClose(HEAD, new byte[5000]));
        assertEquals(List.of("healed 5000"), damage.notes());
        assertWritableAndSound(List.of(1, 2));
    }

    @Test
    void badBytesBeforeNothingButDeltasAreCutWithThem() throws IOException {
        byte[] tail = Lines.join(new byte[700], Lines.line(Lines.delta(4), 4), Lines.line(Lines.delta(5), 5));
        assertEquals(List.of(1, 2), openAndClose(HEAD, tail));
        assertEquals(List.of("healed " + tail.length), damage.notes());
        assertEquals(new String(tail), kept());
        assertWritableAndSound(List.of(1, 2));
    }

    @Test
    void deltasBeforeBadBytesAreKept() throws IOException {
        assertEquals(List.of(1, 2, 3), openAndClose(HEAD, Lines.line(Lines.delta(3), 3), Lines.utf8("{\"_ty")));
        assertEquals(List.of("healed 5"), damage.notes());
    }

    @Test
    void badBytesBeforeAMessageAreDamageAndStay() throws IOException {
        byte[] bad = Lines.utf8("not a line\n");
        byte[] file = Lines.join(HEAD, bad, Lines.line(Lines.delta(4), 4), Lines.line(Lines.message(5), 5));
        assertEquals(List.of(1, 2, 4, 5), openAndClose(file));
        assertEquals(
                List.of("damaged line 4 at " + HEAD.length + "+11: The line is not as it was written: its checksum does"
                        + " not match."),
                damage.notes());
        assertArrayEquals(file, disk.bytes(Lines.FILE));
        assertWritableAndSound(List.of(1, 2, 4, 5));
    }

    @Test
    void neighbouringBadLinesAreOneDamage() throws IOException {
        openAndClose(HEAD, Lines.utf8("one\ntwo\n\n"), Lines.line(Lines.message(6), 6));
        assertEquals(1, damage.notes().size());
        assertTrue(damage.notes().get(0).startsWith("damaged line 4 at " + HEAD.length + "+9: "));
    }

    @Test
    void damageBeforeATornEndLeavesTheDamageAndCutsTheEnd() throws IOException {
        byte[] sound = Lines.join(HEAD, Lines.utf8("bad\n"), Lines.line(Lines.message(4), 4));
        assertEquals(List.of(1, 2, 4), openAndClose(sound, Lines.utf8("{")));
        assertEquals(2, damage.notes().size());
        assertEquals("healed 1", damage.notes().get(1));
        assertArrayEquals(sound, disk.bytes(Lines.FILE));
    }

    @Test
    void aWholeLastLineWithoutLineEndGetsOne() throws IOException {
        assertEquals(List.of(1, 2), openAndClose(Arrays.copyOf(HEAD, HEAD.length - 1)));
        assertEquals(List.of(), damage.notes());
        assertArrayEquals(HEAD, disk.bytes(Lines.FILE));
        assertArrayEquals(HEAD, disk.crash(7).bytes(Lines.FILE));
    }

    @Test
    void atEveryPowerCutTheTornEndIsInTheFileOrInQuarantineAndAfterwardsInQuarantine() throws IOException {
        byte[] torn = Lines.join(HEAD, Lines.utf8("torn"));
        disk.put(Lines.FILE, torn);
        disk.beforeEachChange(() -> {
            for (int seed = 0; seed < 50; seed++) {
                MemoryDisk crashed = disk.crash(seed);
                assertTrue(Arrays.equals(torn, crashed.bytes(Lines.FILE)) || isHealed(crashed));
            }
        });
        openAndClose();
        assertEquals("torn", kept());
        for (int seed = 0; seed < 50; seed++) {
            assertTrue(isHealed(disk.crash(seed)));
        }
    }

    private static boolean isHealed(MemoryDisk crashed) {
        return Arrays.equals(HEAD, crashed.bytes(Lines.FILE))
                && crashed.list(Lines.QUARANTINE).stream()
                        .anyMatch(kept -> Arrays.equals(Lines.utf8("torn"), crashed.bytes(kept)));
    }

    @Test
    void twoCutsAtOnePlaceAreBothKept() throws IOException {
        openAndClose(HEAD, Lines.utf8("first"));
        openAndClose(HEAD, Lines.utf8("second"));
        assertEquals(2, disk.list(Lines.QUARANTINE).size());
        assertEquals("second", new String(disk.bytes(damage.keptIn().get(1))));
    }

    @Test
    void missingLinesAreReportedWithTheirNumbers() throws IOException {
        assertEquals(List.of(1, 2, 6), openAndClose(HEAD, Lines.line(Lines.message(6), 6)));
        assertEquals(
                List.of("damaged line 4 at " + HEAD.length + "+0: Before this line, numbers 3 to 5 are missing."),
                damage.notes());
    }

    @Test
    void aLineThatIsThereTwiceIsHandedOnOnce() throws IOException {
        byte[] twice = Lines.line(Lines.message(2), 2);
        assertEquals(List.of(1, 2, 3), openAndClose(HEAD, twice, Lines.line(Lines.message(3), 3)));
        assertEquals(
                List.of("damaged line 4 at " + HEAD.length + "+" + twice.length
                        + ": The line has number 2, which was passed before: it is there twice or in the wrong place."),
                damage.notes());
    }

    @Test
    void carriageReturnsAreDamage() throws IOException {
        byte[] line = Lines.line(Lines.message(3), 3);
        line[line.length - 1] = '\r';
        assertEquals(List.of(1, 2, 4), openAndClose(HEAD, line, Lines.utf8("\n"), Lines.line(Lines.message(4), 4)));
        assertEquals(1, damage.notes().size());
    }

    @Test
    void aBadFirstLineIsReportedAndTheRestIsReadAndWritten() throws IOException {
        byte[] file = HEAD.clone();
        file[30] ^= 1;
        assertEquals(List.of(1, 2), openAndClose(file));
        assertEquals(1, damage.notes().size());
        assertTrue(damage.notes().get(0).startsWith("damaged line 1 at 0+"));
        assertWritableAndSound(List.of(1, 2));
    }

    @Test
    void aMissingFirstLineIsReported() throws IOException {
        assertEquals(List.of(1, 2), openAndClose(Arrays.copyOfRange(HEAD, Lines.file(List.of()).length, HEAD.length)));
        assertEquals(List.of("damaged line 1 at 0+0: Before this line, number 0 is missing."), damage.notes());
    }

    @Test
    void aFileOfOneBadLineIsLeftAsItIsAndRefused() throws IOException {
        byte[] file = Lines.file(List.of());
        file[20] ^= 1;
        disk.put(Lines.FILE, file);
        try (Journal journal = Lines.open(disk, new ArrayList<>(), damage)) {
            assertEquals(
                    Lines.FILE + " has no line that can be read, and is left as it is. Restore it from a backup.",
                    journal.refusal().orElseThrow().getMessage());
            assertTrue(journal.append(Lines.message(1), Durability.FORCED).isCompletedExceptionally());
        }
        assertArrayEquals(file, disk.bytes(Lines.FILE));
        assertEquals(1, damage.notes().size());
    }

    @Test
    void aLineLongerThanAnyIsPassedOver() throws IOException {
        byte[] gigantic = new byte[JournalFormat.MAX_LINE_BYTES + 1000];
        Arrays.fill(gigantic, (byte) 'x');
        gigantic[gigantic.length - 1] = '\n';
        assertEquals(List.of(1, 2, 4), openAndClose(HEAD, gigantic, Lines.line(Lines.message(4), 4)));
        assertEquals(
                List.of("damaged line 4 at " + HEAD.length + "+" + gigantic.length
                        + ": The line has 16778215 bytes, more than any that was written."),
                damage.notes());
    }

    @Test
    @Tag("slow")
    void aLastLineLongerThanAnyIsCutOff() throws IOException {
        byte[] gigantic = new byte[JournalFormat.MAX_LINE_BYTES + 1000];
        Arrays.fill(gigantic, (byte) 'x');
        assertEquals(List.of(1, 2), openAndClose(HEAD, gigantic));
        assertEquals(List.of("healed " + gigantic.length), damage.notes());
    }

    @Test
    void anUnknownVersionIsRefusedWithTheOneThatIsRead() {
        String first = new String(Lines.line(Lines.json("{\"format\":\"holdfast/7\"}"), 0));
        disk.put(Lines.FILE, Lines.utf8(first));
        JournalException refused =
                assertThrows(JournalException.class, () -> Lines.open(disk, new ArrayList<>(), damage));
        assertEquals(
                Lines.FILE + " has a format that this version of Holdfast does not know; it reads holdfast/1. Open it"
                        + " with the version that wrote it, or a newer one.",
                refused.getMessage());
        assertArrayEquals(Lines.utf8(first), disk.bytes(Lines.FILE));
    }

    @Test
    void aTornEndThatCannotBePutAsideLeavesTheFileReadable() throws IOException {
        byte[] file = Lines.join(HEAD, Lines.utf8("torn"));
        disk.put(Lines.FILE, file);
        FailingDisk full = new FailingDisk(disk).failEvery("createFolders");
        List<JournalLine> lines = new ArrayList<>();
        try (Journal journal = Lines.open(full, lines, damage)) {
            assertEquals(List.of(1, 2), ns(lines));
            assertEquals(
                    Lines.FILE
                            + " has a torn end that could not be put aside: injected failure of createFolders. Check"
                            + " the disk and its free space, then open the conversation again.",
                    journal.refusal().orElseThrow().getMessage());
        }
        assertArrayEquals(file, disk.bytes(Lines.FILE));
        assertWritableAndSound(List.of(1, 2));
    }
}
