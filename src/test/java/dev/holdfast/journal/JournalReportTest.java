package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A check tells what is there, and changes nothing. */
@ParameterizedClass
@EnumSource(JournalForm.class)
class JournalReportTest {
    private final JournalForm form;
    private final MemoryDisk disk = new MemoryDisk();

    JournalReportTest(JournalForm form) {
        this.form = form;
    }

    private JournalReport check(byte[]... parts) throws IOException {
        byte[] content = Lines.join(parts);
        disk.put(Lines.file(form), content);
        JournalReport report = Lines.journals(disk, Runnable::run).check(Lines.file(form));
        assertArrayEquals(content, disk.bytes(Lines.file(form)));
        assertEquals(List.of(), disk.list(Lines.QUARANTINE));
        assertEquals(form, report.form());
        return report;
    }

    @Test
    void aSoundFileIsSound() throws IOException {
        JournalReport report = check(Lines.file(form, List.of(Lines.message(1), Lines.delta(2))));
        assertTrue(report.sound() && report.ours());
        assertEquals(1, report.generation());
        assertEquals(3, report.lines());
        assertEquals(2, report.lastSeq());
        assertEquals(1, report.lastForced());
        assertEquals(0, report.tornBytes());
        assertFalse(report.locked());
    }

    @Test
    void aTornEndIsCountedAndIsNoDamage() throws IOException {
        byte[] torn = Arrays.copyOf(Lines.line(form, Lines.message(2), 2), 33);
        JournalReport report = check(Lines.file(form, List.of(Lines.message(1))), torn);
        assertTrue(report.sound());
        assertEquals(33, report.tornBytes());
        assertEquals(1, report.lastSeq());
    }

    @Test
    void damageIsToldWithItsLineAndBytes() throws IOException {
        byte[] before = Lines.file(form, List.of(Lines.message(1)));
        byte[] bad = new byte[70];
        bad[69] = '\n';
        JournalReport report = check(before, bad, Lines.line(form, Lines.message(2), 2));
        assertFalse(report.sound());
        JournalReport.Damage damage = report.damage().get(0);
        assertEquals(1, report.damage().size());
        assertEquals(3, damage.line());
        assertEquals(before.length, damage.offset());
        assertEquals(70, damage.bytes());
        assertEquals(3, report.lines());
    }

    @Test
    void aLostFirstLineAndAnEmptyFileAreNotSound() throws IOException {
        byte[] file = Lines.file(form, List.of(Lines.message(1)));
        file[Lines.file(form, List.of()).length / 2] = 0;
        assertEquals(-1, check(file).generation());
        JournalReport empty = check(new byte[0]);
        assertEquals(form == JournalForm.PLAIN, empty.sound());
        assertEquals(-1, empty.lastSeq());
    }
}
