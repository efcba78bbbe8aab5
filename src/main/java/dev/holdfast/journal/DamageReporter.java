package dev.holdfast.journal;

import java.nio.file.Path;
import java.util.function.Consumer;

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

    /** Says it in sentences, for instance to {@code System.err::println}. */
    static DamageReporter inSentences(Consumer<String> sentences) {
        return new DamageReporter() {
            @Override
            public void healed(Path file, long bytesCut, Path keptIn) {
                sentences.accept(
                        file + ": a torn end of " + bytesCut + " bytes was cut off and kept in " + keptIn + ".");
            }

            @Override
            public void damaged(Path file, long line, long offset, long bytes, String sentence) {
                String where = (line > 0 ? ", line " + line : "")
                        + (bytes > 0 ? ", " + bytes + " bytes at byte " + offset : "");
                sentences.accept(file + where + ": " + sentence);
            }
        };
    }
}
