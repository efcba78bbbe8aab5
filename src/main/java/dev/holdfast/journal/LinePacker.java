package dev.holdfast.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Writes the lines of a whole new file: packed where the form packs, without what is to be dropped, numbers unchanged. */
final class LinePacker {
    /** So many bytes of lines are packed together: of most chats a few per cent larger than all in one. */
    static final int PACK_BYTES = 128 << 10;

    /** A piece with fewer lines and bytes was appended, not packed. */
    private static final int SMALL_LINES = 16;

    private static final int SMALL_BYTES = 8 << 10;

    /** Packing leaves as many small ones: the first line, the last, the deltas behind it. */
    private static final int FEW_PIECES = 4;

    private static final String GENERATION = "generation";

    private final Framing framing;
    private final OutputStream out;
    private final UnaryOperator<JsonObject> first;
    private final boolean packs;
    private final Predicate<JournalLine> dropped;
    private final long alone;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final CRC32C sum = new CRC32C();
    private long droppedFrom = -1;
    private long droppedTo = -1;

    /**
     * @param alone the number of the last line that is no delta. It becomes a frame of its own: the frames behind it are
     *     what damage could take for a torn end, and shall not be large
     */
    LinePacker(Framing framing, OutputStream out, Rewriting how, long alone) {
        this.framing = framing;
        this.out = out;
        this.first = how.first();
        this.packs = how.packs();
        this.dropped =
                line -> JournalFormat.isDelta(line.json()) && how.superfluous().test(line)
                        || how.forgotten().test(line);
        this.alone = alone;
    }

    /** The next line; the first one comes with a higher generation. */
    void write(JournalLine line) throws IOException {
        if (line.seq() == 0) {
            write(JournalFormat.encodeFirst(nextGeneration(line.json())), 0, true);
            return;
        }
        if (JournalFormat.isDropped(line.json()) || dropped.test(line)) {
            drop(JournalFormat.firstNumber(line), line.seq());
            return;
        }
        endDropped();
        write(JournalFormat.encodeBody(line.json()), line.seq(), line.seq() == alone);
    }

    private JsonObject nextGeneration(JsonObject before) {
        JsonObject next = first.apply(before.deepCopy());
        next.addProperty(GENERATION, generation(before) + 1);
        return next;
    }

    /** Which writing of the file a first line stands in; 0 if it does not say. */
    static long generation(JsonObject first) {
        JsonElement generation = first.get(GENERATION);
        return JournalFormat.isNumber(generation) ? generation.getAsLong() : 0;
    }

    private void drop(long from, long to) throws IOException {
        if (from != droppedTo + 1) {
            endDropped();
        }
        droppedFrom = droppedFrom < 0 ? from : droppedFrom;
        droppedTo = to;
    }

    private void endDropped() throws IOException {
        if (droppedFrom >= 0) {
            write(JournalFormat.encodeBody(JournalFormat.dropped(droppedFrom, droppedTo)), droppedTo, false);
            droppedFrom = -1;
            droppedTo = -1;
        }
    }

    private void write(byte[] body, long seq, boolean byItself) throws IOException {
        add(sum, body, seq);
        if (byItself || !packs) {
            endBlock();
            out.write(JournalFormat.bytes(framing.append(List.of(body), seq)));
            return;
        }
        byte[] line = framing.line(body, seq);
        if (block.size() > 0 && block.size() + line.length > PACK_BYTES) {
            endBlock();
        }
        block.writeBytes(line);
    }

    private void endBlock() throws IOException {
        if (block.size() > 0) {
            out.write(framing.pack(block.toByteArray()));
            block.reset();
        }
    }

    /** Writes what waits, and returns a checksum over all lines. */
    long end() throws IOException {
        endDropped();
        endBlock();
        return sum.getValue();
    }

    /** The checksum of {@link #end}, of lines that were read. */
    static void add(CRC32C sum, JournalLine line) {
        byte[] body = line.seq() == 0 ? JournalFormat.encodeFirst(line.json()) : JournalFormat.encodeBody(line.json());
        add(sum, body, line.seq());
    }

    private static void add(CRC32C sum, byte[] body, long seq) {
        sum.update(body);
        sum.update(JournalFormat.utf8("#" + seq + "\n"));
    }

    /** Whether what was appended since a file was packed is more than a quarter of it. */
    static boolean isWorthIt(Framing framing, DiskFile file) throws IOException {
        long size = file.size();
        FrameReader backward = framing.backward(file, size);
        long small = 0;
        int pieces = 0;
        Optional<Frame> frame = backward.next();
        while (frame.isPresent()
                && frame.get().lines().size() < SMALL_LINES
                && frame.get().length() < SMALL_BYTES) {
            small += frame.get().length();
            pieces++;
            if (small * 4 > size && pieces > FEW_PIECES) {
                return true;
            }
            frame = backward.next();
        }
        return false;
    }
}
