package dev.holdfast.model;

import com.google.gson.JsonObject;
import dev.holdfast.config.SettingsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.Map;

/**
 * Where a provider listens and the header that carries the key. Immutable. Prints without the key.
 *
 * <p>A base URL as people write it: with or without a slash at the end, with or without the API's version. See {@link
 * Models} for what each provider adds.
 */
final class Endpoint {
    private final URI base;
    private final Map<String, String> headers;

    /** @param base without a slash at the end */
    Endpoint(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /**
     * Checks a base URL and takes the slashes off its end.
     *
     * @throws SettingsException if it is no http or https URL with a host, or carries a user, a query or a fragment;
     *     the sentence does not quote it, since people put passwords there
     */
    static URI parse(String text) {
        try {
            URI uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getPort() <= 65535
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The same sentence; the exception's would quote the text.
        }
        throw new SettingsException(
                "model.base-url is an address such as http://localhost:8000/v1: http or https, a host, no user, no ?,"
                        + " no #.");
    }

    /** A POST of {@code body}, headers set. */
    HttpRequest.Builder post(String path, JsonObject body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        return request;
    }

    boolean isAt(String host) {
        return base.getHost().equalsIgnoreCase(host);
    }

    /** {@code host:port}, the port also where the URL leaves it out. */
    String address() {
        int port = base.getPort() >= 0 ? base.getPort() : base.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return base.getHost() + ":" + port;
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
