package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class FolderSocketTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("operator.sock");
    }

    private static void assertReached(FolderSocket socket, Path folder) throws IOException {
        try (SocketChannel calling = FolderSocket.connect(folder).orElseThrow();
                SocketChannel called = socket.accept()) {
            calling.write(ByteBuffer.wrap(new byte[] {42}));
            ByteBuffer got = ByteBuffer.allocate(1);
            assertEquals(1, called.read(got));
            assertEquals(42, got.get(0));
        }
    }

    @Test
    void listenerIsReachedAndItsFileIsPrivate() throws IOException {
        try (FolderSocket socket = FolderSocket.open(folder)) {
            assertReached(socket, folder);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        }
        assertFalse(Files.exists(file(), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void nobodyIsReachedWhereNobodyListens() throws IOException {
        assertEquals(Optional.empty(), FolderSocket.connect(folder));
        assertEquals(Optional.empty(), FolderSocket.connect(folder.resolve("nowhere")));
        FolderSocket.open(folder).close();
        assertEquals(Optional.empty(), FolderSocket.connect(folder));
    }

    @Test
    void whatAKilledProcessLeftReachesNobodyAndIsReplaced() throws IOException {
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(file()));
        killed.close();
        assertTrue(Files.exists(file()), "the file stays behind");

        assertEquals(Optional.empty(), FolderSocket.connect(folder));
        try (FolderSocket socket = FolderSocket.open(folder)) {
            assertReached(socket, folder);
        }
    }

    @Test
    void linkIsNeitherFollowedNorReplaced(@TempDir Path elsewhere) throws IOException {
        try (FolderSocket other = FolderSocket.open(elsewhere)) {
            Files.createSymbolicLink(file(), elsewhere.resolve("operator.sock"));
            String sentence = file() + ": is a symbolic link; links are not followed, remove it";
            assertEquals(
                    sentence,
                    assertThrows(IOException.class, () -> FolderSocket.connect(folder))
                            .getMessage());
            assertEquals(
                    sentence,
                    assertThrows(IOException.class, () -> FolderSocket.open(folder))
                            .getMessage());
            assertTrue(Files.isSymbolicLink(file()));
            assertReached(other, elsewhere);
        }
    }

    @Test
    void fileOfThatNameIsLeftAsItIs() throws IOException {
        Files.writeString(file(), "mine");
        String sentence = file() + ": is not a socket; move it elsewhere";
        assertEquals(
                sentence,
                assertThrows(IOException.class, () -> FolderSocket.connect(folder))
                        .getMessage());
        assertEquals(
                sentence,
                assertThrows(IOException.class, () -> FolderSocket.open(folder)).getMessage());
        assertEquals("mine", Files.readString(file()));
    }

    @Test
    void pathMayHaveAHundredBytesAndNoMore() throws IOException {
        String filler = "x".repeat(100 - file().toString().length() - 1);
        Path longest = Files.createDirectory(folder.resolve(filler));
        assertFalse(FolderSocket.tooLong(longest));
        try (FolderSocket socket = FolderSocket.open(longest)) {
            assertReached(socket, longest);
        }

        Path tooLong = Files.createDirectory(folder.resolve(filler.substring(1) + "é"));
        assertTrue(FolderSocket.tooLong(tooLong));
        assertEquals(Optional.empty(), FolderSocket.connect(tooLong));
        IOException refused = assertThrows(IOException.class, () -> FolderSocket.open(tooLong));
        assertEquals(
                tooLong.resolve("operator.sock")
                        + ": is too long a path for a socket; it has 101 bytes, 100 are possible",
                refused.getMessage());
    }

    @Test
    void closingTwiceLeavesTheNextOnesFile() throws Exception {
        FolderSocket first = FolderSocket.open(folder);
        first.close();
        assertThrows(ClosedChannelException.class, first::accept);
        try (FolderSocket second = FolderSocket.open(folder)) {
            first.close();
            assertReached(second, folder);
        }
    }
}
