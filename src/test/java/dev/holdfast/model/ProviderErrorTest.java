package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.model.ModelFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented errors of each provider, over the wire, and the sentences that people get. */
class ProviderErrorTest {
    private static final String REFUSED_400 = "The provider refused the request (HTTP 400).";
    private static final String WRONG_KEY = "The provider does not accept the key.";
    private static final String UNKNOWN = "The provider does not know the model “some-model”. Check model.name.";
    private static final String TOO_LONG =
            "This conversation is too long for “some-model”. Begin a new one, or lower window.high.";
    private static final String BUSY = "The provider is overloaded or failed inside. Try again in a moment.";
    private static final String LIMITED = "The provider takes no more requests for now. Try again in a moment.";
    private static final String NO_CREDIT = "The provider says that the account has no credit left. Top it up there.";
    private static final String NO_CHAT = "The provider has no chat at this address. Check the path in model.base-url.";

    private final ProviderDouble provider = new ProviderDouble();
    private final HeardReply heard = new HeardReply();

    @AfterEach
    void close() {
        provider.close();
    }

    static Stream<Arguments> documented() {
        return Stream.of(
                // Anthropic: "Errors"
                anthropic(400, "invalid_request_error", "messages: roles must alternate", Kind.REFUSED, REFUSED_400),
                anthropic(
                        400,
                        "invalid_request_error",
                        "prompt is too long: 215345 tokens > 200000 maximum",
                        Kind.CONTEXT_TOO_LONG,
                        TOO_LONG),
                anthropic(
                        400,
                        "invalid_request_error",
                        "input length and `max_tokens` exceed context limit: 198000 + 4096 > 200000",
                        Kind.CONTEXT_TOO_LONG,
                        TOO_LONG),
                anthropic(
                        400,
                        "invalid_request_error",
                        "Your credit balance is too low to access the Anthropic API.",
                        Kind.REFUSED,
                        NO_CREDIT),
                anthropic(401, "authentication_error", "invalid x-api-key " + Wire.KEY, Kind.WRONG_KEY, WRONG_KEY),
                anthropic(403, "permission_error", "Your API key does not have permission", Kind.WRONG_KEY, WRONG_KEY),
                anthropic(404, "not_found_error", "model: some-model", Kind.UNKNOWN_MODEL, UNKNOWN),
                anthropic(
                        413, "request_too_large", "Request exceeds the maximum size", Kind.CONTEXT_TOO_LONG, TOO_LONG),
                anthropic(
                        429,
                        "rate_limit_error",
                        "Number of request tokens has exceeded your per-minute rate limit",
                        Kind.RATE_LIMITED,
                        LIMITED),
                anthropic(500, "api_error", "Internal server error", Kind.OVERLOADED, BUSY),
                anthropic(529, "overloaded_error", "Overloaded", Kind.OVERLOADED, BUSY),
                // OpenAI: "Error codes"
                openAi(
                        401,
                        "invalid_request_error",
                        "\"invalid_api_key\"",
                        "Incorrect API key provided: " + Wire.KEY,
                        Kind.WRONG_KEY,
                        WRONG_KEY),
                openAi(
                        404,
                        "invalid_request_error",
                        "\"model_not_found\"",
                        "The model `some-model` does not exist or you do not have access to it.",
                        Kind.UNKNOWN_MODEL,
                        UNKNOWN),
                openAi(
                        404,
                        "invalid_request_error",
                        "null",
                        "Invalid URL (POST /v2/chat/completions)",
                        Kind.REFUSED,
                        NO_CHAT),
                openAi(
                        400,
                        "invalid_request_error",
                        "\"context_length_exceeded\"",
                        "This model's maximum context length is 128000 tokens.",
                        Kind.CONTEXT_TOO_LONG,
                        TOO_LONG),
                openAi(
                        400,
                        "invalid_request_error",
                        "\"unsupported_parameter\"",
                        "Unsupported parameter: 'max_tokens'",
                        Kind.REFUSED,
                        REFUSED_400),
                openAi(
                        429,
                        "requests",
                        "\"rate_limit_exceeded\"",
                        "Rate limit reached for gpt-5-mini",
                        Kind.RATE_LIMITED,
                        LIMITED),
                openAi(
                        429,
                        "insufficient_quota",
                        "\"insufficient_quota\"",
                        "You exceeded your current quota",
                        Kind.REFUSED,
                        NO_CREDIT),
                openAi(500, "server_error", "null", "The server had an error", Kind.OVERLOADED, BUSY),
                openAi(503, "server_error", "null", "The engine is currently overloaded", Kind.OVERLOADED, BUSY),
                // vLLM, llama.cpp, LM Studio, OpenRouter
                openAi(
                        400,
                        "BadRequestError",
                        "400",
                        "You passed 25 input tokens and requested 1000 output tokens. However, the model's context"
                                + " length is only 1024 tokens",
                        Kind.CONTEXT_TOO_LONG,
                        TOO_LONG),
                openAi(
                        404,
                        "NotFoundError",
                        "404",
                        "The model `some-model` does not exist.",
                        Kind.UNKNOWN_MODEL,
                        UNKNOWN),
                openAi(
                        400,
                        "exceed_context_size_error",
                        "400",
                        "request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it",
                        Kind.CONTEXT_TOO_LONG,
                        TOO_LONG),
                openAi(503, "unavailable_error", "503", "Loading model", Kind.OVERLOADED, BUSY),
                openAi(404, "not_found_error", "404", "File Not Found", Kind.REFUSED, NO_CHAT),
                openAi(402, "", "402", "Insufficient credits", Kind.REFUSED, NO_CREDIT),
                openAi(400, "", "400", "some-model is not a valid model ID", Kind.UNKNOWN_MODEL, UNKNOWN),
                openAi(408, "", "408", "Request timed out", Kind.OVERLOADED, BUSY),
                arguments(Wire.OPENAI, 404, "{\"detail\":\"Not Found\"}", Kind.REFUSED, NO_CHAT),
                arguments(Wire.OPENAI, 405, "{\"detail\":\"Method Not Allowed\"}", Kind.REFUSED, NO_CHAT),
                arguments(Wire.OPENAI, 404, "404 page not found", Kind.REFUSED, NO_CHAT),
                arguments(Wire.OPENAI, 502, "<html>Bad Gateway</html>", Kind.OVERLOADED, BUSY),
                arguments(Wire.OPENAI, 307, "", Kind.REFUSED, "The provider refused the request (HTTP 307)."),
                // Ollama: docs/api.md and server/routes.go
                arguments(
                        Wire.OLLAMA, 404, "{\"error\":\"model 'some-model' not found\"}", Kind.UNKNOWN_MODEL, UNKNOWN),
                arguments(
                        Wire.OLLAMA,
                        404,
                        "{\"error\":\"model \\\"some-model\\\" not found, try pulling it first\"}",
                        Kind.UNKNOWN_MODEL,
                        UNKNOWN),
                arguments(
                        Wire.OLLAMA,
                        400,
                        "{\"error\":\"\\\"some-model\\\" does not support chat\"}",
                        Kind.REFUSED,
                        REFUSED_400),
                arguments(
                        Wire.OLLAMA,
                        400,
                        "{\"error\":\"the input length exceeds the context length\"}",
                        Kind.CONTEXT_TOO_LONG,
                        TOO_LONG),
                arguments(Wire.OLLAMA, 500, "{\"error\":\"model requires more system memory\"}", Kind.OVERLOADED, BUSY),
                arguments(
                        Wire.OLLAMA,
                        503,
                        "{\"error\":\"server busy, please try again. maximum pending requests exceeded\"}",
                        Kind.OVERLOADED,
                        BUSY));
    }

    private static Arguments anthropic(int status, String type, String message, Kind kind, String sentence) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                + "\"},\"request_id\":\"req_011CSHoEeqs5C35K2UUqR7Fy\"}";
        return arguments(Wire.ANTHROPIC, status, body, kind, sentence);
    }

    private static Arguments openAi(int status, String type, String code, String message, Kind kind, String sentence) {
        String body = "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":"
                + code + "}}";
        return arguments(Wire.OPENAI, status, body, kind, sentence);
    }

    @ParameterizedTest
    @MethodSource("documented")
    void documentedErrorIsAPlainSentence(Wire wire, int status, String body, Kind kind, String sentence)
            throws Exception {
        provider.answer(wire.path, ProviderDouble.error(status, body));
        wire.model(provider.base(), new ManualTimer()).ask(Wire.ask("Hi"), heard);
        ModelFailure failure = heard.failed(kind);
        assertEquals(sentence, failure.sentence());
        assertFalse(failure.toString().contains(Wire.KEY));
    }

    @Test
    void rateLimitTellsTheTimeToWait() throws Exception {
        provider.answer(
                Wire.ANTHROPIC.path,
                ProviderDouble.error(
                                429, "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"\"}}")
                        .header("Retry-After", "90"));
        Wire.ANTHROPIC.model(provider.base(), new ManualTimer()).ask(Wire.ask("Hi"), heard);
        ModelFailure failure = heard.failed(Kind.RATE_LIMITED);
        assertEquals("The provider takes no more requests for now. Try again in 90 seconds.", failure.sentence());
        assertEquals(Optional.of(Duration.ofSeconds(90)), failure.retryAfter());
    }

    @Test
    void providersWordsAreNotPrinted() {
        ProviderError error =
                ProviderError.parse(400, "{\"error\":{\"message\":\"secret words\",\"type\":\"secret type\"}}");
        assertFalse(error.toString().contains("secret"));
    }
}
