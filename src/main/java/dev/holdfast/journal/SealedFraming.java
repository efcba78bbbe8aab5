package dev.holdfast.journal;

import dev.holdfast.journal.Frame.Fault;
import dev.holdfast.journal.LineCodec.UnsealException;
import dev.holdfast.journal.LineSplitter.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;

/** A sealed line is a frame. Appended, it holds one line; in whole files, several that were packed first. */
final class SealedFraming implements Framing {
    /** Most bytes that a sealed line may have: half as many again as a line, for what sealing adds. */
    static final int MAX_SEALED_BYTES = JournalFormat.MAX_LINE_BYTES / 2 * 3;

    private static final byte[] LINE_END = {'\n'};

    private final LineCodec codec;
    private final String name;
    private final byte[] nameField;

    /** @param name of the journal, which every line bears */
    SealedFraming(LineCodec codec, String name) {
        this.codec = codec;
        this.name = name;
        this.nameField = JournalFormat.utf8("\"" + JournalFormat.FILE + "\":" + LineJson.quote(name));
    }

    @Override
    public ByteBuffer append(List<byte[]> bodies, long firstSeq) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        long seq = firstSeq;
        for (byte[] body : bodies) {
            byte[] line = line(body, seq++);
            seal(Arrays.copyOf(line, line.length - 1), sealed);
        }
        return ByteBuffer.wrap(sealed.toByteArray());
    }

    private void seal(byte[] plain, ByteArrayOutputStream into) {
        into.writeBytes(codec.seal(plain));
        into.write('\n');
    }

    @Override
    public byte[] line(byte[] body, long seq) {
        return JournalFormat.bytes(JournalFormat.seal(List.of(body), seq, nameField));
    }

    @Override
    public byte[] pack(byte[] lines) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        seal(GzipMember.pack(lines, lines.length, Deflater.BEST_COMPRESSION), sealed);
        return sealed.toByteArray();
    }

    @Override
    public FrameReader forward(DiskFile file, long offset) {
        LineSplitter splitter = new LineSplitter(file, offset, MAX_SEALED_BYTES);
        return () -> frame(splitter.next());
    }

    @Override
    public FrameReader backward(DiskFile file, long end) {
        BackwardLines splitter = new BackwardLines(file, end, MAX_SEALED_BYTES);
        return () -> frame(splitter.next());
    }

    private Optional<Frame> frame(Optional<Line> line) throws IOException {
        return line.isEmpty() ? Optional.empty() : Optional.of(frame(line.get()));
    }

    private Frame frame(Line line) throws IOException {
        if (line.tooLong()) {
            return bad(line, Fault.torn("The line has " + line.length() + " bytes, more than any that was written."));
        }
        try {
            Frame frame = frame(line, lines(codec.open(line.bytes())));
            return line.ended() ? frame : frame.lacking(LINE_END);
        } catch (UnsealException e) {
            return bad(line, fault(line));
        }
    }

    /** A crash leaves no whole line that is printable throughout and yet not what was written. */
    private static Fault fault(Line line) {
        if (!line.ended()) {
            return Fault.torn("The line is unfinished.");
        }
        for (byte each : line.bytes()) {
            if (each <= ' ' || each > '~') {
                return Fault.torn("The line is not as it was written: no sealed line has such bytes.");
            }
        }
        return line.length() == 0
                ? Fault.torn("The line is empty.")
                : new Fault(
                        "No key opens the line: it was sealed with another one, or is not as it was written.",
                        Fault.Kind.LOCKED);
    }

    private PackedLines lines(byte[] plain) throws IOException {
        if (!GzipMember.isMember(plain)) {
            return PackedLines.judge(plain, name);
        }
        GzipMember member = GzipMember.read(new FileWindow(plain), 0);
        PackedLines lines = PackedLines.judge(member.content(), name);
        Optional<String> fault = member.end() == plain.length
                ? member.fault()
                : member.fault().or(() -> Optional.of("Something is sealed behind the packed lines."));
        return new PackedLines(lines.lines(), fault.or(lines::fault));
    }

    private static Frame frame(Line line, PackedLines packed) {
        Optional<String> fault =
                packed.lines().isEmpty() ? packed.fault().or(() -> Optional.of("Nothing is sealed.")) : packed.fault();
        return fault.isEmpty()
                ? Frame.sound(line.number(), line.offset(), line.end(), packed.lines())
                : Frame.faulty(
                        line.number(),
                        line.offset(),
                        line.end(),
                        packed.lines(),
                        new Fault(fault.get(), Fault.Kind.DAMAGED));
    }

    private static Frame bad(Line line, Fault fault) {
        Frame frame = Frame.faulty(line.number(), line.offset(), line.end(), List.of(), fault);
        return line.ended() ? frame : frame.lacking(LINE_END);
    }
}
