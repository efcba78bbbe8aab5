package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How lines become the bytes of a file and are found in them; one for each {@link JournalForm}. Stateless. */
interface Framing {
    /**
     * Bodies as bytes to append: the lines {@code firstSeq}, {@code firstSeq + 1}, …
     *
     * @return a buffer with a backing array
     */
    ByteBuffer append(List<byte[]> bodies, long firstSeq);

    /** A body as a line, its end included, as {@link #pack} takes it. */
    byte[] line(byte[] body, long seq);

    /** Lines of {@link #line}, one after the other, in as few bytes as this form can have them: for whole files. */
    byte[] pack(byte[] lines);

    /** The frames from {@code offset} on, where one must begin. */
    FrameReader forward(DiskFile file, long offset);

    /** The frames before {@code end}, where one must end, the last one first. */
    FrameReader backward(DiskFile file, long end);

    /** What a file of another program says, if all of it is this one line, sealed; empty if it is no such line. */
    default Optional<byte[]> openWhole(byte[] line) {
        return Optional.empty();
    }

    /** The framing of a file, by its name. */
    static Framing of(Path file, LineCodec codec) throws IOException {
        switch (JournalForm.of(file)) {
            case GZIP:
                return new GzipFraming();
            case SEALED:
                if (codec == null) {
                    throw new JournalException(
                            file, "is encrypted, and no key was given.", "Give the key that it was written with.");
                }
                return new SealedFraming(codec, JournalForm.nameOf(file));
            default:
                return new PlainFraming(codec);
        }
    }
}
