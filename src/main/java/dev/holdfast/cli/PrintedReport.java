package dev.holdfast.cli;

import java.io.PrintWriter;

/** Prints lines at once; what comes from files and people gives no orders to the terminal. */
final class PrintedReport implements Report {
    private final PrintWriter out;
    private final PrintWriter err;

    PrintedReport(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void out(String line) {
        print(out, line);
    }

    @Override
    public void err(String line) {
        print(err, line);
    }

    private static void print(PrintWriter writer, String line) {
        writer.println(Terminals.plain(line).replace('\n', ' '));
        writer.flush();
    }

    /** A reader behind a pipe that was closed, such as {@code head}. */
    @Override
    public void checkReader() {
        if (out.checkError()) {
            throw new Gone(null);
        }
    }
}
