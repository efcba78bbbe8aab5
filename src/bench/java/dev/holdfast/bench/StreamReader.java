package dev.holdfast.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One reader of an event stream: takes what arrives apart, and holds every piece of text against its place. Not
 * thread-safe.
 */
final class StreamReader {
    private enum Part {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        /** The server has ended the stream; the connection may go on. */
        OVER
    }

    /** Where the first digit of the status stands in {@code HTTP/1.1 200 OK}. */
    private static final int STATUS = 9;

    final String path;
    /** Length of the tokens that it is told. */
    final int length;

    private Part part = Part.HEAD;
    private int headLength;
    private int headEnd;
    private int chunkLeft;
    private byte[] event = new byte[512];
    private int eventLength;
    private int scanned;

    private String cursor = "0";
    private int at;
    private long expected = -1;
    private long faults;
    private boolean cameBack;

    StreamReader(String path, int length) {
        this.path = path;
        this.length = length;
    }

    /** Where it goes on. */
    String cursor() {
        return cursor;
    }

    /** Whether the server has answered. */
    boolean answered() {
        return part != Part.HEAD;
    }

    /** Whether the server has ended the stream. */
    boolean over() {
        return part == Part.OVER;
    }

    /** Whether it has heard that the reply is complete. */
    boolean done() {
        return expected >= 0;
    }

    /** Tokens of the reply, as its last event says, that it did not hear. */
    long lost() {
        return done() ? expected - at / length : 1;
    }

    /** Pieces that were not where the one before them ended: something before was lost, or is told twice. */
    long faults() {
        return faults;
    }

    /** Forgets what is left of a connection that has ended. */
    void ended() {
        part = Part.HEAD;
        headLength = 0;
        headEnd = 0;
        eventLength = 0;
        scanned = 0;
    }

    /** The stream ended before the reply did, and it asks again. */
    void comeBack() {
        cameBack = true;
    }

    boolean cameBack() {
        return cameBack;
    }

    /** Takes bytes that have arrived. */
    void take(ByteBuffer in, StreamCounts counts) {
        while (in.hasRemaining()) {
            switch (part) {
                case HEAD -> head(in.get());
                case CHUNK_SIZE -> chunkSize(in.get());
                case CHUNK -> chunk(in, counts);
                case CHUNK_END -> part = in.get() == '\n' ? Part.CHUNK_SIZE : Part.CHUNK_END;
                default -> in.position(in.limit());
            }
        }
    }

    private void head(byte next) {
        if (headLength++ == STATUS && next != '2') {
            throw new IllegalStateException("a reader of " + path + " was refused");
        }
        boolean fits = next == (headEnd % 2 == 0 ? '\r' : '\n');
        headEnd = fits ? headEnd + 1 : next == '\r' ? 1 : 0;
        if (headEnd == 4) {
            part = Part.CHUNK_SIZE;
            chunkLeft = 0;
        }
    }

    private void chunkSize(byte next) {
        if (next == '\n') {
            part = chunkLeft == 0 ? Part.OVER : Part.CHUNK;
        } else if (next != '\r') {
            chunkLeft = chunkLeft * 16 + Character.digit(next, 16);
        }
    }

    private void chunk(ByteBuffer in, StreamCounts counts) {
        int count = Math.min(chunkLeft, in.remaining());
        if (event.length < eventLength + count) {
            event = Arrays.copyOf(event, Math.max(2 * event.length, eventLength + count));
        }
        in.get(event, eventLength, count);
        eventLength += count;
        chunkLeft -= count;
        if (chunkLeft == 0) {
            part = Part.CHUNK_END;
        }
        events(counts);
    }

    /** All that are whole by now. */
    private void events(StreamCounts counts) {
        int begin = 0;
        for (int i = Math.max(1, scanned); i < eventLength; i++) {
            if (event[i] == '\n' && event[i - 1] == '\n') {
                event(new String(event, begin, i - begin, StandardCharsets.ISO_8859_1), counts);
                begin = i + 1;
            }
        }
        System.arraycopy(event, begin, event, 0, eventLength - begin);
        eventLength -= begin;
        scanned = eventLength;
    }

    private void event(String written, StreamCounts counts) {
        if (written.startsWith("id: ")) {
            cursor = written.substring(4, written.indexOf('\n'));
        }
        if (written.contains("event: delta\n")) {
            int text = written.indexOf("\"text\":\"") + 8;
            piece((int) number(written, "\"at\":"), written.substring(text, written.length() - 3), counts);
        } else if (written.contains("event: done\n")) {
            expected = number(written, "\"output\":");
        }
    }

    private void piece(int place, String text, StreamCounts counts) {
        if (place != at) {
            faults++;
        }
        int firstToken = Math.floorMod(-place, length);
        for (int i = firstToken; i + Token.SHORTEST <= text.length(); i += length) {
            counts.token(Token.age(text, i));
        }
        counts.event();
        at = place + text.length();
    }

    private static long number(String written, String name) {
        int from = written.indexOf(name) + name.length();
        int to = from;
        while (Character.isDigit(written.charAt(to))) {
            to++;
        }
        return Long.parseLong(written, from, to, 10);
    }
}
