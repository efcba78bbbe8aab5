package dev.holdfast;

import dev.holdfast.cli.Commands;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.ConversationFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
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
        if (Commands.serves(args)) {
            CompletableFuture.runAsync(Serving::load);
        }
        int status = new Commands(
                        Main::serve,
                        settings -> Holdfast.start(settings, System.getenv()),
                        Main::files,
                        System.getenv(),
                        new FileDisk(),
                        new SecureRandom())
                .run(args);
        System.exit(status);
    }

    /** To look at files takes the keys of the settings, and nothing of the data folder. */
    private static ConversationFiles files(Settings settings) {
        Surroundings machine = Surroundings.real();
        Path data = Path.of(settings.required(Option.DATA)).toAbsolutePath().normalize();
        List<FernetKey> keys = new StorageSettings(settings, data).keys();
        Optional<LineCodec> codec =
                keys.isEmpty() ? Optional.empty() : Optional.of(new KeyRing(keys, machine.clock(), new SecureRandom()));
        return new ConversationFiles(machine.disk(), codec, ZoneId.systemDefault());
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
