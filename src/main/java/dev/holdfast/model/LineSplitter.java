package dev.holdfast.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into lines, however the network cut it into pieces. A line ends with LF or CRLF; it is decoded as
 * UTF-8 only when whole, so no character is ever split. Not thread-safe.
 */
final class LineSplitter {
    private final int longest;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    /** @param longest most bytes that a line may have */
    LineSplitter(int longest, Consumer<String> lines) {
        this.longest = longest;
        this.lines = lines;
    }

    /** @throws MalformedReplyException if a line is too long; nothing may be fed afterwards */
    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                lines.accept(take());
            } else if (open.size() == longest) {
                throw new MalformedReplyException();
            } else {
                open.write(next);
            }
        }
    }

    /** The bytes after the last line end, as a line; "" if there are none. */
    String take() {
        String line = open.toString(StandardCharsets.UTF_8);
        open.reset();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
