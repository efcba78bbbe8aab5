package dev.holdfast.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy before a server: it passes everything on, piece by piece, and answers messages that are sent with a status and a
 * page of its own while it is told to. Safe for use by several threads.
 */
final class Front implements AutoCloseable {
    /** Of one connection, or not for a client to set. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade", "http2-settings");

    private final URI server;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Optional<Integer> refusal = Optional.empty();
    private volatile boolean telling;

    private Front(URI server, HttpServer http) {
        this.server = server;
        this.http = http;
    }

    static Front of(URI server) {
        try {
            Front front =
                    new Front(server, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            front.http.setExecutor(front.threads);
            front.http.createContext("/", front::answer);
            front.http.start();
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
    }

    /** From now on messages do not reach the server. */
    void refuse(int status) {
        telling = false;
        refusal = Optional.of(status);
    }

    /** From now on messages reach the server, and its answers get lost: what comes back is the status. */
    void refuseAfterwards(int status) {
        telling = true;
        refusal = Optional.of(status);
    }

    void passAll() {
        refusal = Optional.empty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Integer> status = isMessage(exchange) ? refusal : Optional.empty();
            if (status.isPresent()) {
                if (telling) {
                    ask(exchange).body().close();
                }
                refuse(exchange, status.get());
            } else {
                pass(ask(exchange), exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isMessage(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().matches("/c(/[^/]+/messages)?");
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        byte[] page = ("<html><body><h1>" + status + "</h1><hr>a proxy</body></html>").getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
    }

    private HttpResponse<InputStream> ask(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static void pass(HttpResponse<InputStream> answer, HttpExchange exchange) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (isPassedOn(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        long length = answer.headers().firstValueAsLong("content-length").orElse(0);
        boolean bodiless =
                exchange.getRequestMethod().equals("HEAD") || answer.statusCode() == 204 || answer.statusCode() == 304;
        exchange.sendResponseHeaders(answer.statusCode(), bodiless ? -1 : length);
        try (InputStream in = answer.body();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private static boolean isPassedOn(String name) {
        return !NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
