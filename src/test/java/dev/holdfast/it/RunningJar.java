package dev.holdfast.it;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The packaged program, serving on a free loopback port until it is closed. Safe for use by several threads. */
public final class RunningJar implements AutoCloseable {
    /** What the program prints when it answers. */
    public static final Pattern READY = Pattern.compile("^Holdfast is ready: (http://[^ ]+/)");

    private static final Duration START = Duration.ofSeconds(60);

    /** To compile as well as can be pays off in hours, and these servers live for seconds, two or three at a time. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final RunningProcess process;
    private final URI address;

    private RunningJar(RunningProcess process) {
        this.process = process;
        this.address = URI.create(process.awaitLine(READY, START).group(1));
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param data its data folder
     * @param flags further settings, as on the command line; they beat the port 0 and the built-in model that it gets, and
     *     that nobody is too fast for it
     */
    public static RunningJar serve(Path data, String... flags) {
        return serve(data, Map.of(), flags);
    }

    /** As {@link #serve(Path, String...)}, with these variables in its environment. */
    public static RunningJar serve(Path data, Map<String, String> environment, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
        arguments.addAll(List.of(flags));
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOLDFAST_PORT", "0");
        for (String limit : List.of("RATE", "RATE_NETWORK", "TURNS", "TURNS_NETWORK")) {
            all.putIfAbsent("HOLDFAST_LIMIT_" + limit, "0");
        }
        RunningProcess process = run(SHORT_LIVED, data.getParent(), all, arguments);
        try {
            return new RunningJar(process);
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** Runs the program with these arguments and nothing else; with the built-in model, unless they choose another. */
    public static RunningProcess run(Path folder, String... arguments) {
        return run(List.of(), folder, Map.of(), List.of(arguments));
    }

    private static RunningProcess run(
            List<String> machine, Path folder, Map<String, String> environment, List<String> arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOLDFAST_MODEL_PROVIDER", "built-in");
        List<String> command = new ArrayList<>(machine);
        command.addAll(List.of("-jar", file().toString()));
        command.addAll(arguments);
        return RunningProcess.java(folder, all, command);
    }

    /** {@code target/holdfast.jar}, or what the system property {@code holdfast.jar} names. */
    public static Path file() {
        return Path.of(System.getProperty("holdfast.jar", "target/holdfast.jar"))
                .toAbsolutePath();
    }

    /** Its front page, with a slash at the end. */
    public URI address() {
        return address;
    }

    public RunningProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
