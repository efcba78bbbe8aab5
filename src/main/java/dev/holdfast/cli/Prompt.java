package dev.holdfast.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Where a person types and reads: a terminal with line editing, or a pipe. */
interface Prompt extends AutoCloseable {
    /** The next line; empty when the person has ended the conversation (Ctrl-D, Ctrl-C, end of the pipe). */
    Optional<String> ask(String prompt) throws IOException;

    PrintWriter out();

    /** What Ctrl-C does while no line is being read. */
    void onInterrupt(Runnable action);

    @Override
    void close() throws IOException;

    /** The terminal if there is one, else standard input and output. */
    static Prompt open() throws IOException {
        return System.console() == null || !isTerminal() ? new Piped() : new Typed();
    }

    /** From JDK 22 on there is a console without a terminal, too. */
    private static boolean isTerminal() {
        try {
            Object terminal = java.io.Console.class.getMethod("isTerminal").invoke(System.console());
            return Boolean.TRUE.equals(terminal);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Lines typed at a terminal. */
    final class Typed implements Prompt {
        private final Terminal terminal = TerminalBuilder.builder().system(true).build();
        private final LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();

        Typed() throws IOException {}

        @Override
        public Optional<String> ask(String prompt) {
            try {
                return Optional.of(reader.readLine(prompt));
            } catch (EndOfFileException | UserInterruptException e) {
                return Optional.empty();
            }
        }

        @Override
        public PrintWriter out() {
            return terminal.writer();
        }

        @Override
        public void onInterrupt(Runnable action) {
            terminal.handle(Terminal.Signal.INT, signal -> action.run());
        }

        @Override
        public void close() throws IOException {
            terminal.close();
        }
    }

    /** Lines from a pipe. */
    final class Piped implements Prompt {
        private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        private final PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);

        @Override
        public Optional<String> ask(String prompt) throws IOException {
            out.print(prompt);
            out.flush();
            return Optional.ofNullable(in.readLine());
        }

        @Override
        public PrintWriter out() {
            return out;
        }

        @Override
        public void onInterrupt(Runnable action) {
            // A pipe has no keyboard.
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
