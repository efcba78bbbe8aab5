package dev.holdfast;

import dev.holdfast.cli.Commands;
import dev.holdfast.config.Settings;
import dev.holdfast.journal.FileDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        if (Commands.serves(args)) {
            CompletableFuture.runAsync(Serving::load);
        }
        int status = new Commands(
                        Main::serve,
                        settings -> Holdfast.start(settings, System.getenv()),
                        System.getenv(),
                        new FileDisk(),
                        new SecureRandom())
                .run(args);
        System.exit(status);
    }

    /** Serves until the process is told to end. */
    private static void serve(Settings settings, PrintWriter out) throws IOException {
        Serving serving = Serving.start(settings, CompletableFuture.supplyAsync(() -> start(settings)));
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

    private static Holdfast start(Settings settings) {
        try {
            return Holdfast.start(settings, System.getenv());
        } catch (IOException e) {
            throw new CompletionException(e);
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
