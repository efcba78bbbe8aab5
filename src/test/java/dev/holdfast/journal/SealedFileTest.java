package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedFileTest {
    private static final Path FILE = Path.of("/data/quarantine/one.fernet").toAbsolutePath();
    private static final byte[] END = Lines.utf8("\n");

    private final MemoryDisk disk = new MemoryDisk();
    private final LineCodec old = new ToyCodec("the old key");
    private final LineCodec fresh = new ToyCodec("the new key");

    private static byte[] sealed(LineCodec codec, String text) {
        return codec.seal(Lines.utf8(text));
    }

    private String read(LineCodec codec) throws IOException {
        List<String> contents = new ArrayList<>();
        SealedFile.read(disk, FILE, codec, content -> contents.add(new String(content)));
        return String.join("|", contents);
    }

    @Test
    void whatTheLinesHoldIsReadInOrderAndBlankLinesHoldNothing() throws IOException {
        disk.put(FILE, Lines.join(sealed(old, "one"), END, END, sealed(old, "two"), END, sealed(old, "three")));
        assertEquals("one|two|three", read(old));
        disk.put(FILE, new byte[0]);
        assertEquals("", read(old));
    }

    @Test
    void theFirstLineThatNoKeyOpensIsNamed() {
        disk.put(FILE, Lines.join(sealed(old, "one"), END, sealed(fresh, "two"), END));
        JournalException refused = assertThrows(JournalException.class, () -> read(old));
        assertEquals(
                FILE
                        + " is encrypted, and no key that was given opens its line 2. Give the key that it was written with;"
                        + " if that was this one, the line is damaged.",
                refused.getMessage());
    }

    @Test
    void allAreAsWantedIfNoLineIsNot() throws IOException {
        byte[] wanted = Lines.utf8("wanted");
        disk.put(FILE, Lines.join(wanted, END, END, wanted, END));
        assertTrue(SealedFile.all(disk, FILE, line -> Arrays.equals(wanted, line)));
        disk.put(FILE, Lines.join(wanted, END, Lines.utf8("other"), END, wanted));
        assertFalse(SealedFile.all(disk, FILE, line -> Arrays.equals(wanted, line)));
        disk.put(FILE, new byte[0]);
        assertTrue(SealedFile.all(disk, FILE, line -> false));
        assertThrows(NoSuchFileException.class, () -> SealedFile.all(disk, Path.of("/data/none"), line -> true));
    }

    @Test
    void resealedLinesAreOpenedByTheNewKeyAndOthersStayAsTheyAre() throws IOException {
        byte[] lost = sealed(new ToyCodec("a lost key"), "lost");
        disk.put(FILE, Lines.join(sealed(old, "one"), END, lost, END, sealed(old, "two")));
        SealedFile.reseal(disk, FILE, new LineCodec() {
            @Override
            public byte[] seal(byte[] plain) {
                return fresh.seal(plain);
            }

            @Override
            public byte[] open(byte[] sealed) throws UnsealException {
                return old.open(sealed);
            }
        });
        assertArrayEquals(Lines.join(sealed(fresh, "one"), END, lost, END, sealed(fresh, "two")), disk.bytes(FILE));
    }
}
