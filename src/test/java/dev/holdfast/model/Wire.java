package dev.holdfast.model;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The three formats side by side, for tests of what they share. */
enum Wire {
    ANTHROPIC("/v1/messages", "anthropic-basic.sse", new Usage(25, 15, 1800, 4), "message_stop"),
    OPENAI("/v1/chat/completions", "openai-basic.sse", new Usage(86, 300, 1920, 0), "[DONE]"),
    OLLAMA("/api/chat", "ollama-basic.ndjson", new Usage(26, 282, 0, 0), "\"done\":true");

    static final String KEY = "sk-test-0123456789";
    static final Duration SILENCE = Duration.ofMinutes(2);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "wire-test");
        thread.setDaemon(true);
        return thread;
    });

    final String path;
    final String recorded;
    final Usage usage;
    final String lastEvent;

    Wire(String path, String recorded, Usage usage, String lastEvent) {
        this.path = path;
        this.recorded = recorded;
        this.usage = usage;
        this.lastEvent = lastEvent;
    }

    /** What every recorded basic reply says. */
    static final String SAID = "Grüße, 世界 🎈";

    static String recorded(String name) {
        try (InputStream in = Wire.class.getResourceAsStream("/model/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProviderDouble.Script script() {
        return this == OLLAMA ? ProviderDouble.jsonLines() : ProviderDouble.events();
    }

    WireFormat format(URI base) {
        Failures failures = new Failures(
                "The provider",
                base.getHost() + ":" + base.getPort(),
                "some-model",
                "does not accept the key.",
                "Check model.name.");
        return switch (this) {
            case ANTHROPIC ->
                new AnthropicFormat(new Endpoint(URI.create(base + "/v1"), Map.of("x-api-key", KEY)), failures);
            case OPENAI ->
                new OpenAiFormat(
                        new Endpoint(URI.create(base + "/v1"), Map.of("Authorization", "Bearer " + KEY)), failures);
            case OLLAMA -> new OllamaFormat(new Endpoint(base, Map.of("Authorization", "Bearer " + KEY)), failures);
        };
    }

    /** The bare adapter, without retries. */
    ChatModel model(URI base, ScheduledExecutorService timer) {
        return new StreamingModel(client(timer), format(base));
    }

    static ProviderClient client(ScheduledExecutorService timer) {
        return new ProviderClient(THREADS, timer, Duration.ofSeconds(10), SILENCE);
    }

    static ExecutorService threads() {
        return THREADS;
    }

    static ModelRequest ask(String text) {
        return new ModelRequest(Optional.empty(), List.of(user(text)), 100);
    }

    static Message user(String text) {
        return Message.user("m1", Optional.empty(), text, Instant.EPOCH, Optional.empty());
    }
}
