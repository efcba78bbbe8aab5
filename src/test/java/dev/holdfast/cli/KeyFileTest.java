package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.journal.FileDisk;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    Path folder;

    private final Random random = new Random(7);

    private void add(Path file) throws IOException {
        new KeyFile(new FileDisk(), file).add(random);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void missingFileIsMadeForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("secret/keys");
        add(file);
        assertEquals(1, KeyRing.parse(Files.readString(file)).size());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @Test
    void newKeyStandsFirstAndAllElseStays() throws IOException {
        Path file = folder.resolve("keys");
        String before = "# ours since May\n" + KeyRing.keygen(new Random(1)) + "\n" + KeyRing.keygen(new Random(2));
        Files.writeString(file, before);

        add(file);

        String after = Files.readString(file);
        assertEquals(before, after.substring(FernetKey.create(random).reveal().length() + 1));
        List<FernetKey> keys = KeyRing.parse(after);
        assertEquals(FernetKey.create(new Random(7)), keys.get(0));
        assertEquals(3, keys.size());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "no copy of the keys is left anywhere");
        }
    }

    @Test
    void emptyFileIsFilled() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "\n");
        add(file);
        assertEquals(1, KeyRing.parse(Files.readString(file)).size());
    }

    @Test
    void fileThatHoldsSomethingElseIsLeftAsItIsAndNotQuoted() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), KeyRing.keygen(random) + "hunter2\n");
        String before = Files.readString(file);
        IOException refused = assertThrows(IOException.class, () -> add(file));
        assertEquals(
                file
                        + " is left as it is: line 2 holds no key: expected 44 characters of base64url, found 7; make a key"
                        + " with keygen",
                refused.getMessage());
        assertEquals(before, Files.readString(file));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linkIsNotFollowed() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), KeyRing.keygen(random));
        String before = Files.readString(file);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThrows(IOException.class, () -> add(link));
        assertEquals(before, Files.readString(file));
        assertFalse(Files.isRegularFile(link, java.nio.file.LinkOption.NOFOLLOW_LINKS));
    }
}
