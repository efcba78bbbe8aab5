package dev.holdfast.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An error as a provider told it, in an answer's body or inside a stream. One vocabulary for all, since servers relay
 * each other's errors. Shapes:
 *
 * <pre>
 * {"type":"error","error":{"type":"overloaded_error","message":"…"}}                   Anthropic
 * {"error":{"message":"…","type":"invalid_request_error","code":"model_not_found"}}    OpenAI, llama.cpp, vLLM
 * {"error":{"code":429,"message":"…"}}                                                 OpenRouter
 * {"object":"error","message":"…","type":"BadRequestError","code":400}                 vLLM before 0.10
 * {"error":"model 'x' not found"}                                                      Ollama, LM Studio
 * </pre>
 *
 * Sources: "Errors" (docs.anthropic.com), "Error codes" (platform.openai.com), "Errors and Debugging" (openrouter.ai),
 * {@code docs/api.md} (github.com/ollama/ollama), {@code tools/server/README.md} (github.com/ggml-org/llama.cpp).
 *
 * @param status HTTP status, or the like number inside the stream; 0 if there is neither
 * @param told whether the provider said anything in one of the shapes above
 * @param words its error type and code, lower case
 * @param message its text, lower case; only looked at, never shown
 */
record ProviderError(int status, boolean told, String words, String message) {

    /** Reads the body of an answer that is not 200. */
    static ProviderError parse(int status, String body) {
        try {
            return in(Json.object(body))
                    .map(error -> new ProviderError(status, true, error.words, error.message))
                    .orElse(new ProviderError(status, false, "", ""));
        } catch (MalformedReplyException e) {
            return new ProviderError(status, false, "", "");
        }
    }

    /** The error that an event carries, if it carries one. */
    static Optional<ProviderError> in(JsonObject event) {
        JsonElement error = event.get("error");
        if (error instanceof JsonObject nested) {
            return Optional.of(of(nested));
        }
        if (error != null && error.isJsonPrimitive()) {
            return Optional.of(new ProviderError(0, true, "", lower(Json.text(event, "error"))));
        }
        return Json.text(event, "object").equals("error") ? Optional.of(of(event)) : Optional.empty();
    }

    private static ProviderError of(JsonObject error) {
        long code = Json.count(error, "code", 0);
        return new ProviderError(
                code >= 400 && code < 600 ? (int) code : 0,
                true,
                lower(Json.text(error, "type") + " " + Json.text(error, "code")),
                lower(Json.text(error, "message")));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The account has run dry; OpenAI says so with status 429, but waiting does not help. */
    boolean outOfCredit() {
        return status == 402
                || hasWord("insufficient_quota", "billing_error", "billing_hard_limit_reached")
                || says("credit balance is too low");
    }

    /** Nothing of the kind that was asked lives at that address. */
    boolean wrongAddress() {
        boolean nothing = !told || message.equals("not found") || message.equals("file not found");
        return status == 405 || status == 404 && nothing || says("invalid url", "unexpected endpoint");
    }

    ModelFailure.Kind kind() {
        if (tooLong()) {
            return ModelFailure.Kind.CONTEXT_TOO_LONG;
        }
        if (status == 401 || status == 403 || hasWord("authentication_error", "permission_error", "invalid_api_key")) {
            return ModelFailure.Kind.WRONG_KEY;
        }
        if (status == 404 || hasWord("not_found") || says("not a valid model")) {
            return ModelFailure.Kind.UNKNOWN_MODEL;
        }
        if (status == 429 || hasWord("rate_limit")) {
            return ModelFailure.Kind.RATE_LIMITED;
        }
        if (status >= 500 || status == 408 || hasWord("overloaded", "api_error", "server_error", "timeout_error")) {
            return ModelFailure.Kind.OVERLOADED;
        }
        // In mid-stream a request cannot be wrong any more, so an error without a name is the provider's own.
        return status == 0 && !hasWord("invalid_request", "badrequest")
                ? ModelFailure.Kind.OVERLOADED
                : ModelFailure.Kind.REFUSED;
    }

    private boolean tooLong() {
        boolean possible = status == 0 || status == 400 || status == 413 || status == 422 || status == 500;
        return status == 413
                || possible
                        && (hasWord("context_length_exceeded", "exceed_context_size_error", "request_too_large")
                                || says(
                                        "prompt is too long",
                                        "exceed context limit",
                                        "context length",
                                        "context size",
                                        "context window"));
    }

    private boolean hasWord(String... parts) {
        return Stream.of(parts).anyMatch(words::contains);
    }

    private boolean says(String... phrases) {
        return Stream.of(phrases).anyMatch(message::contains);
    }

    /** Without the provider's text. */
    @Override
    public String toString() {
        return "ProviderError[status=" + status + "]";
    }
}
