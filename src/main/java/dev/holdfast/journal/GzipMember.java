package dev.holdfast.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A gzip member as {@link JournalFormat} has it (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>), read
 * one by one and checked whole. Streams that read a series of them as one drop, without a word, those behind a damaged
 * one.
 *
 * @param end where the bytes behind it begin; -1 if it has no end
 * @param content what it holds; of a bad one, what could be had of it
 * @param fault what is wrong with it, for people; empty if nothing is
 */
record GzipMember(long end, byte[] content, Optional<String> fault) {
    /** Header of every member with content: deflate, no flags, no time, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** Header of an empty member with an extra field of 8 bytes: {@code HF}, the length 4, and the size as 4 bytes. */
    private static final byte[] MARK_HEADER = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 8, 0, 'H', 'F', 4, 0
    };

    /** Size in bytes of the empty member that closes each other one. */
    static final int MARK = 30;

    private static final byte[] EMPTY_DEFLATE = {3, 0};
    private static final int TRAILER = 8;
    private static final int CHUNK = 1 << 14;

    /** Room to unpack into at first, in bytes: most members hold one line, and few lines are longer. */
    private static final int LINE_ROOM = 1 << 10;

    /** Most bytes that a member is believed to have unpacked; one holds several lines or a single one of any length. */
    private static final int MOST_CONTENT = JournalFormat.MAX_LINE_BYTES + 1024;

    /** Deflate makes nothing longer than this. */
    private static final int MOST_SIZE = MOST_CONTENT + MOST_CONTENT / 512;

    /** @param level of {@link Deflater} */
    static byte[] pack(byte[] content, int length, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
        out.writeBytes(HEADER);
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(content, 0, length);
            deflater.finish();
            byte[] chunk = new byte[Math.min(length + 64, CHUNK)];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
        } finally {
            deflater.end();
        }
        out.writeBytes(trailer(content, length));
        return out.toByteArray();
    }

    private static byte[] trailer(byte[] content, int length) {
        CRC32 crc = new CRC32();
        crc.update(content, 0, length);
        return littleEndian(TRAILER).putInt((int) crc.getValue()).putInt(length).array();
    }

    /** The member that closes one of {@code size} bytes. */
    static byte[] mark(int size) {
        return littleEndian(MARK)
                .put(MARK_HEADER)
                .putInt(size)
                .put(EMPTY_DEFLATE)
                .array();
    }

    /** The size of the member that these bytes close; empty if they are no mark. */
    static OptionalInt closedBy(byte[] mark) {
        if (mark.length != MARK) {
            return OptionalInt.empty();
        }
        int size = littleEndian(MARK).put(mark).getInt(MARK_HEADER.length);
        return size > 0 && size <= MOST_SIZE && Arrays.equals(mark, mark(size))
                ? OptionalInt.of(size)
                : OptionalInt.empty();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The first place in {@code bytes} at which a member with content begins, as far as can be seen; -1 if none does. */
    static int firstIn(byte[] bytes, int from) {
        for (int at = from; at + HEADER.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + HEADER.length, HEADER, 0, HEADER.length)) {
                return at;
            }
        }
        return -1;
    }

    /** The last place in {@code bytes} before {@code end} at which a mark begins; -1 if none does. */
    static int lastMarkIn(byte[] bytes, int end) {
        for (int at = Math.min(end - 1, bytes.length - MARK_HEADER.length); at >= 0; at--) {
            if (Arrays.equals(bytes, at, at + MARK_HEADER.length, MARK_HEADER, 0, MARK_HEADER.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether bytes that are a member or a line are a member. */
    static boolean isMember(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == HEADER[0];
    }

    /** What is at {@code offset}, where a member should begin. */
    static GzipMember read(FileWindow file, long offset) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            return read(file, offset, inflater);
        } finally {
            inflater.end();
        }
    }

    private static GzipMember read(FileWindow file, long offset, Inflater inflater) throws IOException {
        byte[] header = file.from(offset, HEADER.length);
        byte[] content = new byte[LINE_ROOM];
        int length = 0;
        long at = offset + header.length;
        try {
            while (!inflater.finished() && length <= MOST_CONTENT) {
                if (inflater.needsInput()) {
                    ByteBuffer input = file.at(at);
                    if (!input.hasRemaining()) {
                        return bad(content, length, "The packed lines are unfinished.");
                    }
                    inflater.setInput(input.array(), input.position(), input.remaining());
                    at += input.remaining();
                }
                if (length == content.length) {
                    content = Arrays.copyOf(content, Math.min(2 * length, MOST_CONTENT + 1));
                }
                length += inflater.inflate(content, length, content.length - length);
            }
        } catch (DataFormatException e) {
            return bad(content, length, "These are no packed lines, or not as they were written.");
        }
        if (!inflater.finished()) {
            return bad(content, length, "More lines are packed together than were ever written.");
        }
        long end = at - inflater.getRemaining();
        byte[] trailer = file.from(end, TRAILER);
        if (trailer.length < TRAILER) {
            return bad(content, length, "The packed lines are unfinished.");
        }
        boolean sound = Arrays.equals(header, HEADER) && Arrays.equals(trailer, trailer(content, length));
        return new GzipMember(
                end + TRAILER,
                Arrays.copyOf(content, length),
                sound
                        ? Optional.empty()
                        : Optional.of("The packed lines are not as they were written: their checksum does not match."));
    }

    private static GzipMember bad(byte[] content, int length, String sentence) {
        return new GzipMember(-1, Arrays.copyOf(content, length), Optional.of(sentence));
    }

    boolean sound() {
        return fault.isEmpty();
    }
}
