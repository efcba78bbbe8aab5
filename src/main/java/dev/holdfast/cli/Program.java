package dev.holdfast.cli;

import dev.holdfast.lifecycle.Conversations;
import java.io.IOException;

/** The running program, as the command line sees it. */
public interface Program extends AutoCloseable {
    Conversations conversations();

    /** Where an operator's commands are carried out. */
    OperatorDesk desk();

    @Override
    void close() throws IOException;
}
