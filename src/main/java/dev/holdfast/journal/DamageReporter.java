package dev.holdfast.journal;

import java.nio.file.Path;

/** Is told what was wrong with a file while it was read. Called on the thread that reads. */
public interface DamageReporter {
    /**
     * A torn end was cut off, as a crash leaves it. Normal.
     *
     * @param bytesCut how many
     * @param keptIn the new file in the quarantine folder that holds them
     */
    void healed(Path file, long bytesCut, Path keptIn);

    /**
     * Something before the end is not as it was written. It was skipped and stays in the file.
     *
     * @param line the number of the line, from 1, as an editor counts; 0 if the file was read from its end
     * @param offset where it begins, in bytes from the start of the file
     * @param bytes how many bytes were skipped; 0 if something is missing before the line, which is itself sound
     * @param sentence what is wrong, for people; quotes no content
     */
    void damaged(Path file, long line, long offset, long bytes, String sentence);
}
