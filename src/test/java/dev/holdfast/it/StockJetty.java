package dev.holdfast.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Jetty as its makers ship it, with one WAR at its root, on a free loopback port until it is closed. */
final class StockJetty implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern CONNECTOR = Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final RunningProcess process;
    private final URI address;

    private StockJetty(RunningProcess process) {
        this.process = process;
        this.address = URI.create(
                "http://127.0.0.1:" + process.awaitErrorLine(CONNECTOR, START).group(1) + "/");
    }

    /**
     * Lays out a {@code jetty.base} with the WAR in it and starts it.
     *
     * @param base an empty folder
     * @param environment what a person would set for the program
     * @param modules Jetty's modules, separated by commas
     */
    static StockJetty serve(Path war, Path base, Map<String, String> environment, String modules) {
        Path home =
                Path.of(System.getProperty("jetty.home", "target/jetty-home")).toAbsolutePath();
        List<String> start = List.of("-jar", home.resolve("start.jar").toString());
        Map<String, String> surroundings = new HashMap<>(environment);
        surroundings.put("JETTY_BASE", base.toString());
        try (RunningProcess layOut = RunningProcess.java(base, surroundings, and(start, "--add-modules=" + modules))) {
            int exit = layOut.awaitExit(START);
            if (exit != 0) {
                throw new AssertionError("laying out jetty.base ended with " + exit + "\n" + layOut);
            }
        }
        try {
            Files.copy(war, base.resolve("webapps").resolve("ROOT.war"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunningProcess process =
                RunningProcess.java(base, surroundings, and(start, "jetty.http.host=127.0.0.1", "jetty.http.port=0"));
        try {
            return new StockJetty(process);
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    private static List<String> and(List<String> first, String... more) {
        return Stream.concat(first.stream(), Arrays.stream(more)).toList();
    }

    URI address() {
        return address;
    }

    RunningProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
