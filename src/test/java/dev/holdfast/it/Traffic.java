package dev.holdfast.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a browser sent and got over the wire, as it says itself in its performance log.
 *
 * @param requests the addresses it asked for, in order; one that was redirected counts for each step
 * @param bytes what came, headers included, as it was on the wire; of answers that go on, what has come so far
 */
record Traffic(List<URI> requests, long bytes) {
    /** @param log messages of the log, each a JSON object around an event of Chromium's Network domain */
    static Traffic read(List<String> log) {
        List<URI> requests = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        long bytes = 0;
        for (String line : log) {
            JsonObject event = JsonParser.parseString(line).getAsJsonObject().getAsJsonObject("message");
            JsonObject params = event.getAsJsonObject("params");
            switch (event.get("method").getAsString()) {
                case "Network.requestWillBeSent" -> {
                    String url = params.getAsJsonObject("request").get("url").getAsString();
                    if (url.startsWith("http")) {
                        requests.add(URI.create(url));
                        ids.add(params.get("requestId").getAsString());
                    }
                }
                case "Network.loadingFinished" -> {
                    if (ids.contains(params.get("requestId").getAsString())) {
                        bytes += params.get("encodedDataLength").getAsLong();
                    }
                }
                default -> {}
            }
        }
        return new Traffic(List.copyOf(requests), bytes);
    }

    /** Everybody that was asked for something, as host and port. */
    Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        requests.forEach(url -> hosts.add(url.getAuthority()));
        return hosts;
    }
}
