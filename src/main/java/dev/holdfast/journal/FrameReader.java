package dev.holdfast.journal;

import java.io.IOException;
import java.util.Optional;

/** The frames of a file, one after the other, in one direction. Each byte of the file is in one of them. */
@FunctionalInterface
interface FrameReader {
    /** The next frame; empty when there is none. */
    Optional<Frame> next() throws IOException;
}
