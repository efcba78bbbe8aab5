package dev.holdfast;

import dev.holdfast.cli.Commands;
import dev.holdfast.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        int status = new Commands(Main::serve, settings -> Holdfast.start(settings, System.getenv()), System.getenv())
                .run(args);
        System.exit(status);
    }

    /** Serves until the process is told to end. */
    private static void serve(Settings settings, PrintWriter out) throws IOException {
        Holdfast program = Holdfast.start(settings, System.getenv());
        Serving serving = Serving.start(settings, program);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(serving), "holdfast-shutdown"));
        out.println("Holdfast is ready: " + serving.address() + "/");
        out.flush();
        try {
            serving.join();
        } catch (InterruptedException e) {
            serving.close();
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Serving serving) {
        try {
            serving.close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }
}
