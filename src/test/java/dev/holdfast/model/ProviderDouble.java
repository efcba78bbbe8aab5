package dev.holdfast.model;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A local HTTP server that plays a provider: it answers as it is told and remembers what it was asked.
 *
 * <pre>
 *   try (ProviderDouble provider = new ProviderDouble()) {
 *       provider.answer("/v1/messages", ProviderDouble.anthropic("Hello", "!"));
 *       …                                    // base URL: provider.base()
 *       provider.requests().get(0).body()
 *   }
 * </pre>
 *
 * A path that has no answer is a 404. Thread-safe.
 */
public final class ProviderDouble implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    /** What a client sent. */
    public record Request(String path, Map<String, String> headers, JsonObject body) {}

    /** What the double does with a request. */
    public interface Answer {
        void play(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "provider-double");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public ProviderDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** {@code http://127.0.0.1:port}. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the next requests to {@code path} get, in order; the last one from then on. */
    public ProviderDouble answer(String path, Answer... inOrder) {
        answers.put(path, new ArrayDeque<>(Arrays.asList(inOrder)));
        return this;
    }

    /** All requests so far, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String body;
        try (InputStream in = exchange.getRequestBody()) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        requests.add(new Request(
                path,
                headers,
                body.isEmpty() ? new JsonObject() : JsonParser.parseString(body).getAsJsonObject()));
        Queue<Answer> queue = answers.getOrDefault(path, new ArrayDeque<>());
        Answer answer;
        synchronized (queue) {
            answer = queue.size() > 1 ? queue.remove() : queue.peek();
        }
        if (answer == null) {
            answer = error(404, "404 page not found");
        }
        answer.play(exchange);
        exchange.close();
    }

    /** An answer, step by step. Every {@code send} is a chunk of its own on the wire. */
    public static final class Script implements Answer {
        private interface Step {
            void take(OutputStream out) throws IOException;
        }

        private final int status;
        private final Map<String, String> headers = new TreeMap<>();
        private final List<Step> steps = new ArrayList<>();
        private CountDownLatch beforeHeaders = new CountDownLatch(0);
        private CompletableFuture<Void> gone = new CompletableFuture<>();

        private Script(int status, String contentType) {
            this.status = status;
            headers.put("Content-Type", contentType);
        }

        public Script header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Script send(String text) {
            return send(text.getBytes(StandardCharsets.UTF_8));
        }

        public Script send(byte[] bytes) {
            steps.add(out -> {
                out.write(bytes);
                out.flush();
            });
            return this;
        }

        /** Says nothing, not even headers, until the gate opens. */
        public Script silentUntil(CountDownLatch gate) {
            beforeHeaders = gate;
            return this;
        }

        /** Says nothing more until the gate opens. */
        public Script stallUntil(CountDownLatch gate) {
            steps.add(out -> pass(gate));
            return this;
        }

        /**
         * After the gate goes on writing comments until the client is seen to be gone.
         *
         * @param gone completed then, or when an earlier step finds the client gone already
         */
        public Script writeUntilGone(CountDownLatch gate, CompletableFuture<Void> gone) {
            this.gone = gone;
            steps.add(out -> {
                pass(gate);
                while (true) {
                    out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            });
            return this;
        }

        /** The connection breaks: no last chunk. */
        public Script cut() {
            steps.add(out -> {
                throw new IOException("cut, as the script says");
            });
            return this;
        }

        @Override
        public void play(HttpExchange exchange) throws IOException {
            pass(beforeHeaders);
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(status, 0);
            OutputStream out = exchange.getResponseBody();
            try {
                for (Step step : steps) {
                    step.take(out);
                }
            } catch (IOException e) {
                gone.complete(null);
                throw e;
            }
        }

        private static void pass(CountDownLatch gate) throws IOException {
            try {
                if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("the gate stayed shut");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** A stream of server-sent events, still without any. */
    public static Script events() {
        return new Script(200, "text/event-stream; charset=utf-8");
    }

    /** A stream of JSON lines, still without any. */
    public static Script jsonLines() {
        return new Script(200, "application/x-ndjson");
    }

    /** A whole answer with a status, as JSON if {@code body} looks like it. */
    public static Script error(int status, String body) {
        return new Script(status, body.startsWith("{") ? "application/json" : "text/plain").send(body);
    }

    /** An answer of another content type. */
    public static Script of(int status, String contentType, String body) {
        return new Script(status, contentType).send(body);
    }

    /** Anthropic's reply in those pieces. */
    public static Script anthropic(String... pieces) {
        Script script = events().send(event(
                "message_start",
                "{\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"content\":[],"
                        + "\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}}"));
        for (String piece : pieces) {
            script.send(event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                            + quoted(piece) + "}}"));
        }
        return script.send(event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"usage\":{\"output_tokens\":" + pieces.length + "}}"))
                .send(event("message_stop", "{\"type\":\"message_stop\"}"));
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    /** An OpenAI-compatible reply in those pieces. */
    public static Script openAi(String... pieces) {
        Script script = events();
        for (String piece : pieces) {
            script.send("data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                    + quoted(piece) + "},\"finish_reason\":null}]}\n\n");
        }
        return script.send("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
                .send("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":" + pieces.length
                        + "}}\n\n")
                .send("data: [DONE]\n\n");
    }

    /** Ollama's reply in those pieces. */
    public static Script ollama(String... pieces) {
        Script script = jsonLines();
        for (String piece : pieces) {
            script.send("{\"message\":{\"role\":\"assistant\",\"content\":" + quoted(piece) + "},\"done\":false}\n");
        }
        return script.send("{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
                + "\"done_reason\":\"stop\",\"prompt_eval_count\":10,\"eval_count\":" + pieces.length + "}\n");
    }

    /** Ollama's answer to {@code GET /api/tags}. */
    public static Script ollamaTags(String... names) {
        List<String> models = Arrays.stream(names)
                .map(name -> "{\"name\":" + quoted(name) + ",\"size\":1}")
                .toList();
        return of(200, "application/json", "{\"models\":[" + String.join(",", models) + "]}");
    }

    private static String quoted(String text) {
        return new JsonPrimitive(text).toString();
    }
}
