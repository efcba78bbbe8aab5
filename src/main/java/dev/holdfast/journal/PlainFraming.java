package dev.holdfast.journal;

import com.google.gson.JsonParseException;
import dev.holdfast.journal.Frame.Fault;
import dev.holdfast.journal.LineCodec.UnsealException;
import dev.holdfast.journal.LineSplitter.Line;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A line is a frame. */
final class PlainFraming implements Framing {
    private static final byte[] LINE_END = {'\n'};

    private final LineCodec codec;

    /** @param codec opens files of other programs that are sealed as a whole; null if there is none */
    PlainFraming(LineCodec codec) {
        this.codec = codec;
    }

    @Override
    public Optional<byte[]> openWhole(byte[] line) {
        if (codec == null || line.length == 0 || line[0] == '{') {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.open(line));
        } catch (UnsealException e) {
            return Optional.empty();
        }
    }

    @Override
    public ByteBuffer append(List<byte[]> bodies, long firstSeq) {
        return JournalFormat.seal(bodies, firstSeq);
    }

    @Override
    public byte[] line(byte[] body, long seq) {
        return JournalFormat.bytes(JournalFormat.seal(List.of(body), seq));
    }

    @Override
    public byte[] pack(byte[] lines) {
        return lines;
    }

    @Override
    public FrameReader forward(DiskFile file, long offset) {
        LineSplitter splitter = new LineSplitter(file, offset, JournalFormat.MAX_LINE_BYTES);
        return () -> splitter.next().map(PlainFraming::frame);
    }

    @Override
    public FrameReader backward(DiskFile file, long end) {
        BackwardLines splitter = new BackwardLines(file, end, JournalFormat.MAX_LINE_BYTES);
        return () -> splitter.next().map(PlainFraming::frame);
    }

    private static Frame frame(Line line) {
        try {
            JournalLine content = JournalFormat.read(requireShort(line), null);
            Frame frame = Frame.sound(line.number(), line.offset(), line.end(), List.of(content));
            return line.ended() ? frame : frame.lacking(LINE_END);
        } catch (JsonParseException e) {
            String sentence = line.ended() || line.tooLong() ? e.getMessage() + "." : "The line is unfinished.";
            Frame frame = Frame.faulty(line.number(), line.offset(), line.end(), List.of(), Fault.torn(sentence));
            return line.ended() ? frame : frame.lacking(LINE_END);
        }
    }

    private static byte[] requireShort(Line line) {
        if (line.tooLong()) {
            throw new JsonParseException("The line has " + line.length() + " bytes, more than any that was written");
        }
        return line.bytes();
    }
}
