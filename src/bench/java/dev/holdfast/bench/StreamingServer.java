package dev.holdfast.bench;

import com.google.gson.JsonParser;
import dev.holdfast.it.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A process that streams replies: the program, or {@link BareStreams}. */
abstract class StreamingServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final URI address;
    private final RunningProcess process;
    private int orders;

    private StreamingServer(Path folder, Class<?> program, String... arguments) {
        process = Programs.start(folder, program, arguments);
        address = URI.create(
                process.awaitLine(Pattern.compile("^ready: (.*)"), PATIENCE).group(1));
    }

    /** New conversations: under which paths their events are. */
    abstract List<String> conversations(int count) throws Exception;

    /**
     * Begins a turn in each conversation.
     *
     * @param length of its tokens
     * @param readers of all turns, of which many have their tokens gathered
     */
    abstract void begin(List<String> paths, int length, int readers) throws Exception;

    /** Ends the streams of conversations whose replies are complete: else they are open until the next sign of life. */
    abstract void end(List<String> paths) throws Exception;

    /** What its readers send as a cookie. */
    abstract String cookie();

    /** Ends all turns. */
    final void complete() {
        order("complete");
    }

    final String order(String order) {
        orders++;
        process.type(order);
        return process.awaitLine(Pattern.compile("^done " + orders + ": (.*)"), PATIENCE)
                .group(1);
    }

    /** Heap and direct buffers in use after a collection, in bytes. */
    final long memory() {
        return Long.parseLong(order("memory"));
    }

    /** Processor time that the process has taken. */
    final double cpuSeconds() {
        return ProcessHandle.of(process.pid())
                        .orElseThrow()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .toNanos()
                / 1e9;
    }

    @Override
    public void close() {
        process.close();
    }

    static StreamingServer bare(Path folder) {
        return new Bare(folder);
    }

    static StreamingServer holdfast(Path folder) {
        return new Site(folder);
    }

    private static final class Bare extends StreamingServer {
        private int conversations;

        Bare(Path folder) {
            super(folder, BareStreams.class);
        }

        @Override
        List<String> conversations(int count) {
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                paths.add("/c/" + conversations++ + "/events");
            }
            return paths;
        }

        @Override
        void begin(List<String> paths, int length, int readers) {
            for (String path : paths) {
                order("say " + path + " " + length + " " + (readers > StreamsBench.FEW));
            }
        }

        @Override
        void end(List<String> paths) {}

        @Override
        String cookie() {
            return "none=";
        }
    }

    private static final class Site extends StreamingServer {
        private final HttpClient client = HttpClient.newHttpClient();
        private String cookie = "none=";

        Site(Path folder) {
            super(folder, StreamingSite.class, folder.resolve("data").toString());
        }

        @Override
        List<String> conversations(int count) throws Exception {
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                HttpResponse<String> answer = post("/c", "");
                answer.headers().firstValue("set-cookie").ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
                paths.add("/c/"
                        + JsonParser.parseString(answer.body())
                                .getAsJsonObject()
                                .get("id")
                                .getAsString()
                        + "/events");
            }
            return paths;
        }

        @Override
        void begin(List<String> paths, int length, int readers) throws Exception {
            for (String path : paths) {
                post(path.replace("/events", "/messages"), "text=" + length);
            }
        }

        @Override
        void end(List<String> paths) throws Exception {
            for (String path : paths) {
                post(path.replace("/events", "/delete"), "");
            }
        }

        private HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                    .header("Cookie", cookie)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        }

        @Override
        String cookie() {
            return cookie;
        }
    }
}
