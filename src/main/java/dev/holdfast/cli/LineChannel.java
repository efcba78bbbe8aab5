package dev.holdfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines of UTF-8 over a socket, none that comes in longer than a limit. {@link #close} may be called from any thread
 * and ends what another one waits for; the rest is for one thread at a time.
 */
final class LineChannel implements Closeable {
    private final SocketChannel channel;
    private final int longest;
    private final ByteBuffer in = ByteBuffer.allocate(4096).flip();

    /** @param longest most bytes that a line from the other side may have, without its end */
    LineChannel(SocketChannel channel, int longest) {
        this.channel = channel;
        this.longest = longest;
    }

    /**
     * The next line, without its end; empty if the other side has closed, also in the middle of one.
     *
     * @throws ProtocolException if it is too long
     */
    Optional<String> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (in.hasRemaining()) {
                byte next = in.get();
                if (next == '\n') {
                    return Optional.of(line.toString(StandardCharsets.UTF_8));
                }
                if (line.size() == longest) {
                    throw new ProtocolException("a line is longer than " + longest + " bytes");
                }
                line.write(next);
            }
            int read = channel.read(in.clear());
            in.flip();
            if (read < 0) {
                return Optional.empty();
            }
        }
    }

    /** @param line without line breaks */
    void write(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Whether the other side has closed. Does not wait; what came in meanwhile is dropped. */
    boolean ended() throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.read(in.clear()) < 0;
        } finally {
            in.clear().flip();
            channel.configureBlocking(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
