package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.LineSplitter.Line;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files cut into lines and pieces, from both ends. */
class FileReadingTest {
    private static final Path FILE = Path.of("/file");

    private final MemoryDisk disk = new MemoryDisk();

    private DiskFile file(byte[] content) throws IOException {
        disk.put(FILE, content);
        return disk.openToRead(FILE);
    }

    private static List<Line> forward(DiskFile file, int limit) throws IOException {
        LineSplitter splitter = new LineSplitter(file, 0, limit);
        List<Line> lines = new ArrayList<>();
        for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
            lines.add(line.get());
        }
        return lines;
    }

    private static List<Line> backward(DiskFile file, int limit) throws IOException {
        BackwardLines splitter = new BackwardLines(file, file.size(), limit);
        List<Line> lines = new ArrayList<>();
        for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
            lines.add(line.get());
        }
        Collections.reverse(lines);
        return lines;
    }

    /** Lines of every length around the size of a chunk, some with a limit below. */
    @Test
    void linesAreTheSameFromBothEnds() throws IOException {
        Random random = new Random(12);
        for (int round = 0; round < 60; round++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int line = random.nextInt(8); line >= 0; line--) {
                content.writeBytes("x"
                        .repeat((1 << random.nextInt(17)) + random.nextInt(3) - 1)
                        .getBytes());
                content.write('\n');
            }
            if (round % 2 == 0) {
                content.writeBytes(Lines.utf8("unfinished"));
            }
            int limit = round % 3 == 0 ? 40_000 : Integer.MAX_VALUE;
            DiskFile file = file(content.toByteArray());
            List<Line> forward = forward(file, limit);
            List<Line> backward = backward(file, limit);
            assertEquals(forward.size(), backward.size());
            for (int i = 0; i < forward.size(); i++) {
                assertEquals(i + 1, forward.get(i).number());
                assertEquals(0, backward.get(i).number());
                assertEquals(forward.get(i).offset(), backward.get(i).offset());
                assertEquals(forward.get(i).length(), backward.get(i).length());
                assertEquals(forward.get(i).end(), backward.get(i).end());
                assertEquals(forward.get(i).ended(), backward.get(i).ended());
                assertArrayEquals(forward.get(i).bytes(), backward.get(i).bytes());
                assertEquals(forward.get(i).length() >= limit, forward.get(i).tooLong());
                assertEquals(forward.get(i).tooLong(), backward.get(i).tooLong());
            }
        }
    }

    @Test
    void contentOfALineIsKeptUpToTheLimit() throws IOException {
        DiskFile file = file(Lines.utf8("12345\n123456\n1234"));
        for (List<Line> lines : List.of(forward(file, 6), backward(file, 6))) {
            assertEquals("12345", new String(lines.get(0).bytes()));
            assertTrue(lines.get(1).tooLong());
            assertEquals(6, lines.get(1).length());
            assertEquals(0, lines.get(1).bytes().length);
            assertEquals("1234", new String(lines.get(2).bytes()));
        }
    }

    @Test
    void emptyFileHasNoLine() throws IOException {
        assertEquals(List.of(), forward(file(new byte[0]), 9));
        assertEquals(List.of(), backward(file(new byte[0]), 9));
        assertEquals(1, forward(file(Lines.utf8("\n")), 9).size());
        assertEquals(1, backward(file(Lines.utf8("\n")), 9).size());
    }

    @Test
    void piecesOfAWindowAreThoseOfTheFile() throws IOException {
        byte[] content = new byte[200_000];
        new Random(6).nextBytes(content);
        FileWindow window = new FileWindow(file(content), content.length);
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            int from = random.nextInt(content.length);
            int length = random.nextInt(1 << random.nextInt(1, 17));
            int to = Math.min(content.length, from + length);
            assertArrayEquals(Arrays.copyOfRange(content, from, to), window.from(from, length));
            assertArrayEquals(
                    Arrays.copyOfRange(content, Math.max(0, from - length), from), window.before(from, length));
            ByteBuffer at = window.at(from);
            assertTrue(at.hasRemaining());
            assertEquals(content[from], at.get());
        }
        assertEquals(0, window.at(content.length).remaining());
        assertEquals(0, window.from(content.length, 5).length);
    }

    @Test
    void nothingBehindTheSizeOfAWindowIsSeen() throws IOException {
        FileWindow window = new FileWindow(file(Lines.utf8("abcdef")), 4);
        assertEquals("cd", new String(window.from(2, 9)));
        assertEquals("bcd", new String(window.before(4, 3)));
        assertEquals(1, window.at(3).remaining());
        assertEquals(0, window.at(4).remaining());
    }

    @Test
    void fileThatEndsBeforeItsSizeIsAnError() throws IOException {
        DiskFile file = file(Lines.utf8("abc"));
        assertEquals(
                "the file ends at 3 bytes, 5 expected",
                assertThrows(EOFException.class, () -> FileWindow.read(file, 1, 4))
                        .getMessage());
        assertEquals(
                "the file ends at 3 bytes, 5 expected",
                assertThrows(EOFException.class, () -> WholeFile.copy(file, 1, 5, new ByteArrayOutputStream()))
                        .getMessage());
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        WholeFile.copy(file, 1, 3, copy);
        assertEquals("bc", copy.toString());
    }

    @Test
    void diskThatTakesNothingIsAnError() throws IOException {
        FailingDisk full = new FailingDisk(disk);
        full.shortenWrites(0);
        try (DiskFile opened = full.create(FILE)) {
            assertEquals(
                    "the disk took none of 3 bytes",
                    assertThrows(IOException.class, () -> opened.writeFully(ByteBuffer.wrap(Lines.utf8("abc")), 0))
                            .getMessage());
        }
    }
}
