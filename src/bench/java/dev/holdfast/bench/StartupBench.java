package dev.holdfast.bench;

import dev.holdfast.it.RunningJar;
import dev.holdfast.it.RunningProcess;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long the program takes from its start to the first answered request, and how much memory it then holds, against
 * {@link BareJetty}. Both run from the same jar, on the same JDK, with its default flags, each time as a new process on
 * an empty folder, by turns; the ratio is the median over the pairs.
 *
 * <p>Time runs from the creation of the process until the front page has been read to its end. Memory is {@code VmRSS} of
 * {@code /proc/PID/status} after three requests and a second of rest; Linux only.
 */
final class StartupBench implements Benchmark {
    private static final int PAIRS = 9;
    private static final int REQUESTS = 3;
    private static final long REST_MILLIS = 1000;
    private static final Pattern READY = Pattern.compile(" is ready: (http://[^ ]+/)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    @Override
    public void run(PrintStream out) throws Exception {
        Measured bare = new Measured();
        Measured holdfast = new Measured();
        // Not counted: the first pair reads the jar from disk for both.
        measure(StartupBench::startBare, new Measured());
        measure(StartupBench::startHoldfast, new Measured());
        for (int pair = 0; pair < PAIRS; pair++) {
            measure(StartupBench::startBare, bare);
            measure(StartupBench::startHoldfast, holdfast);
        }
        out.println("Start-up: medians (range) over " + PAIRS + " pairs of runs, JDK "
                + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores\n");
        out.println(new Table("", "bare Jetty", "Holdfast", "ratio", "goal")
                .row(
                        "start to first answered request, ms",
                        bare.millis.text("%.0f"),
                        holdfast.millis.text("%.0f"),
                        holdfast.millis.dividedBy(bare.millis).text("%.2f"),
                        "≤ 1.3")
                .row(
                        "resident memory, MB",
                        bare.megabytes.text("%.0f"),
                        holdfast.megabytes.text("%.0f"),
                        holdfast.megabytes.dividedBy(bare.megabytes).text("%.2f"),
                        "≤ 1.5"));
    }

    private static final class Measured {
        private final Samples millis = new Samples();
        private final Samples megabytes = new Samples();
    }

    private static void measure(Function<Path, RunningProcess> start, Measured measured) throws Exception {
        Path folder = Files.createTempDirectory("holdfast-bench");
        long begin = System.nanoTime();
        try (RunningProcess process = start.apply(folder)) {
            URI address =
                    URI.create(process.awaitLine(READY, Duration.ofSeconds(60)).group(1));
            get(address);
            measured.millis.add((System.nanoTime() - begin) / 1e6);
            for (int request = 1; request < REQUESTS; request++) {
                get(address);
            }
            Thread.sleep(REST_MILLIS);
            measured.megabytes.add(residentKilobytes(process.pid()) / 1e3 * 1.024);
        } finally {
            delete(folder);
        }
    }

    private static RunningProcess startHoldfast(Path folder) {
        return RunningJar.run(
                folder, "--port", "0", "--data", folder.resolve("data").toString());
    }

    private static RunningProcess startBare(Path folder) {
        return Programs.start(folder, BareJetty.class);
    }

    private static void get(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        if (connection.getResponseCode() != 200) {
            throw new IOException(address + " answered " + connection.getResponseCode());
        }
        try (var body = connection.getInputStream()) {
            body.readAllBytes();
        }
    }

    private static long residentKilobytes(long pid) throws IOException {
        return RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")))
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
