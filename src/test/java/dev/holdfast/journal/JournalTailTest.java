package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading from the end, and from a number on. */
@ParameterizedClass
@EnumSource(JournalForm.class)
class JournalTailTest {
    private final JournalForm form;
    private final MemoryDisk memory = new MemoryDisk();
    private final CountingDisk disk = new CountingDisk(memory);
    private final NotedDamage damage = new NotedDamage();

    JournalTailTest(JournalForm form) {
        this.form = form;
    }

    private static Predicate<JournalLine> newest(int count) {
        int[] shown = {0};
        return line -> ++shown[0] == count;
    }

    private List<JournalLine> tail(int count) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Lines.journals(disk, Runnable::run).readTail(Lines.file(form), newest(count), lines::add, damage);
        return lines;
    }

    private List<JournalLine> from(long seq) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Lines.journals(disk, Runnable::run).readFrom(Lines.file(form), seq, lines::add, damage);
        return lines;
    }

    @Test
    void linesThatWillBeCutAreNotShown() throws IOException {
        List<JsonObject> bodies = List.of(Lines.message(1), Lines.message(2), Lines.delta(3));
        byte[] file = Lines.join(
                Lines.file(form, bodies),
                new byte[50],
                Lines.line(form, Lines.delta(5), 5),
                Lines.line(form, Lines.delta(6), 6));
        memory.put(Lines.file(form), file);
        List<JournalLine> lines = tail(2);
        assertEquals(List.of(0L, 2L, 3L), lines.stream().map(JournalLine::seq).toList());
        assertArrayEquals(file, memory.bytes(Lines.file(form)));
    }

    @Test
    void aFirstLineThatIsNotSoundIsReportedAndTheNewestAreRead() throws IOException {
        List<JsonObject> bodies = List.of(Lines.message(1), Lines.message(2), Lines.message(3));
        byte[] file = Lines.file(form, bodies);
        file[20] ^= 1;
        memory.put(Lines.file(form), file);
        assertEquals(List.of(3L), tail(1).stream().map(JournalLine::seq).toList());
        assertEquals(1, damage.notes().size());
        assertTrue(
                damage.notes().get(0).startsWith("damaged line 1 at 0+"),
                damage.notes().toString());
        assertEquals(List.of(1L, 2L, 3L), from(0).stream().map(JournalLine::seq).toList());
    }

    @Test
    void aFirstLineThatIsMissingIsNotHandedOver() throws IOException {
        memory.put(
                Lines.file(form),
                Lines.join(
                        Lines.line(form, Lines.message(1), 1),
                        Lines.line(form, Lines.message(2), 2),
                        Lines.line(form, Lines.message(3), 3)));
        assertEquals(List.of(3L), tail(1).stream().map(JournalLine::seq).toList());
        assertEquals(List.of(2L, 3L), tail(2).stream().map(JournalLine::seq).toList());
        assertEquals(List.of(), damage.notes());
        assertEquals(List.of(1L, 2L, 3L), from(0).stream().map(JournalLine::seq).toList());
        assertEquals(1, damage.notes().size());
    }

    @Test
    void damageBehindANumberIsReportedAndWhatLiesBehindIsRead() throws IOException {
        List<JsonObject> bodies = List.of(Lines.message(1), Lines.message(2));
        byte[] file = Lines.join(
                Lines.file(form, bodies), new byte[50], Lines.utf8("\n"), Lines.line(form, Lines.message(4), 4));
        memory.put(Lines.file(form), file);
        assertEquals(List.of(2L, 4L), from(2).stream().map(JournalLine::seq).toList());
        assertEquals(1, damage.notes().size(), damage.notes().toString());
    }

    @Test
    void aFileOfNothingButDeltasIsReadFromItsEnd() throws IOException {
        memory.put(
                Lines.file(form), Lines.join(Lines.line(form, Lines.delta(1), 1), Lines.line(form, Lines.delta(2), 2)));
        assertEquals(List.of(2L), tail(1).stream().map(JournalLine::seq).toList());
        assertEquals(List.of(1L, 2L), tail(9).stream().map(JournalLine::seq).toList());
        memory.put(Lines.file(form), Lines.utf8("\u0001".repeat(40)));
        assertEquals(List.of(), tail(1));
    }

    @Test
    void damageNearTheEndIsReportedAndFartherBackIsNot() throws IOException {
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 2_000; n++) {
            bodies.add(Lines.message(n));
        }
        byte[] file = Lines.file(form, bodies);
        file[file.length / 2] ^= 1;
        memory.put(Lines.file(form), file);
        assertEquals(11, tail(10).size());
        assertEquals(List.of(), damage.notes());
        byte[] end = Lines.file(form, bodies.subList(0, 1_995));
        file[end.length + 25] ^= 1;
        memory.put(Lines.file(form), file);
        tail(10);
        assertEquals(1, damage.notes().size());
        assertTrue(damage.notes().get(0).startsWith("damaged line 0 at " + end.length + "+"));
    }

    /** The newest of the lines whose numbers are below. */
    private List<Long> before(long seq, int count) throws IOException {
        List<Long> shown = new ArrayList<>();
        Lines.journals(disk, Runnable::run).readBackward(Lines.file(form), seq, line -> {
            shown.add(line.seq());
            return shown.size() < count;
        });
        return shown;
    }

    private static List<Long> down(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (long seq = from; seq >= to; seq--) {
            numbers.add(seq);
        }
        return numbers;
    }

    /** Lines of very different lengths, so that a number is not where the size of the file lets it be expected. */
    private static byte[] uneven(JournalForm form, int lines) {
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= lines; n++) {
            bodies.add(Lines.message(n, n < lines / 3 ? 4_000 : n < lines / 2 ? 40 : 400));
        }
        return Lines.file(form, bodies);
    }

    @Test
    void anyNumberIsFoundInALongFileByReadingLittleOfIt() throws IOException {
        byte[] file = uneven(form, 1_200);
        memory.put(Lines.file(form), file);
        assertTrue(file.length > 1_000_000, file.length + " bytes");
        for (long seq = 1; seq <= 1_200; seq += 61) {
            disk.bytesRead();
            assertEquals(down(seq - 1, Math.max(0, seq - 5)), before(seq, 5), "before " + seq);
            long read = disk.bytesRead();
            assertTrue(read < file.length / 2, read + " bytes were read for what is before " + seq);
        }
        assertEquals(700, from(700).get(0).seq());
        assertEquals(down(1_200, 1_196), before(Long.MAX_VALUE, 5));
        assertEquals(down(1_200, 1_196), before(1_201, 5));
        assertEquals(List.of(), before(0, 5));
        assertEquals(List.of(), from(1_201));
    }

    @Test
    void numbersAreFoundAroundAStretchThatIsNotSound() throws IOException {
        byte[] file = uneven(form, 1_200);
        int from = file.length / 4;
        int to = from + 200_000;
        Arrays.fill(file, from, to, (byte) '#');
        memory.put(Lines.file(form), file);
        List<Long> sound = new ArrayList<>();
        Lines.journals(disk, Runnable::run).read(Lines.file(form), line -> sound.add(line.seq()), damage);
        assertTrue(sound.size() < 1_190 && sound.size() > 900, sound.size() + " are sound");
        for (long seq = 1; seq <= 1_200; seq += 97) {
            long below = seq;
            List<Long> expected = sound.stream()
                    .filter(each -> each < below)
                    .sorted(Comparator.reverseOrder())
                    .limit(5)
                    .toList();
            assertEquals(expected, before(seq, 5), "before " + seq);
        }
    }

    @Test
    void anotherProgramsLinesAreShownFromTheEndToo() throws IOException {
        if (form != JournalForm.PLAIN) {
            memory.put(Lines.file(form), new byte[0]);
            assertEquals(List.of(), before(9, 9));
            return;
        }
        memory.put(Lines.file(form), Lines.utf8("{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n{\"n\":3}"));
        assertEquals(List.of(3L, 2L, 1L, 0L), before(9, 9));
        assertEquals(List.of(1L, 0L), before(2, 9));
        assertEquals(List.of(2L), before(3, 1));
    }
}
