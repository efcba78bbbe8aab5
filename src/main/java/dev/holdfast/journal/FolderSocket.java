package dev.holdfast.journal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The Unix domain socket {@code operator.sock} in a data folder. By it the process that has the folder (see {@link
 * FolderLock}) can be reached by others, of the same user only: the file is private (0600). It says nothing by itself,
 * for a process that was killed leaves it behind; whoever takes the folder next replaces it.
 *
 * <p>{@link #close} may be called from any thread, the rest is for one.
 */
public final class FolderSocket implements AutoCloseable {
    private static final String NAME = "operator.sock";

    /** The longest path of a socket that all systems take, in bytes. Linux would take a few more. */
    private static final int LONGEST_PATH = 100;

    private final Path file;
    private final ServerSocketChannel channel;

    private FolderSocket(Path file, ServerSocketChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Begins to listen. What a killed process left is replaced.
     *
     * @param folder the data folder; this process holds its lock
     * @throws IOException if it cannot be; the message is a sentence
     */
    public static FolderSocket open(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (tooLong(folder)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "is too long a path for a socket; it has " + bytes(file) + " bytes, " + LONGEST_PATH
                            + " are possible");
        }
        if (isThere(file)) {
            Files.delete(file);
        }
        ServerSocketChannel channel = listening();
        try {
            channel.bind(UnixDomainSocketAddress.of(file));
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return new FolderSocket(file, channel);
        } catch (IOException e) {
            channel.close();
            throw new FileSystemException(file.toString(), null, "could not be made a socket: " + e.getMessage());
        }
    }

    private static ServerSocketChannel listening() throws IOException {
        try {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system has no Unix domain sockets", e);
        }
    }

    /** Whether the folder's path is so long that there can be no socket in it. */
    public static boolean tooLong(Path folder) {
        return bytes(folder.resolve(NAME)) > LONGEST_PATH;
    }

    private static int bytes(Path file) {
        return file.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Reaches the process that listens in the folder.
     *
     * @return empty if nobody does
     * @throws IOException if something else has the socket's name, or we may not use it
     */
    public static Optional<SocketChannel> connect(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (tooLong(folder) || !isThere(file)) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(file));
            return Optional.of(channel);
        } catch (SocketException e) {
            channel.close();
            if (e instanceof ConnectException || !isThere(file)) {
                return Optional.empty();
            }
            throw new FileSystemException(file.toString(), null, "cannot be connected to: " + e.getMessage());
        }
    }

    /** Whether there is a socket; refuses whatever else has its name. */
    private static boolean isThere(Path file) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isOther()) {
                return true;
            }
            throw new FileSystemException(
                    file.toString(),
                    null,
                    found.isSymbolicLink()
                            ? "is a symbolic link; links are not followed, remove it"
                            : "is not a socket; move it elsewhere");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Waits for somebody.
     *
     * @throws java.nio.channels.ClosedChannelException once this is closed
     */
    public SocketChannel accept() throws IOException {
        return channel.accept();
    }

    /** Ends the listening and removes the file, while the folder is still ours. Calling it again changes nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
