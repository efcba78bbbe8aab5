package dev.holdfast.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real nginx before a server, as it comes: what its configuration does not say is as everywhere. It runs in a folder of
 * its own and touches nothing outside. Is the {@code nginx} on the PATH or in {@code /usr/sbin}, or the one that the system
 * property {@code holdfast.nginx} names; where there is none, the test is skipped and standard error says so, and with
 * {@code CI=true} in the environment it fails.
 */
final class Nginx implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("notice.* nginx/");
    private static final Duration START = Duration.ofSeconds(20);

    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr notice;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        proxy_pass http://127.0.0.1:%d;
                        %s
                    }
                }
            }
            """;

    private final URI server;
    private final Path folder;
    private final int port;
    private RunningProcess process;

    private Nginx(URI server, Path folder, int port) {
        this.server = server;
        this.folder = folder;
        this.port = port;
    }

    /** Starts it on a free loopback port and waits until it listens. {@link #serve} says what the settings are. */
    static Nginx before(URI server, String settings) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            program(); // before anything is left behind
            Nginx nginx = new Nginx(server, Files.createTempDirectory("holdfast-nginx"), free.getLocalPort());
            free.close();
            nginx.serve(settings);
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it, again perhaps, on its port.
     *
     * @param settings what its {@code location} says besides {@code proxy_pass}
     */
    void serve(String settings) {
        Path file = folder.resolve("nginx.conf");
        try {
            Files.writeString(file, CONFIGURATION.formatted(port, server.getPort(), settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = RunningProcess.start(
                folder, Map.of(), List.of(program(), "-e", "stderr", "-p", folder.toString(), "-c", file.toString()));
        process.awaitErrorLine(LISTENS, START);
    }

    private static String program() {
        String named = System.getProperty("holdfast.nginx");
        Optional<Path> program = named == null
                ? Installed.program("nginx")
                : Optional.of(Path.of(named)).filter(Files::isExecutable);
        return program.map(Path::toString).orElseThrow(Nginx::missing);
    }

    /** Skips the test, loudly; in CI, where it must be, throws. */
    private static RuntimeException missing() {
        String sentence =
                "No nginx on the PATH or in /usr/sbin, so the tests through a proxy do not run. Debian's package"
                        + " `nginx` brings it.";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(sentence);
        }
        System.err.println("SKIPPED: " + sentence);
        return Assumptions.abort(sentence);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Ends it: all connections through it break off. */
    void stop() {
        process.stop();
    }

    @Override
    public void close() {
        process.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
