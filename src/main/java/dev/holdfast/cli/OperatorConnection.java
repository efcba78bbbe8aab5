package dev.holdfast.cli;

import dev.holdfast.cli.OperatorProtocol.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * One who came to the {@link OperatorDoor}: their order is read, carried out and answered. {@link #close} may be called
 * from any thread; the rest is for one.
 */
final class OperatorConnection implements Report, Closeable {
    private final LineChannel lines;

    OperatorConnection(SocketChannel channel) {
        lines = new LineChannel(channel, OperatorProtocol.LONGEST_ORDER);
    }

    /**
     * Reads the order; if there is none, that is answered.
     *
     * @return empty if there is nothing to carry out
     */
    Optional<Order> order() throws IOException {
        try {
            return lines.read().map(OperatorProtocol::readOrder);
        } catch (ProtocolException e) {
            refuse("That is no order: " + e.getMessage() + ".", OperatorDesk.MISUSED);
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage(), OperatorDesk.MISUSED);
        }
        return Optional.empty();
    }

    void refuse(String sentence, int status) {
        err(sentence);
        exit(status);
    }

    void exit(int status) {
        send(new Answer.Exit(status));
    }

    @Override
    public void out(String line) {
        send(new Answer.Out(line));
    }

    @Override
    public void err(String line) {
        send(new Answer.Err(line));
    }

    private void send(Answer answer) {
        try {
            lines.write(OperatorProtocol.write(answer));
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    @Override
    public void checkReader() {
        try {
            if (lines.ended()) {
                throw new Gone(null);
            }
        } catch (IOException e) {
            throw new Gone(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
