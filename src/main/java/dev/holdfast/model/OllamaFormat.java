package dev.holdfast.model;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * Ollama's {@code POST /api/chat}, streamed as one JSON object a line:
 *
 * <pre>
 * {"model":"llama3.2","message":{"role":"assistant","content":"The"},"done":false}
 * {"model":"llama3.2","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":26,"eval_count":282}
 * </pre>
 *
 * <p>{@code "done":true} is the last line. A thinking model fills {@code message.thinking} before {@code content}. A
 * failure in mid-stream is a line with an {@code error}. {@code prompt_eval_count} is the whole prompt; Ollama keeps
 * no count of what its cache held, and leaves it out when the cache held everything.
 *
 * <p>Source: {@code docs/api.md} ("Generate a chat completion") of github.com/ollama/ollama; docs.ollama.com,
 * "Thinking" and "Errors".
 */
final class OllamaFormat implements WireFormat {
    private final Endpoint endpoint;
    private final Failures failures;

    OllamaFormat(Endpoint endpoint, Failures failures) {
        this.endpoint = endpoint;
        this.failures = failures;
    }

    @Override
    public Failures failures() {
        return failures;
    }

    @Override
    public JsonObject body(ModelRequest request) {
        JsonObject body = new JsonObject();
        body.addProperty("model", failures.model());
        body.add("messages", Prompt.of(request).withRoles());
        body.addProperty("stream", true);
        JsonObject options = new JsonObject();
        options.addProperty("num_predict", request.maxOutput());
        body.add("options", options);
        return body;
    }

    @Override
    public HttpRequest request(JsonObject body) {
        return endpoint.post("/api/chat", body).build();
    }

    @Override
    public LineReader reader(Reply reply) {
        return line -> {
            if (line.isBlank()) {
                return;
            }
            JsonObject part = Json.object(line);
            Optional<ProviderError> error = ProviderError.in(part);
            if (error.isPresent()) {
                reply.failed(failures.of(error.get(), Optional.empty()));
                return;
            }
            JsonObject message = Json.object(part, "message");
            reply.piece(0, Block.Kind.THINKING, Json.text(message, "thinking"));
            reply.piece(0, Block.Kind.TEXT, Json.text(message, "content"));
            if (Json.isTrue(part, "done")) {
                Usage usage =
                        new Usage(Json.count(part, "prompt_eval_count", 0), Json.count(part, "eval_count", 0), 0, 0);
                reply.completed(Json.text(part, "done_reason").equals("length") ? Stop.LENGTH : Stop.COMPLETE, usage);
            }
        };
    }
}
