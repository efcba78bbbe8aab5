package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of other programs: read unchecked, never written to. */
class ForeignFileTest {
    private final MemoryDisk disk = new MemoryDisk();
    private final NotedDamage damage = new NotedDamage();

    private List<JournalLine> read(byte[] content) throws IOException {
        disk.put(Lines.FILE, content);
        List<JournalLine> lines = new ArrayList<>();
        try (Journal journal = Lines.open(disk, lines, damage)) {
            assertEquals(
                    Lines.FILE + " was written by another program and is only read. Import it to go on with it.",
                    journal.refusal().orElseThrow().getMessage());
        }
        assertArrayEquals(content, disk.bytes(Lines.FILE));
        return lines;
    }

    private List<JournalLine> read(String content) throws IOException {
        return read(Lines.utf8(content));
    }

    @Test
    void linesAreUncheckedAndNumberedByTheLinesBefore() throws IOException {
        List<JournalLine> lines = read("{\"role\":\"user\",\"content\":\"a\"}\n\n   \n{\"role\":\"assistant\"}");
        assertEquals(2, lines.size());
        assertEquals(0, lines.get(0).seq());
        assertEquals(3, lines.get(1).seq());
        assertFalse(lines.get(0).checked());
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void anEmptyFileHasNoLines() throws IOException {
        assertEquals(List.of(), read(""));
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void badLinesAreReportedAndPassedOver() throws IOException {
        List<JournalLine> lines = read(Lines.join(
                Lines.utf8("{\"role\":\"user\"}\nnot json\n[1]\n"),
                new byte[] {'{', (byte) 0xff, '}', '\n'},
                Lines.utf8("{\"role\":\"assistant\"}\n{\"role\":\"us")));
        assertEquals(2, lines.size());
        assertEquals(
                List.of(
                        "damaged line 2 at 16+9: The line is not a JSON object.",
                        "damaged line 3 at 25+4: The line is not a JSON object.",
                        "damaged line 4 at 29+4: The line is not UTF-8.",
                        "damaged line 6 at 54+11: The line is not a JSON object."),
                damage.notes());
    }

    @Test
    void nothingButNulsIsDamageAndLeftAlone() throws IOException {
        assertEquals(List.of(), read(new byte[9000]));
        assertEquals(List.of("damaged line 1 at 0+9000: The line is not a JSON object."), damage.notes());
    }

    @Test
    void otherLineSeparatorsOfUnicodeAreContent() throws IOException {
        String content = "{\"role\":\"user\",\"content\":\"a\u2028b\u2029c\u0085d\"}\n";
        assertEquals(
                "a\u2028b\u2029c\u0085d",
                read(content).get(0).json().get("content").getAsString());
    }

    @Test
    void carriageReturnsAtLineEndsAreTolerated() throws IOException {
        assertEquals(
                2, read("{\"role\":\"user\"}\r\n{\"role\":\"assistant\"}\r\n").size());
        assertEquals(List.of(), damage.notes());
    }

    private List<Long> tail(String content, int count) throws IOException {
        disk.put(Lines.FILE, Lines.utf8(content));
        List<Long> found = new ArrayList<>();
        int[] shown = {0};
        Lines.journals(disk, Runnable::run)
                .readTail(Lines.FILE, line -> ++shown[0] == count, line -> found.add(line.seq()), damage);
        return found;
    }

    @Test
    void theNewestLinesAreThoseAtTheEnd() throws IOException {
        String content = "{\"n\":0}\n{\"n\":1}\n\n{\"n\":3}\n";
        assertEquals(List.of(3L), tail(content, 1));
        assertEquals(List.of(1L, 3L), tail(content, 2));
        assertEquals(List.of(0L, 1L, 3L), tail(content, 3));
        assertEquals(List.of(0L, 1L, 3L), tail(content, 4));
        assertEquals(List.of(), tail("", 1));
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void linesFromANumberOnAreThoseBehindIt() throws IOException {
        disk.put(Lines.FILE, Lines.utf8("{\"n\":0}\n{\"n\":1}\n\n{\"n\":3}\n"));
        List<Long> found = new ArrayList<>();
        Lines.journals(disk, Runnable::run).readFrom(Lines.FILE, 1, line -> found.add(line.seq()), damage);
        assertEquals(List.of(1L, 3L), found);
    }

    @Test
    void aFileWhoseSecondLineIsSealedIsOurs() throws IOException {
        disk.put(Lines.FILE, Lines.join(Lines.utf8("lost\n"), Lines.line(Lines.message(1), 1)));
        JournalReport report = Lines.journals(disk, Runnable::run).check(Lines.FILE);
        assertTrue(report.ours());
        assertEquals(1, report.lastSeq());
        assertEquals(1, report.damage().size());
    }

    @Test
    void aLineLongerThanAnyIsReportedAndPassedOver() throws IOException {
        byte[] gigantic = new byte[JournalFormat.MAX_LINE_BYTES];
        List<JournalLine> lines = read(Lines.join(Lines.utf8("{\"n\":0}\n"), gigantic, Lines.utf8("\n{\"n\":2}\n")));
        assertEquals(List.of(0L, 2L), lines.stream().map(JournalLine::seq).toList());
        assertEquals(
                List.of("damaged line 2 at 8+16777217: The line has 16777216 bytes, more than can be read."),
                damage.notes());
    }

    @Test
    void anEmptyFirstLineIsNoSealedFile() throws IOException {
        disk.put(Lines.FILE, Lines.utf8("\n{\"n\":1}\n"));
        assertEquals(1, Lines.journals(disk, Runnable::run).check(Lines.FILE).lines());
    }

    @Test
    void aFileThatIsSealedAsAWholeMayEndWithoutLineEnd() throws IOException {
        disk.put(Lines.FILE, Lines.CODEC.seal(Lines.utf8("{\"n\":0}\n{\"n\":1}")));
        List<JournalLine> lines = new ArrayList<>();
        Lines.journals(disk, Runnable::run).read(Lines.FILE, lines::add, damage);
        assertEquals(List.of(0L, 1L), lines.stream().map(JournalLine::seq).toList());
        disk.put(Lines.FILE, Lines.CODEC.seal(Lines.utf8("{\"n\":0}\nnone")));
        Lines.journals(disk, Runnable::run).read(Lines.FILE, lines::add, damage);
        assertEquals(List.of("damaged line 2 at 8+4: The line is not a JSON object."), damage.notes());
    }

    @Test
    void aFileThatIsSealedAsAWholeIsRead() throws IOException {
        byte[] sealed =
                Lines.CODEC.seal(Lines.utf8("{\"role\":\"user\",\"content\":\"a\"}\n\n{\"role\":\"assistant\"}\n"));
        disk.put(Lines.FILE, sealed);
        List<JournalLine> lines = new ArrayList<>();
        Journals journals = Lines.journals(disk, Runnable::run);
        journals.read(Lines.FILE, lines::add, damage);
        assertEquals(List.of(0L, 2L), lines.stream().map(JournalLine::seq).toList());
        assertEquals(List.of(), damage.notes());
        assertEquals(2, journals.check(Lines.FILE).lines());
        assertFalse(journals.check(Lines.FILE).ours());
        assertEquals(List.of(), read(new String(sealed)));
        assertEquals(1, damage.notes().size());
    }
}
