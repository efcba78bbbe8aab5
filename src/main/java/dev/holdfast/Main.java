package dev.holdfast;

import dev.holdfast.cli.Commands;
import dev.holdfast.config.Settings;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.store.ConversationReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        if (!List.of(args).contains("chat")) {
            CompletableFuture.runAsync(Serving::load);
        }
        int status = new Commands(
                        Main::serve,
                        settings -> Holdfast.start(settings, System.getenv()),
                        settings -> reader(Optional.empty()),
                        System.getenv())
                .run(args);
        System.exit(status);
    }

    /** @param codec opens what is sealed; empty if there is no key */
    private static ConversationReader reader(Optional<LineCodec> codec) {
        return new ConversationReader(Surroundings.real().disk(), codec, ZoneId.systemDefault());
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
