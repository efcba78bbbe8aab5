package dev.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A journal cannot do what was asked. The message names the file, says what happened and what to do next; it never
 * quotes what is written in the file.
 */
public final class JournalException extends IOException {
    /**
     * @param what what happened, a sentence that goes on after the file's name
     * @param advice what to do next, a sentence
     * @param cause null if there is none
     */
    public JournalException(Path file, String what, String advice, Throwable cause) {
        super(file + " " + what + " " + advice, cause);
    }

    public JournalException(Path file, String what, String advice) {
        this(file, what, advice, null);
    }
}
