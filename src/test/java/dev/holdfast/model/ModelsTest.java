package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
    private final ProviderDouble provider = new ProviderDouble();
    private final ManualTimer timer = new ManualTimer();
    private final HeardReply heard = new HeardReply();
    private final Map<Option, String> flags = new EnumMap<>(Option.class);
    private URI localOllama;

    private final ChatModel builtIn = new ChatModel() {
        @Override
        public String name() {
            return "stand-in";
        }

        @Override
        public boolean offline() {
            return true;
        }

        @Override
        public ModelCall ask(ModelRequest request, ModelListener listener) {
            listener.piece(0, Block.Kind.TEXT, "from the stand-in");
            listener.completed(Stop.COMPLETE, Usage.NONE);
            return () -> {};
        }
    };

    @BeforeEach
    void closeAPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            localOllama = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private ChatModel choose(Map<String, String> environment) {
        return choose(environment, Wire.threads());
    }

    private ChatModel choose(Map<String, String> environment, Executor executor) {
        return new Models(Settings.of(flags, Map.of()), environment, executor, timer, () -> 0, localOllama)
                .choose(builtIn);
    }

    private String refusal(Map<String, String> environment) {
        return assertThrows(SettingsException.class, () -> choose(environment)).getMessage();
    }

    private void answers(ChatModel model) throws Exception {
        model.ask(Wire.ask("Hi"), heard);
        heard.completed();
    }

    @Test
    void anthropicKeyInTheEnvironmentChoosesAnthropic() {
        assertEquals(
                "claude-sonnet-4-5",
                choose(Map.of("ANTHROPIC_API_KEY", "k", "OPENAI_API_KEY", "k")).name());
    }

    @Test
    void openAiKeyInTheEnvironmentChoosesOpenAi() {
        assertEquals(
                "gpt-5-mini",
                choose(Map.of("ANTHROPIC_API_KEY", " ", "OPENAI_API_KEY", "k")).name());
    }

    @Test
    void modelNameReplacesTheDefault() {
        flags.put(Option.MODEL_NAME, "claude-haiku-4-5");
        assertEquals(
                "claude-haiku-4-5", choose(Map.of("ANTHROPIC_API_KEY", "k")).name());
    }

    @Test
    void anotherModelOfTheSameProviderIsAskedByItsName() throws Exception {
        flags.put(Option.MODEL_PROVIDER, "openai");
        flags.put(Option.MODEL_BASE_URL, provider.base().toString());
        flags.put(Option.MODEL_NAME, "dear");
        provider.answer("/v1/chat/completions", ProviderDouble.openAi("Hi"));
        Models models = new Models(Settings.of(flags, Map.of()), Map.of(), Wire.threads(), timer, () -> 0, localOllama);
        answers(models.named("cheap").choose(builtIn));
        assertEquals("cheap", provider.requests().get(0).body().get("model").getAsString());
        assertEquals("dear", models.choose(builtIn).name());
    }

    @Test
    void ollamaOnThisMachineIsFoundInTheBackground() throws Exception {
        localOllama = provider.base();
        provider.answer("/api/tags", ProviderDouble.ollamaTags("mistral:7b", "llama3.2"));
        provider.answer("/api/chat", ProviderDouble.ollama("from Ollama"));
        ChatModel model = choose(Map.of());
        answers(model);
        assertEquals("from Ollama", heard.text());
        assertEquals("mistral:7b", model.name());
        assertEquals(
                "mistral:7b", provider.requests().get(1).body().get("model").getAsString());
    }

    @Test
    void modelNameIsAskedOfTheOllamaThatWasFound() throws Exception {
        localOllama = provider.base();
        flags.put(Option.MODEL_NAME, "llama3.2");
        provider.answer("/api/tags", ProviderDouble.ollamaTags("mistral:7b", "llama3.2"));
        provider.answer("/api/chat", ProviderDouble.ollama("from Ollama"));
        ChatModel model = choose(Map.of());
        answers(model);
        assertEquals("llama3.2", model.name());
    }

    @Test
    void withoutKeyAndOllamaTheBuiltInModelAnswers() throws Exception {
        ChatModel model = choose(Map.of());
        assertEquals("stand-in", model.name());
        assertTrue(model.offline());
        answers(model);
        assertEquals("from the stand-in", heard.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"models\":[]}", "{\"models\":null}", "[]", "not json", ""})
    void serverThatListsNoModelIsNoOllama(String tags) throws Exception {
        localOllama = provider.base();
        provider.answer("/api/tags", ProviderDouble.of(200, "application/json", tags));
        answers(choose(Map.of()));
        assertEquals("from the stand-in", heard.text());
    }

    @Test
    void slowServerIsWaitedForNoLongerThanTheProbe() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        localOllama = provider.base();
        provider.answer("/api/tags", ProviderDouble.ollamaTags("late").silentUntil(gate));
        ChatModel model = choose(Map.of());
        model.ask(Wire.ask("Hi"), heard);
        timer.advance(Duration.ofMillis(300));
        heard.completed();
        assertEquals("from the stand-in", heard.text());
        gate.countDown();
        assertEquals("stand-in", model.name());
    }

    @Test
    void executorThatIsTooBusyToSearchHoldsNoCallUp() throws Exception {
        ChatModel model = choose(Map.of(), task -> {});
        model.ask(Wire.ask("Hi"), heard);
        assertFalse(heard.ended());
        timer.advance(Duration.ofMillis(300));
        heard.completed();
    }

    @Test
    void callCancelledDuringTheSearchIsNeverMade() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        localOllama = provider.base();
        provider.answer("/api/tags", ProviderDouble.ollamaTags("late").silentUntil(gate));
        choose(Map.of()).ask(Wire.ask("Hi"), heard).cancel();
        timer.advance(Duration.ofMillis(300));
        gate.countDown();
        assertFalse(heard.ended());
        assertEquals("", heard.text());
    }

    @Test
    void namedProvidersAreTakenAtTheirWord() {
        flags.put(Option.MODEL_PROVIDER, "built-in");
        assertSame(builtIn, choose(Map.of("ANTHROPIC_API_KEY", "k")));
        flags.put(Option.MODEL_PROVIDER, "openai");
        assertEquals(
                "gpt-5-mini",
                choose(Map.of("ANTHROPIC_API_KEY", "k", "OPENAI_API_KEY", "k")).name());
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, '', /v1/messages",
        "anthropic, /, /v1/messages",
        "anthropic, /v1/, /v1/messages",
        "anthropic, /gateway, /gateway/v1/messages",
        "openai, '', /v1/chat/completions",
        "openai, /, /v1/chat/completions",
        "openai, /v1, /v1/chat/completions",
        "openai, /api/v1//, /api/v1/chat/completions",
        "openai, /v1beta/openai/, /v1beta/openai/chat/completions",
        "ollama, '', /api/chat",
        "ollama, /api/, /api/chat",
        "ollama, /v1, /api/chat",
        "ollama, /behind/proxy, /behind/proxy/api/chat"
    })
    void baseUrlLeadsToTheDocumentedPath(String name, String path, String asked) throws Exception {
        flags.put(Option.MODEL_PROVIDER, name);
        flags.put(Option.MODEL_BASE_URL, provider.base() + path);
        flags.put(Option.MODEL_KEY, "k");
        flags.put(Option.MODEL_NAME, "m");
        provider.answer(
                asked,
                switch (name) {
                    case "anthropic" -> ProviderDouble.anthropic("yes");
                    case "openai" -> ProviderDouble.openAi("yes");
                    default -> ProviderDouble.ollama("yes");
                });
        answers(choose(Map.of()));
        assertEquals(asked, provider.requests().get(0).path());
    }

    @Test
    void serverWithoutKeyIsSentNone() throws Exception {
        flags.put(Option.MODEL_PROVIDER, "openai");
        flags.put(Option.MODEL_BASE_URL, provider.base().toString());
        provider.answer("/v1/chat/completions", ProviderDouble.openAi("yes"));
        answers(choose(Map.of()));
        assertFalse(provider.requests().get(0).headers().containsKey("authorization"));
    }

    @Test
    void serverThatWantsAKeyIsSaidToWantOne() throws Exception {
        flags.put(Option.MODEL_PROVIDER, "openai");
        flags.put(Option.MODEL_BASE_URL, provider.base().toString());
        provider.answer("/v1/chat/completions", ProviderDouble.error(401, "{\"error\":\"Unauthorized\"}"));
        choose(Map.of()).ask(Wire.ask("Hi"), heard);
        assertEquals(
                "The server at 127.0.0.1:" + provider.base().getPort() + " asks for a key. Set model.key.",
                heard.failed(ModelFailure.Kind.WRONG_KEY).sentence());
    }

    @Test
    void keyInTheSettingsBeatsTheEnvironment() throws Exception {
        flags.put(Option.MODEL_PROVIDER, "anthropic");
        flags.put(Option.MODEL_BASE_URL, provider.base().toString());
        flags.put(Option.MODEL_KEY, "from-settings");
        provider.answer("/v1/messages", ProviderDouble.anthropic("yes"));
        answers(choose(Map.of("ANTHROPIC_API_KEY", "from-environment")));
        assertEquals("from-settings", provider.requests().get(0).headers().get("x-api-key"));
    }

    @Test
    void ollamaWithoutANameTakesTheFirstListedAsSoonAsThereIsOne() throws Exception {
        flags.put(Option.MODEL_PROVIDER, "ollama");
        flags.put(Option.MODEL_BASE_URL, provider.base().toString());
        provider.answer("/api/tags", ProviderDouble.ollamaTags());
        provider.answer("/api/chat", ProviderDouble.error(404, "{\"error\":\"model 'llama3.2' not found\"}"));
        ChatModel model = choose(Map.of());
        model.ask(Wire.ask("Hi"), heard);
        assertEquals(
                "Ollama does not know the model “llama3.2”. Fetch it with: ollama pull llama3.2",
                heard.failed(ModelFailure.Kind.UNKNOWN_MODEL).sentence());
        provider.answer("/api/tags", ProviderDouble.ollamaTags("qwen3"));
        provider.answer("/api/chat", ProviderDouble.ollama("yes"));
        HeardReply second = new HeardReply();
        model.ask(Wire.ask("Hi"), second);
        second.completed();
        assertEquals("qwen3", model.name());
    }

    @Test
    void contradictionsAreRefusedWithASentence() {
        flags.put(Option.MODEL_PROVIDER, "anthropic");
        assertEquals(
                "model.provider is anthropic, but there is no key. Set ANTHROPIC_API_KEY or model.key.",
                refusal(Map.of("OPENAI_API_KEY", "k")));
        flags.put(Option.MODEL_PROVIDER, "openai");
        assertEquals(
                "model.provider is openai, but there is neither a key nor another server."
                        + " Set OPENAI_API_KEY or model.key, or model.base-url.",
                refusal(Map.of("ANTHROPIC_API_KEY", "k")));
        flags.put(Option.MODEL_PROVIDER, "claude");
        assertEquals("model.provider is anthropic, openai, ollama, built-in or auto, not “claude”.", refusal(Map.of()));
    }

    @Test
    void keyOrAddressOfNobodyIsRefused() {
        flags.put(Option.MODEL_KEY, "sk-nobodys");
        String sentence = refusal(Map.of());
        assertEquals(
                "model.key is set, but not whose it is. Set model.provider to anthropic, openai or ollama.", sentence);
        flags.put(Option.MODEL_BASE_URL, "http://localhost:8000");
        assertTrue(refusal(Map.of("OPENAI_API_KEY", "k")).startsWith("model.base-url is set"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8000",
                "ftp://localhost",
                "http://",
                "http://user:hunter2@host",
                "http://host?x=hunter2",
                "http://host#hunter2",
                "http://ho st/hunter2",
                "http://host:70000"
            })
    void baseUrlThatIsNoneIsRefusedWithoutBeingQuoted(String url) {
        flags.put(Option.MODEL_PROVIDER, "openai");
        flags.put(Option.MODEL_BASE_URL, url);
        assertEquals(
                "model.base-url is an address such as http://localhost:8000/v1: http or https, a host, no user, no ?,"
                        + " no #.",
                refusal(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-two words", "sk-line\nbreak", "sk-ümlaut"})
    void keyThatCannotStandInAHeaderIsRefusedWithoutBeingQuoted(String key) {
        String sentence = refusal(Map.of("ANTHROPIC_API_KEY", key));
        assertEquals(
                "The API key has a blank or another sign inside that no key has. Check model.key or ANTHROPIC_API_KEY.",
                sentence);
    }

    @Test
    void refusedConnectionIsRetriedAndThenNamed() throws Exception {
        flags.put(Option.MODEL_PROVIDER, "openai");
        flags.put(Option.MODEL_BASE_URL, localOllama.toString());
        choose(Map.of()).ask(Wire.ask("Hi"), heard);
        while (!heard.ended()) {
            if (timer.waiting().stream().anyMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0)) {
                timer.advance(Duration.ofSeconds(1));
            }
            Thread.onSpinWait();
        }
        assertEquals(
                "Nothing answers at 127.0.0.1:" + localOllama.getPort()
                        + ". Is the server running, and is model.base-url right?",
                heard.failed(ModelFailure.Kind.UNREACHABLE).sentence());
    }
}
