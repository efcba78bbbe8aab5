package dev.holdfast;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Status and headers of an answer.
 *
 * @param headers by lower-case name
 */
record AnswerHead(int status, Map<String, List<String>> headers) {

    static AnswerHead read(InputStream in) throws IOException {
        String first = line(in);
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new AnswerHead(Integer.parseInt(first.split(" ")[1]), headers);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended in the middle of a line");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** What follows the head, without the chunks' frames. */
    InputStream body(InputStream in) {
        return headers.containsKey("transfer-encoding") ? new Chunks(in) : in;
    }

    private static final class Chunks extends InputStream {
        private final InputStream in;
        private int left;
        private boolean begun;
        private boolean ended;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** Waits for the first byte only: a stream may be silent in mid-buffer, and before a chunk's line end. */
        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            if (left == 0 && !ended) {
                if (begun) {
                    line(in);
                }
                begun = true;
                left = Integer.parseInt(line(in), 16);
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int read = in.read(bytes, from, Math.min(most, left));
            if (read < 0) {
                throw new EOFException("the connection ended in the middle of a chunk");
            }
            left -= read;
            return read;
        }
    }
}
