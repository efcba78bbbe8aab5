package dev.holdfast.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.Cookie;

/** Somebody who talks to a running server over HTTP, with cookies of their own. Follows no redirects. */
public final class Visitor {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration REPLY = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final URI address;
    private final HttpClient client;

    /** @param address the server's front page, with a slash at the end */
    public Visitor(URI address) {
        this(
                address,
                HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .connectTimeout(ANSWER)
                        .build());
    }

    private Visitor(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    /** Whoever uses that browser: has the cookies that it has now. */
    static Visitor like(Browser browser, URI address) {
        CookieManager cookies = new CookieManager();
        for (Cookie held : browser.driver().manage().getCookies()) {
            HttpCookie cookie = new HttpCookie(held.getName(), held.getValue());
            cookie.setPath("/");
            cookie.setVersion(0);
            cookies.getCookieStore().add(address, cookie);
        }
        return new Visitor(
                address,
                HttpClient.newBuilder()
                        .cookieHandler(cookies)
                        .connectTimeout(ANSWER)
                        .build());
    }

    /** The same person, with the same cookies, at another address: the server came back on another port. */
    public Visitor at(URI address) {
        return new Visitor(address, client);
    }

    /** Asks for a page. */
    public HttpResponse<String> get(String path) {
        return send(request(path).header("Accept", "text/html").GET());
    }

    /** Asks as a program does. */
    public HttpResponse<String> getJson(String path) {
        return send(request(path).header("Accept", JSON).GET());
    }

    /** Sends a form as a program does, from the server's own origin. */
    public HttpResponse<String> postJson(String path, Map<String, String> form) {
        return post(path, JSON, form);
    }

    /** Sends a form as its page does. */
    HttpResponse<String> post(String path, Map<String, String> form) {
        return post(path, "text/html", form);
    }

    private HttpResponse<String> post(String path, String accept, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Accept", accept)
                .header("Origin", address.resolve("/").toString().replaceAll("/$", ""))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Begins a conversation with a message; the conversation's id. */
    public String begin(String text) {
        HttpResponse<String> answer = postJson("c", Map.of("text", text));
        if (answer.statusCode() != 201) {
            throw new AssertionError("POST c: " + answer.statusCode() + " " + answer.body());
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject().get("id").getAsString();
    }

    /** Waits until the newest reply of the conversation is complete. */
    public void awaitReply(String conversation) {
        HttpRequest request = request("c/" + conversation + "/events")
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        CompletableFuture<Boolean> done = client.sendAsync(request, BodyHandlers.ofLines())
                .thenApplyAsync(answer -> {
                    try (Stream<String> lines = answer.body()) {
                        return lines.anyMatch(line -> line.matches("event: ?done"));
                    }
                });
        try {
            if (!done.get(REPLY.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the event stream ended before the reply was complete");
            }
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("no complete reply within " + REPLY, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a reply", e);
        } finally {
            done.cancel(true);
        }
    }

    /** Opens an event stream, and leaves it at once. */
    void listen(String path) {
        HttpRequest request =
                request(path).header("Accept", "text/event-stream").GET().build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            if (answer.statusCode() != 200) {
                throw new AssertionError("GET " + path + ": " + answer.statusCode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while opening a stream", e);
        }
    }

    /** The conversation's newest messages, oldest first. */
    public JsonArray messages(String conversation) {
        HttpResponse<String> answer = getJson("c/" + conversation + "/messages");
        if (answer.statusCode() != 200) {
            throw new AssertionError("GET messages: " + answer.statusCode() + " " + answer.body());
        }
        JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
        return body.getAsJsonArray("messages");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an answer", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
