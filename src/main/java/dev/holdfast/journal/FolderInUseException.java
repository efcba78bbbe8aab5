package dev.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Another process, or another part of this one, owns the data folder. The message is a sentence for people. */
public final class FolderInUseException extends IOException {
    /** @param holder what the owner says of itself, a sentence; empty if it says nothing */
    public FolderInUseException(Path folder, String holder) {
        super("The data folder " + folder + " is in use. "
                + (holder.isEmpty() ? "Its owner has left no name." : holder)
                + " Stop that one first, or use another folder.");
    }
}
