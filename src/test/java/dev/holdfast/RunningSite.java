package dev.holdfast;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.model.ChatModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The whole program in this process, on a free port and a real disk, with a clock and a model of the test's. */
public final class RunningSite implements AutoCloseable {
    private final Path data;
    private final HandClock clock;
    private final Holdfast program;
    private final Serving serving;
    private final URI address;

    private RunningSite(Path data, HandClock clock, Holdfast program, Serving serving) {
        this.data = data;
        this.clock = clock;
        this.program = program;
        this.serving = serving;
        this.address = serving.address();
    }

    /** Starts it. {@code keysAndValues} are settings, beside the port and the data folder. */
    public static RunningSite start(Path data, ChatModel model, String... keysAndValues) {
        Map<Option, String> flags = new EnumMap<>(Option.class);
        flags.put(Option.PORT, "0");
        flags.put(Option.DATA, data.toString());
        flags.put(Option.REDACT, "off"); // else text arrives a little later than the model says it
        flags.put(Option.LIMIT_STREAMS, "1000"); // a stream that was closed counts until something is said on it
        flags.putAll(unlimited()); // where time stands still, who has to wait waits for ever
        for (int i = 0; i < keysAndValues.length; i += 2) {
            flags.put(Option.byKey(keysAndValues[i]).orElseThrow(), keysAndValues[i + 1]);
        }
        Settings settings = Settings.of(flags, Map.of());
        HandClock clock = new HandClock();
        return start(data, settings, clock, new Surroundings(clock, clock::nanos, new FileDisk(), Optional.of(model)));
    }

    /** Settings with which nobody is too fast. */
    public static Map<Option, String> unlimited() {
        return Map.of(
                Option.LIMIT_RATE, "0",
                Option.LIMIT_RATE_NETWORK, "0",
                Option.LIMIT_TURNS, "0",
                Option.LIMIT_TURNS_NETWORK, "0");
    }

    /** Starts it with a clock that goes by itself, and these settings only, beside a free port and the data folder. */
    public static RunningSite startInRealTime(Path data, ChatModel model, Map<Option, String> flags) {
        Map<Option, String> all = new EnumMap<>(flags);
        all.put(Option.PORT, "0");
        all.put(Option.DATA, data.toString());
        Surroundings real = Surroundings.real();
        return start(
                data,
                Settings.of(all, Map.of()),
                new HandClock(),
                new Surroundings(real.clock(), real.nanos(), real.disk(), Optional.of(model)));
    }

    private static RunningSite start(Path data, Settings settings, HandClock clock, Surroundings surroundings) {
        try {
            Holdfast program = Holdfast.start(settings, Map.of(), surroundings);
            return new RunningSite(
                    data, clock, program, Serving.start(settings, CompletableFuture.completedFuture(program)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens; without a slash at the end. */
    public URI address() {
        return address;
    }

    public Path data() {
        return data;
    }

    /** Lets time pass, and what is due then happen. */
    public void pass(Duration time) {
        clock.advance(time);
        program.conversations().tick();
    }

    /** A request by nobody in particular. */
    public Ask ask(String method, String target) {
        return new Ask(address(), method, target);
    }

    /** Somebody new. */
    public Person person() {
        return new Person(this);
    }

    /** Every file below the data folder, by path, with its bytes as ISO-8859-1. */
    public Map<String, String> files() {
        return files(name -> true);
    }

    /** Files of the index come and go while the folder is walked through. */
    private Map<String, String> files(Predicate<String> wanted) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = data.relativize(path).toString();
                if (wanted.test(name)) {
                    read(path).ifPresent(content -> files.put(name, content));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static Optional<String> read(Path path) throws IOException {
        try {
            return Optional.of(
                    Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "folder");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The same without the index, which is written by the clock and made of the rest. */
    public Map<String, String> kept() {
        return files(name -> !name.startsWith("index"));
    }

    @Override
    public void close() {
        try {
            serving.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
