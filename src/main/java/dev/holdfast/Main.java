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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the program begins. */
public final class Main {
    private static final int MOST_SECONDS_TO_CLOSE = 10;

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
                        settings -> new BudgetSettings(settings).prices(),
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
        if (settings.auth() == Settings.Auth.OPEN && !settings.listensOnLoopback()) {
            out.println(
                    "WARNING: whoever reaches this server can use it and spend what its model costs: auth is open, and"
                            + " it listens beyond this machine. Set auth to email or proxy, or see to it that only"
                            + " those reach it who may.");
        }
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

    /** A disk that hangs does not hold the end up: what was acknowledged is safe, and what runs goes on after the start. */
    private static void close(Serving serving) {
        CountDownLatch closed = new CountDownLatch(1);
        Thread watch = new Thread(() -> endUnless(closed), "holdfast-end");
        watch.setDaemon(true);
        watch.start();
        try {
            serving.close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        closed.countDown();
    }

    private static void endUnless(CountDownLatch closed) {
        try {
            if (!closed.await(MOST_SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
                System.err.println(
                        "Holdfast could not close its files within " + MOST_SECONDS_TO_CLOSE
                                + " seconds and ends without. What was acknowledged is on disk; the next start looks after the rest.");
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
