package dev.holdfast.it.chaos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenAI-compatible provider that never says the same twice: each call's text begins with the call's number. It sends in
 * pieces of any length with pauses of any length, breaks off in some calls and refuses others. Remembers what it meant to
 * send. Thread-safe.
 */
final class UnreliableProvider implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("^#(\\d+) ");
    private static final int THREADS = 4;
    private static final long MORE_THAN_IS_SENT = 1 << 24;

    /** One call that was answered with something. */
    static final class Call {
        final int number;
        /** The person's message that it was to answer, without its secrets. */
        final String asked;
        /** All that it would say if nothing came between. */
        final String text;

        private final boolean breaks;
        private final Queue<String> pieces = new ArrayDeque<>();
        private final Random random;
        private volatile boolean whole;

        private Call(int number, String asked, Random random) {
            this.number = number;
            this.asked = asked;
            this.random = random;
            this.text = "#" + number + " " + Words.text(random, 3 + random.nextInt(120), 60);
            this.breaks = random.nextInt(12) == 0;
            // A call breaks off between two words: half a key is none, and would be kept.
            int end = breaks ? text.lastIndexOf(' ', random.nextInt(text.length())) : text.length();
            for (int at = 0; at < end; ) {
                int next = Math.min(end, at + 1 + random.nextInt(14));
                pieces.add(text.substring(at, next));
                at = next;
            }
        }

        /** Whether it is one that breaks off. */
        boolean breaks() {
            return breaks;
        }

        /** Whether it came to its end, and said so. */
        boolean whole() {
            return whole;
        }
    }

    private final Random random;
    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final Map<Integer, Call> calls = new ConcurrentHashMap<>();
    private int asked;

    UnreliableProvider(Random random) {
        this.random = random;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::begin);
        server.start();
    }

    /** For {@code model.base-url}. */
    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The call that a reply's text comes from, by the number at its beginning; empty if not even that has come. */
    Optional<Call> callOf(String reply) {
        Matcher matcher = NUMBER.matcher(reply);
        return matcher.find() ? Optional.ofNullable(calls.get(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    private void begin(HttpExchange exchange) throws IOException {
        JsonObject body;
        try (InputStream in = exchange.getRequestBody()) {
            body = JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
        Optional<Call> call = next(lastOf(body.getAsJsonArray("messages")));
        if (call.isEmpty()) {
            refuse(exchange);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, call.get().breaks ? MORE_THAN_IS_SENT : 0);
        goOn(call.get(), exchange);
    }

    private static String lastOf(JsonArray messages) {
        JsonObject last = messages.get(messages.size() - 1).getAsJsonObject();
        return Secrets.unnumbered(last.get("content").getAsString());
    }

    private synchronized Optional<Call> next(String question) {
        if (random.nextInt(12) == 0) {
            return Optional.empty();
        }
        Call call = new Call(++asked, question, new Random(random.nextLong()));
        calls.put(call.number, call);
        return Optional.of(call);
    }

    private synchronized void refuse(HttpExchange exchange) throws IOException {
        byte[] body = "{\"error\":{\"message\":\"Overloaded\"}}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(random.nextBoolean() ? 529 : 500, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The exchange stays open between the pieces, without a thread. */
    private void goOn(Call call, HttpExchange exchange) {
        try {
            if (!call.pieces.isEmpty()) {
                send(exchange, "{\"choices\":[{\"delta\":{\"content\":\"" + escaped(call.pieces.remove()) + "\"}}]}");
                threads.schedule(() -> goOn(call, exchange), pause(call), TimeUnit.MILLISECONDS);
                return;
            }
            if (!call.breaks) {
                call.whole = true; // before it is said: the server may be done before this line is
                send(exchange, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
                send(exchange, "[DONE]");
            }
        } catch (IOException e) {
            // The server was killed.
        }
        exchange.close();
    }

    private static int pause(Call call) {
        return call.random.nextInt(3) == 0 ? 0 : call.random.nextInt(60);
    }

    private static void send(HttpExchange exchange, String data) throws IOException {
        exchange.getResponseBody().write(("data: " + data + "\n\n").getBytes(StandardCharsets.US_ASCII));
        exchange.getResponseBody().flush();
    }

    /** Half a surrogate pair survives this way. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        return escaped.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
