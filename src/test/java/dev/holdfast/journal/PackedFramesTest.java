package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of packed and of sealed lines that no journal writes: each is read as far as it is sound, from both ends. */
class PackedFramesTest {
    private static final Path GZIP = Lines.file(JournalForm.GZIP);
    private static final Path SEALED = Lines.file(JournalForm.SEALED);

    private final MemoryDisk disk = new MemoryDisk();
    private final NotedDamage damage = new NotedDamage();

    private List<Long> read(Path file, byte[]... parts) throws IOException {
        disk.put(file, Lines.join(parts));
        List<JournalLine> lines = new ArrayList<>();
        Journals journals = Lines.journals(disk, Runnable::run);
        journals.read(file, lines::add, damage);
        List<JournalLine> fromEnd = new ArrayList<>();
        journals.readTail(file, line -> false, fromEnd::add, new NotedDamage());
        assertEquals(lines, fromEnd);
        return lines.stream().map(JournalLine::seq).toList();
    }

    private static byte[] frame(JournalForm form, int n) {
        return Lines.line(form, Lines.message(n), n);
    }

    private static byte[] head(JournalForm form) {
        return Lines.file(form, List.of(Lines.message(1)));
    }

    private static byte[] packed(byte[] content) {
        byte[] member = GzipMember.pack(content, content.length, Deflater.BEST_COMPRESSION);
        return Lines.join(member, GzipMember.mark(member.length));
    }

    private static byte[] sealed(byte[] content) {
        return Lines.join(Lines.CODEC.seal(content), Lines.utf8("\n"));
    }

    private String sentence() {
        assertEquals(1, damage.notes().size(), damage.notes().toString());
        return damage.notes().get(0).replaceAll("^damaged [^:]*: ", "");
    }

    @Test
    void memberThatHoldsNothingIsDamage() throws IOException {
        assertEquals(
                List.of(0L, 1L, 2L),
                read(GZIP, head(JournalForm.GZIP), packed(new byte[0]), frame(JournalForm.GZIP, 2)));
        assertEquals("No lines are packed here.", sentence());
    }

    @Test
    void memberLargerThanAnyThatWasWrittenIsDamage() throws IOException {
        byte[] gigantic = packed(new byte[JournalFormat.MAX_LINE_BYTES + (1 << 17)]);
        assertEquals(List.of(0L, 1L, 2L), read(GZIP, head(JournalForm.GZIP), gigantic, frame(JournalForm.GZIP, 2)));
        assertEquals("More lines are packed together than were ever written.", sentence());
    }

    @Test
    void frameThatIsThereTwiceIsReportedLineByLine() throws IOException {
        byte[] two = packed(Lines.join(Lines.line(Lines.message(2), 2), Lines.line(Lines.message(3), 3)));
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L), read(GZIP, head(JournalForm.GZIP), two, two, frame(JournalForm.GZIP, 4)));
        int at = head(JournalForm.GZIP).length + two.length;
        assertEquals(
                List.of(
                        "damaged line 5 at " + at + "+0: The line has number 2, which was passed before: it is there"
                                + " twice or in the wrong place.",
                        "damaged line 6 at " + at + "+0: The line has number 3, which was passed before: it is there"
                                + " twice or in the wrong place."),
                damage.notes());
    }

    @Test
    void lineOfAMemberThatIsNotSealedIsDamageAndTheOthersAreRead() throws IOException {
        byte[] mixed = packed(Lines.join(
                Lines.line(Lines.message(2), 2),
                Lines.utf8("not a line\nnor this\n"),
                Lines.line(Lines.message(3), 3)));
        assertEquals(List.of(0L, 1L, 2L, 3L), read(GZIP, head(JournalForm.GZIP), mixed));
        assertEquals("The line is not as it was written: its checksum does not match.", sentence());
    }

    /** A mark that tells a size to the start of an earlier member, which ends before the mark. */
    @Test
    void markThatTellsAWrongSizeHidesNoLine() throws IOException {
        byte[] two = frame(JournalForm.GZIP, 2);
        byte[] three = frame(JournalForm.GZIP, 3);
        int member = three.length - GzipMember.MARK;
        byte[] wrong = Lines.join(Arrays.copyOf(three, member), GzipMember.mark(two.length + member));
        assertEquals(
                List.of(0L, 1L, 2L, 3L, 4L),
                read(GZIP, head(JournalForm.GZIP), two, wrong, frame(JournalForm.GZIP, 4)));
        assertEquals(1, damage.notes().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 29, 30, 31, 100, 40_000})
    void fileWithoutASoundFrameIsReadFromItsEndToo(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        assertEquals(List.of(), read(GZIP, bytes));
        assertEquals(List.of(), damage.notes(), "all of it is a torn end");
    }

    @Test
    void soundFrameFarBeforeATornEndIsFound() throws IOException {
        byte[] bytes = new byte[70_000];
        new Random(5).nextBytes(bytes);
        assertEquals(List.of(0L, 1L), read(GZIP, head(JournalForm.GZIP), bytes));
    }

    @Test
    void markTellsASizeThatAMemberCanHave() {
        assertEquals(OptionalInt.of(77), GzipMember.closedBy(GzipMember.mark(77)));
        assertEquals(OptionalInt.of(1), GzipMember.closedBy(GzipMember.mark(1)));
        assertEquals(OptionalInt.empty(), GzipMember.closedBy(GzipMember.mark(0)));
        assertEquals(OptionalInt.empty(), GzipMember.closedBy(GzipMember.mark(-1)));
        assertEquals(OptionalInt.empty(), GzipMember.closedBy(GzipMember.mark(Integer.MAX_VALUE)));
        assertEquals(OptionalInt.empty(), GzipMember.closedBy(Arrays.copyOf(GzipMember.mark(77), GzipMember.MARK - 1)));
        byte[] other = GzipMember.mark(77);
        other[12] = 'X';
        assertEquals(OptionalInt.empty(), GzipMember.closedBy(other));
    }

    @Test
    void headersAndMarksAreFoundFromBothEnds() {
        byte[] frame = frame(JournalForm.GZIP, 2);
        int mark = frame.length - GzipMember.MARK;
        byte[] two = Lines.join(frame, frame);
        assertEquals(0, GzipMember.firstIn(two, 0));
        assertEquals(frame.length, GzipMember.firstIn(two, 1));
        assertEquals(-1, GzipMember.firstIn(two, frame.length + 1));
        assertEquals(frame.length + mark, GzipMember.lastMarkIn(two, two.length));
        assertEquals(mark, GzipMember.lastMarkIn(two, frame.length + mark));
        assertEquals(-1, GzipMember.lastMarkIn(two, mark));
    }

    @Test
    void sealedNothingIsDamage() throws IOException {
        assertEquals(
                List.of(0L, 1L, 2L),
                read(SEALED, head(JournalForm.SEALED), sealed(new byte[0]), frame(JournalForm.SEALED, 2)));
        assertEquals("Nothing is sealed.", sentence());
    }

    @Test
    void sealedBytesBehindPackedLinesAreDamageAndTheLinesAreRead() throws IOException {
        byte[] line = Lines.framing(JournalForm.SEALED).line(JournalFormat.encodeBody(Lines.message(2)), 2);
        byte[] member = GzipMember.pack(line, line.length, Deflater.BEST_COMPRESSION);
        byte[] longer = sealed(Lines.join(member, new byte[3]));
        assertEquals(List.of(0L, 1L, 2L), read(SEALED, head(JournalForm.SEALED), longer));
        assertEquals("Something is sealed behind the packed lines.", sentence());
    }

    @Test
    void sealedMemberThatIsNotSoundIsDamage() throws IOException {
        byte[] line = Lines.framing(JournalForm.SEALED).line(JournalFormat.encodeBody(Lines.message(2)), 2);
        byte[] member = GzipMember.pack(line, line.length, Deflater.BEST_COMPRESSION);
        member[member.length - 1] ^= 1;
        assertEquals(List.of(0L, 1L, 2L), read(SEALED, head(JournalForm.SEALED), sealed(member)));
        assertEquals("The packed lines are not as they were written: their checksum does not match.", sentence());
    }

    @Test
    void sealedLineLongerThanAnyIsPassedOver() throws IOException {
        byte[] gigantic = new byte[JournalFormat.MAX_LINE_BYTES / 2 * 3 + 1];
        Arrays.fill(gigantic, (byte) 'A');
        gigantic[gigantic.length - 1] = '\n';
        assertEquals(
                List.of(0L, 1L, 2L), read(SEALED, head(JournalForm.SEALED), gigantic, frame(JournalForm.SEALED, 2)));
        assertEquals("The line has 25165824 bytes, more than any that was written.", sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with a blank", "\u007f", "é"})
    void sealedLineThatACrashMayHaveLeftIsATornEnd(String text) throws IOException {
        assertEquals(List.of(0L, 1L), read(SEALED, head(JournalForm.SEALED), Lines.utf8(text + "\n")));
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void sealedLineThatNoKeyOpensIsDamageAtTheEndToo() throws IOException {
        assertEquals(List.of(0L, 1L), read(SEALED, head(JournalForm.SEALED), Lines.utf8("~!printable!~\n")));
        assertEquals("No key opens the line: it was sealed with another one, or is not as it was written.", sentence());
        assertTrue(Lines.journals(disk, Runnable::run).check(SEALED).locked());
    }

    @Test
    void packingAFewSmallPiecesIsNotWorthIt() throws IOException {
        Journals journals = Lines.journals(disk, Runnable::run);
        for (JournalForm form : List.of(JournalForm.GZIP, JournalForm.SEALED)) {
            disk.put(Lines.file(form), new byte[0]);
            assertFalse(journals.worthPacking(Lines.file(form)));
            List<JsonObject> bodies = List.of(Lines.message(1), Lines.message(2), Lines.message(3));
            disk.put(Lines.file(form), Lines.file(form, bodies));
            assertFalse(journals.worthPacking(Lines.file(form)));
            disk.put(Lines.file(form), Lines.join(Lines.file(form, bodies), frame(form, 4)));
            assertTrue(journals.worthPacking(Lines.file(form)));
        }
    }

    @Test
    void largePieceEndsTheSmallOnes() throws IOException {
        JsonObject large = Lines.message(9);
        StringBuilder text = new StringBuilder();
        new Random(3).ints(12_000, 33, 126).forEach(c -> text.append((char) c));
        large.addProperty("content", text.toString());
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 200; n++) {
            bodies.add(Lines.message(n));
        }
        bodies.add(large);
        disk.put(GZIP, Lines.file(JournalForm.GZIP, bodies));
        assertFalse(Lines.journals(disk, Runnable::run).worthPacking(GZIP));
    }

    @Test
    void packedBytesComeBackWhateverTheirLength() throws IOException {
        Random random = new Random(8);
        for (int length : new int[] {1, 100, 20_000, 300_000}) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            byte[] member = GzipMember.pack(content, length, Deflater.DEFAULT_COMPRESSION);
            GzipMember read = GzipMember.read(new FileWindow(Lines.join(member, new byte[7])), 0);
            assertTrue(read.sound());
            assertEquals(member.length, read.end());
            assertArrayEquals(content, read.content());
            for (int cut : new int[] {5, member.length - 9, member.length - 1}) {
                GzipMember torn = GzipMember.read(new FileWindow(Arrays.copyOf(member, cut)), 0);
                assertEquals("The packed lines are unfinished.", torn.fault().orElseThrow());
            }
        }
    }
}
