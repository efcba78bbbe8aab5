package dev.holdfast.model;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The one HTTP client that all adapters share. Thread-safe.
 *
 * <p>HTTP/1.1 only: each stream then has a connection of its own, so ending one closes it for good and disturbs no
 * other, and local servers are spared the upgrade to HTTP/2 that some of them trip over.
 */
final class ProviderClient {
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Duration connectTimeout;
    private final Duration silence;
    private HttpClient http;

    /**
     * @param executor runs what a call has to do; nothing there blocks
     * @param timer watches for silence
     * @param connectTimeout how long connecting may take
     * @param silence how long a provider may say nothing, before its headers and between any two bytes
     */
    ProviderClient(Executor executor, ScheduledExecutorService timer, Duration connectTimeout, Duration silence) {
        this.executor = executor;
        this.timer = timer;
        this.connectTimeout = connectTimeout;
        this.silence = silence;
    }

    /** Starts a call, on the executor: the first one makes the client, which takes a sixth of a second. */
    ModelCall start(WireFormat format, ModelRequest request, ModelListener listener) {
        StreamingCall call = new StreamingCall(format, listener, silence);
        HttpRequest http = format.request(format.body(request));
        executor.execute(() -> call.start(http(), timer, http));
        return call;
    }

    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(connectTimeout)
                    .executor(executor)
                    .build();
        }
        return http;
    }
}
