package dev.holdfast.model;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * OpenAI's chat completions, streamed as server-sent events, as OpenAI, vLLM, llama.cpp, LM Studio and OpenRouter
 * speak them:
 *
 * <pre>
 * data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}
 *
 * data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
 *
 * data: {"object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12}}
 *
 * data: [DONE]
 * </pre>
 *
 * <p>{@code [DONE]} is the last event, and it completes a reply only after a {@code finish_reason}: LM Studio sends
 * it alone when it runs out of context. Usage comes in a chunk of its own, with the last choice, or never. What a
 * model thinks arrives as {@code reasoning_content} (DeepSeek, llama.cpp, older vLLM) or {@code reasoning}
 * (OpenRouter, vLLM); it is never sent back. A failure in mid-stream is an event with an {@code error}.
 *
 * <p>Sources: "Chat Completions: streaming events" on platform.openai.com, "OpenAI-Compatible Server" and "Reasoning
 * Outputs" on docs.vllm.ai, "Streaming" and "Errors and Debugging" on openrouter.ai/docs, {@code
 * tools/server/README.md} of llama.cpp.
 */
final class OpenAiFormat implements WireFormat {
    private final Endpoint endpoint;
    private final Failures failures;

    OpenAiFormat(Endpoint endpoint, Failures failures) {
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
        // OpenAI's newer models refuse max_tokens, many compatible servers know nothing else.
        body.addProperty(
                endpoint.isAt(Models.OPENAI_HOST) ? "max_completion_tokens" : "max_tokens", request.maxOutput());
        body.addProperty("stream", true);
        JsonObject options = new JsonObject();
        options.addProperty("include_usage", true);
        body.add("stream_options", options);
        return body;
    }

    @Override
    public HttpRequest request(JsonObject body) {
        return endpoint.post("/chat/completions", body).build();
    }

    @Override
    public LineReader reader(Reply reply) {
        return new Reader(reply);
    }

    private final class Reader implements LineReader {
        private final Reply reply;
        private String finishReason = "";
        private Usage usage = Usage.NONE;

        Reader(Reply reply) {
            this.reply = reply;
        }

        @Override
        public void line(String line) {
            Optional<String> data = ServerSentEvents.data(line);
            if (data.isEmpty() || data.get().isEmpty()) {
                return;
            }
            if (data.get().equals("[DONE]")) {
                done();
                return;
            }
            JsonObject chunk = Json.object(data.get());
            Optional<ProviderError> error = ProviderError.in(chunk);
            if (error.isPresent()) {
                reply.failed(failures.of(error.get(), Optional.empty()));
                return;
            }
            chunk(chunk);
        }

        private void chunk(JsonObject chunk) {
            JsonObject choice = Json.first(chunk, "choices");
            JsonObject delta = Json.object(choice, "delta");
            String reasoning = Json.text(delta, "reasoning_content");
            reply.piece(0, Block.Kind.THINKING, reasoning.isEmpty() ? Json.text(delta, "reasoning") : reasoning);
            reply.piece(0, Block.Kind.TEXT, Json.text(delta, "content"));
            reply.piece(0, Block.Kind.TEXT, Json.text(delta, "refusal"));
            String reason = Json.text(choice, "finish_reason");
            if (!reason.isEmpty()) {
                finishReason = reason;
            }
            if (chunk.get("usage") instanceof JsonObject told) {
                usage = usage(told);
            }
        }

        /** {@code prompt_tokens} counts everything that was sent; what a cache held or stored is a part of it. */
        private Usage usage(JsonObject told) {
            JsonObject details = Json.object(told, "prompt_tokens_details");
            long read = Json.count(details, "cached_tokens", 0);
            long written = Json.count(details, "cache_write_tokens", 0);
            return new Usage(
                    Math.max(0, Json.count(told, "prompt_tokens", 0) - read - written),
                    Json.count(told, "completion_tokens", 0),
                    read,
                    written);
        }

        private void done() {
            switch (finishReason) {
                case "" -> reply.failed(failures.truncated());
                case "length" -> reply.completed(Stop.LENGTH, usage);
                case "content_filter" -> reply.failed(failures.withheld());
                default -> reply.completed(Stop.COMPLETE, usage);
            }
        }
    }
}
