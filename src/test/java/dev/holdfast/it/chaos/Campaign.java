package dev.holdfast.it.chaos;

import dev.holdfast.it.RunningJar;
import dev.holdfast.it.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A server that is killed, and everybody who uses it meanwhile. */
final class Campaign implements AutoCloseable {
    private static final int CONVERSATIONS = 2;
    private static final int PATIENCE_SECONDS = 120;

    private final Path data;
    private final String recovery;
    private final int mostEvents;
    private final long seed;
    private final Random random;
    private final UnreliableProvider provider;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final Pauses pauses;
    private final Faults faults = new Faults();
    private final Reader.Tally tally = new Reader.Tally(new AtomicInteger(), new AtomicInteger(), new Semaphore(0));
    private final List<Talker> talkers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Thread> talking = new ArrayList<>();
    private final List<Thread> reading = new ArrayList<>();
    private RunningJar jar;
    private int kills;

    /**
     * @param recovery {@code turn.recover}
     * @param mostEvents how many are heard at most before a kill
     */
    Campaign(Path data, String recovery, int owners, int mostEvents, long seed) {
        this.data = data;
        this.recovery = recovery;
        this.mostEvents = mostEvents;
        this.seed = seed;
        this.random = new Random(seed);
        this.provider = new UnreliableProvider(new Random(random.nextLong()));
        this.pauses = new Pauses(timer, new Random(random.nextLong()));
        this.jar = serve("0");
        for (int owner = 0; owner < owners; owner++) {
            settle(owner % 2 == 1);
        }
        talkers.forEach(talker -> talking.add(begin(talker, "talker")));
        readers.forEach(reader -> reading.add(begin(reader, "reader")));
    }

    private RunningJar serve(String port) {
        return RunningJar.serve(
                data,
                "--port",
                port,
                "--model.provider",
                "openai",
                "--model.base-url",
                provider.base(),
                "--turn.recover",
                recovery,
                "--limit.streams",
                "1000");
    }

    /** An owner with two conversations, who reads them on one stream or on two. */
    private void settle(boolean shared) {
        Visitor visitor = new Visitor(jar.address());
        List<Heard> own = new ArrayList<>();
        String cookie = "";
        for (int i = 0; i < CONVERSATIONS; i++) {
            HttpResponse<String> begun = visitor.postJson("c", Map.of("key", "conversation-" + i));
            own.add(new Heard(Rest.json(begun).get("id").getAsString(), faults));
            cookie = begun.headers()
                    .firstValue("Set-Cookie")
                    .map(set -> set.replaceAll(";.*", ""))
                    .orElse(cookie);
        }
        for (Heard heard : own) {
            talkers.add(new Talker(
                    visitor, jar.address().getPort(), cookie, heard, new Random(random.nextLong()), pauses, faults));
        }
        for (List<Heard> each :
                shared ? List.of(own) : own.stream().map(List::of).toList()) {
            readers.add(new Reader(
                    jar.address().getPort(), cookie, each, new Random(random.nextLong()), pauses, tally, faults));
        }
    }

    private static Thread begin(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Lets some events be heard, kills the server in the middle of them and starts it again. */
    void kill() throws InterruptedException {
        int events = 1 + random.nextInt(mostEvents);
        tally.events().drainPermits();
        if (!tally.events().tryAcquire(events, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("after " + kills + " kills readers hear no more; " + this + "\n" + jar.process());
        }
        jar.process().kill();
        kills++;
        jar = serve(Integer.toString(jar.address().getPort()));
    }

    /** Lets all turns come to their end, and looks at what has become of everything. */
    Oracle end() throws InterruptedException, IOException {
        talkers.forEach(Talker::leave);
        for (Thread thread : talking) {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            if (thread.isAlive()) {
                throw new AssertionError("a message is not acknowledged; " + this + "\n" + jar.process());
            }
        }
        Oracle oracle = new Oracle(provider, recovery.equals("auto") ? Rest.TRIES : 0, faults);
        for (Talker talker : talkers) {
            Rest rest = new Rest(talker, recovery.equals("ask"), pauses);
            if (!rest.await()) {
                throw new AssertionError(rest + "; " + this + "\n" + jar.process());
            }
            List<Stored> stored = Stored.read(data, talker.heard().conversation());
            Set<String> replies = stored.stream()
                    .filter(message -> !message.said())
                    .map(Stored::id)
                    .collect(Collectors.toSet());
            if (!talker.heard().await(replies, PATIENCE_SECONDS)) {
                faults.add(
                        "%s: the reader is never told that all is done",
                        talker.heard().conversation());
            }
            oracle.check(talker, stored, rest.shown(), rest.pressed());
        }
        return oracle;
    }

    List<String> faults() {
        return faults.seen();
    }

    @Override
    public String toString() {
        return kills + " kills, " + tally.cuts() + " cuts, " + tally.freezes() + " freezes, "
                + talkers.stream().mapToInt(Talker::again).sum() + " messages said again, seed " + seed + ", faults "
                + faults.seen().size();
    }

    @Override
    public void close() throws IOException {
        talkers.forEach(Talker::leave);
        for (Reader reader : readers) {
            reader.leave();
        }
        jar.close();
        provider.close();
        timer.shutdownNow();
    }
}
