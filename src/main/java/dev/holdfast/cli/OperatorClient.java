package dev.holdfast.cli;

import dev.holdfast.cli.OperatorProtocol.Answer;
import dev.holdfast.journal.FolderSocket;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Brings an order to the process that has a data folder. */
final class OperatorClient {
    private OperatorClient() {}

    /**
     * Has the order carried out and waits for its end.
     *
     * @param report gets the answer's lines as they come
     * @return the exit status; empty if nobody listens in that folder
     * @throws IOException if the other process ended before it had answered
     */
    static OptionalInt send(Path folder, Order order, Report report) throws IOException {
        Optional<SocketChannel> channel = FolderSocket.connect(folder);
        if (channel.isEmpty()) {
            return OptionalInt.empty();
        }
        try (LineChannel lines = new LineChannel(channel.get(), OperatorProtocol.LONGEST_ANSWER)) {
            say(order, lines);
            return OptionalInt.of(answered(lines, report));
        } catch (ProtocolException e) {
            throw new IOException(
                    "The process that has the data folder " + folder + " gives no answer that is understood: "
                            + e.getMessage() + ". Is it of another version? Stop it, then run this again.",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "The process that has the data folder " + folder + " ended before the command did. What was done"
                            + " stays done; run this again.",
                    e);
        }
    }

    /** The other side may answer and close before it has read all. Then the answer counts. */
    private static void say(Order order, LineChannel lines) {
        try {
            lines.write(OperatorProtocol.write(order));
        } catch (IOException unheard) {
            // If there is no answer either, reading it tells.
        }
    }

    private static int answered(LineChannel lines, Report report) throws IOException {
        while (true) {
            report.checkReader();
            String line = lines.read().orElseThrow(() -> new IOException("no exit status came"));
            Answer answer = OperatorProtocol.readAnswer(line)
                    .orElseThrow(() -> new ProtocolException("a line says neither out, err nor exit"));
            if (answer instanceof Answer.Out out) {
                report.out(out.line());
            } else if (answer instanceof Answer.Err err) {
                report.err(err.line());
            } else if (answer instanceof Answer.Exit exit) {
                return exit.status();
            }
        }
    }
}
