package dev.holdfast.model;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks an Ollama which models it has: {@code GET /api/tags}, of which the first is taken.
 *
 * <p>Over {@link HttpURLConnection}, unlike everything else: it is asked at every start, where the shared client would
 * cost a sixth of a second for a port that is mostly closed.
 *
 * <p>Source: {@code docs/api.md} ("List Local Models") of github.com/ollama/ollama.
 */
final class OllamaTags {
    private static final int LONGEST_ANSWER = 1 << 20;

    private final URI base;
    private final int timeoutMillis;

    /** @param timeout for connecting, and again for each read */
    OllamaTags(URI base, Duration timeout) {
        this.base = base;
        this.timeoutMillis = (int) Math.max(1, timeout.toMillis());
    }

    /** The first model's name; empty if nothing answers there, or it has none. Blocks. */
    Optional<String> first() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(base + "/api/tags").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            if (connection.getResponseCode() != 200) {
                connection.disconnect();
                return Optional.empty();
            }
            try (InputStream in = connection.getInputStream()) {
                JsonObject tags = Json.object(new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
                String name = Json.text(Json.first(tags, "models"), "name");
                return name.isEmpty() ? Optional.empty() : Optional.of(name);
            }
        } catch (IOException | MalformedReplyException e) {
            return Optional.empty();
        }
    }
}
