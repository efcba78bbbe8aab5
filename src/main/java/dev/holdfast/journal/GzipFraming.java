package dev.holdfast.journal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;

/** A gzip member, with the mark that closes it, is a frame. What is appended together is one. */
final class GzipFraming implements Framing {
    @Override
    public ByteBuffer append(List<byte[]> bodies, long firstSeq) {
        ByteBuffer lines = JournalFormat.seal(bodies, firstSeq);
        return ByteBuffer.wrap(close(GzipMember.pack(lines.array(), lines.limit(), Deflater.DEFAULT_COMPRESSION)));
    }

    @Override
    public byte[] line(byte[] body, long seq) {
        return JournalFormat.bytes(JournalFormat.seal(List.of(body), seq));
    }

    @Override
    public byte[] pack(byte[] lines) {
        return close(GzipMember.pack(lines, lines.length, Deflater.BEST_COMPRESSION));
    }

    private static byte[] close(byte[] member) {
        return ByteBuffer.allocate(member.length + GzipMember.MARK)
                .put(member)
                .put(GzipMember.mark(member.length))
                .array();
    }

    @Override
    public FrameReader forward(DiskFile file, long offset) {
        return new GzipFrames(file, offset);
    }

    @Override
    public FrameReader backward(DiskFile file, long end) {
        return new BackwardGzipFrames(file, end);
    }
}
