package dev.holdfast.model;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Chooses the model by the settings.
 *
 * <table>
 *   <caption>Providers</caption>
 *   <tr><th>{@code model.provider}</th><th>base URL</th><th>model, unless {@code model.name} says so</th></tr>
 *   <tr><td>{@code anthropic}</td><td>{@code /v1} is added unless it ends so</td>
 *       <td>{@value #ANTHROPIC_MODEL}</td></tr>
 *   <tr><td>{@code openai}</td><td>{@code /v1} is added if it has no path</td><td>{@value #OPENAI_MODEL}</td></tr>
 *   <tr><td>{@code ollama}</td><td>{@code /api} or {@code /v1} at its end is dropped</td><td>the first that it
 *       lists; {@value #OLLAMA_MODEL} while it lists none</td></tr>
 *   <tr><td>{@code built-in}</td><td>none</td><td>its own</td></tr>
 * </table>
 *
 * <p>{@code auto} takes the first of: Anthropic if {@code ANTHROPIC_API_KEY} is set, OpenAI if {@code OPENAI_API_KEY}
 * is set, an Ollama that answers on this machine within 300 ms of the start, the built-in model. It decides once. The
 * search for an Ollama runs in the background; start-up does not wait for it.
 *
 * <p>Every provider's model is a {@link RetryingModel}.
 */
public final class Models {
    /** Asked of Anthropic if nothing else is set. */
    public static final String ANTHROPIC_MODEL = "claude-sonnet-4-5";
    /** Asked of OpenAI, and of compatible servers, if nothing else is set. */
    public static final String OPENAI_MODEL = "gpt-5-mini";
    /** Asked of an Ollama that lists no model: its answer tells how to fetch one. */
    public static final String OLLAMA_MODEL = "llama3.2";

    static final String OPENAI_HOST = "api.openai.com";
    private static final String ANTHROPIC_KEY = "ANTHROPIC_API_KEY";
    private static final String OPENAI_KEY = "OPENAI_API_KEY";
    private static final URI ANTHROPIC = URI.create("https://api.anthropic.com");
    private static final URI OPENAI = URI.create("https://" + OPENAI_HOST);
    private static final URI OLLAMA = URI.create("http://localhost:11434");
    private static final Duration PROBE = Duration.ofMillis(300);

    private final Settings settings;
    private final Map<String, String> environment;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final URI localOllama;
    private final ProviderClient client;
    private final Optional<String> name;

    /**
     * @param environment the process's
     * @param executor runs the calls' work in small pieces, and for at most 300 ms the search for an Ollama; not a
     *     single thread that waits for something else
     * @param timer watches for silence and times retries
     * @param random thread-safe
     */
    public Models(
            Settings settings,
            Map<String, String> environment,
            Executor executor,
            ScheduledExecutorService timer,
            RandomGenerator random) {
        this(settings, environment, executor, timer, random, OLLAMA);
    }

    /** @param localOllama where {@code auto} and {@code ollama} look without a base URL */
    Models(
            Settings settings,
            Map<String, String> environment,
            Executor executor,
            ScheduledExecutorService timer,
            RandomGenerator random,
            URI localOllama) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.executor = executor;
        this.timer = timer;
        this.random = random;
        this.localOllama = localOllama;
        this.client = new ProviderClient(
                executor,
                timer,
                settings.duration(Option.MODEL_CONNECT_TIMEOUT),
                settings.duration(Option.MODEL_SILENCE));
        this.name = settings.text(Option.MODEL_NAME);
    }

    private Models(Models other, String name) {
        this.settings = other.settings;
        this.environment = other.environment;
        this.executor = other.executor;
        this.timer = other.timer;
        this.random = other.random;
        this.localOllama = other.localOllama;
        this.client = other.client;
        this.name = Optional.of(name);
    }

    /** The same, but that the provider's model {@code name} is asked whatever {@code model.name} says. */
    public Models named(String name) {
        return new Models(this, name);
    }

    /**
     * The model that the settings name.
     *
     * @param builtIn used if they name it, or nothing else is found
     * @throws SettingsException if they contradict each other
     */
    public ChatModel choose(ChatModel builtIn) {
        String provider = settings.required(Option.MODEL_PROVIDER);
        return switch (provider) {
            case "anthropic" -> anthropic();
            case "openai" -> openAi();
            case "ollama" -> ollama();
            case "built-in" -> builtIn;
            case "auto" -> auto(builtIn);
            default ->
                throw new SettingsException(
                        "model.provider is anthropic, openai, ollama, built-in or auto, not “" + provider + "”.");
        };
    }

    private ChatModel auto(ChatModel builtIn) {
        for (Option option : new Option[] {Option.MODEL_BASE_URL, Option.MODEL_KEY}) {
            if (settings.text(option).isPresent()) {
                throw new SettingsException(option.key()
                        + " is set, but not whose it is. Set model.provider to anthropic, openai or ollama.");
            }
        }
        if (key(ANTHROPIC_KEY).isPresent()) {
            return anthropic();
        }
        if (key(OPENAI_KEY).isPresent()) {
            return openAi();
        }
        CompletableFuture<Optional<ChatModel>> once = listed(localOllama, PROBE);
        // However slow the answer or busy the executor: calls are not held up for longer.
        timer.schedule(() -> once.complete(Optional.empty()), PROBE.toMillis(), TimeUnit.MILLISECONDS);
        return new LateModel(builtIn, () -> once);
    }

    private ChatModel anthropic() {
        String key = key(ANTHROPIC_KEY)
                .orElseThrow(() -> new SettingsException(
                        "model.provider is anthropic, but there is no key. Set ANTHROPIC_API_KEY or model.key."));
        URI base = base().orElse(ANTHROPIC);
        URI versioned = base.getPath().endsWith("/v1") ? base : URI.create(base + "/v1");
        Endpoint endpoint = new Endpoint(versioned, Map.of("x-api-key", key));
        Failures failures = new Failures(
                "Anthropic",
                endpoint.address(),
                name.orElse(ANTHROPIC_MODEL),
                "does not accept the key. Check model.key or ANTHROPIC_API_KEY.",
                "Check model.name.");
        return retrying(new AnthropicFormat(endpoint, failures));
    }

    private ChatModel openAi() {
        Optional<String> key = key(OPENAI_KEY);
        if (key.isEmpty() && base().isEmpty()) {
            throw new SettingsException("model.provider is openai, but there is neither a key nor another server."
                    + " Set OPENAI_API_KEY or model.key, or model.base-url.");
        }
        URI base = base().orElse(OPENAI);
        URI versioned = base.getPath().isEmpty() ? URI.create(base + "/v1") : base;
        Endpoint endpoint = new Endpoint(versioned, bearer(key));
        Failures failures = new Failures(
                endpoint.isAt(OPENAI_HOST) ? "OpenAI" : "The server at " + endpoint.address(),
                endpoint.address(),
                name.orElse(OPENAI_MODEL),
                key.isPresent()
                        ? "does not accept the key. Check model.key or OPENAI_API_KEY."
                        : "asks for a key. Set model.key.",
                "Check model.name.");
        return retrying(new OpenAiFormat(endpoint, failures));
    }

    private ChatModel ollama() {
        URI base = base().map(uri -> URI.create(uri.toString().replaceFirst("/(api|v1)$", "")))
                .orElse(localOllama);
        if (name.isPresent()) {
            return ollama(base, name.get());
        }
        Duration patience = settings.duration(Option.MODEL_CONNECT_TIMEOUT);
        return new LateModel(ollama(base, OLLAMA_MODEL), () -> listed(base, patience));
    }

    private ChatModel ollama(URI base, String name) {
        Optional<String> key = key("");
        Endpoint endpoint = new Endpoint(base, bearer(key));
        Failures failures = new Failures(
                "Ollama",
                endpoint.address(),
                name,
                key.isPresent() ? "does not accept the key. Check model.key." : "asks for a key. Set model.key.",
                "Fetch it with: ollama pull " + name);
        return retrying(new OllamaFormat(endpoint, failures));
    }

    private CompletableFuture<Optional<ChatModel>> listed(URI base, Duration timeout) {
        return CompletableFuture.supplyAsync(() -> new OllamaTags(base, timeout).first(), executor)
                .thenApply(listed -> listed.map(first -> ollama(base, name.orElse(first))));
    }

    private ChatModel retrying(WireFormat format) {
        return new RetryingModel(new StreamingModel(client, format), timer, random);
    }

    private Optional<URI> base() {
        return settings.text(Option.MODEL_BASE_URL).map(Endpoint::parse);
    }

    /**
     * @param variable where the key is if the settings have none; "" for nowhere
     * @throws SettingsException if the key cannot stand in a header
     */
    private Optional<String> key(String variable) {
        Optional<String> key = settings.text(Option.MODEL_KEY)
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (key.isPresent() && !key.get().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new SettingsException(
                    "The API key has a blank or another sign inside that no key has. Check model.key" + or(variable)
                            + ".");
        }
        return key;
    }

    private static String or(String variable) {
        return variable.isEmpty() ? "" : " or " + variable;
    }

    private static Map<String, String> bearer(Optional<String> key) {
        return key.map(it -> Map.of("Authorization", "Bearer " + it)).orElse(Map.of());
    }
}
