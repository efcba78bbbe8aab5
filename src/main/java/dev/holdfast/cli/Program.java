package dev.holdfast.cli;

import dev.holdfast.lifecycle.Conversations;
import java.io.IOException;

/** The running program, as the command line sees it. */
public interface Program extends AutoCloseable {
    Conversations conversations();

    @Override
    void close() throws IOException;
}
