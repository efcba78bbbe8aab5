package dev.holdfast.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * Anthropic's Messages API, streamed as server-sent events:
 *
 * <pre>
 * event: message_start
 * data: {"type":"message_start","message":{…,"usage":{"input_tokens":25,"output_tokens":1}}}
 *
 * event: content_block_delta
 * data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}
 *
 * event: message_delta
 * data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}
 *
 * event: message_stop
 * data: {"type":"message_stop"}
 * </pre>
 *
 * <p>The type in the data says all, so event names are not read. {@code message_stop} is the last event. Usage is
 * cumulative: each count that comes later replaces the earlier one. Events and deltas of unknown types are ignored, as
 * the documentation asks.
 *
 * <p>Anthropic caches only what is marked. A mark stands behind the instructions, which all conversations share, and one
 * behind the last message: all before it is the beginning of the next request, which finds the mark again as long as it
 * adds fewer than twenty blocks. What is too short to be cached (1,024 tokens and more, by model) is marked in vain, and
 * costs nothing.
 *
 * <p>Sources: "Prompt caching", "Streaming Messages", "Extended thinking", "Handling stop reasons", "Errors" on docs.anthropic.com.
 */
final class AnthropicFormat implements WireFormat {
    private static final String VERSION = "2023-06-01";

    private final Endpoint endpoint;
    private final Failures failures;

    AnthropicFormat(Endpoint endpoint, Failures failures) {
        this.endpoint = endpoint;
        this.failures = failures;
    }

    @Override
    public Failures failures() {
        return failures;
    }

    @Override
    public JsonObject body(ModelRequest request) {
        Prompt prompt = Prompt.of(request);
        JsonObject body = new JsonObject();
        body.addProperty("model", failures.model());
        body.addProperty("max_tokens", request.maxOutput());
        body.addProperty("stream", true);
        prompt.system().ifPresent(system -> body.add("system", system(system, request.resent())));
        JsonArray messages = new JsonArray();
        prompt.turns().forEach(turn -> messages.add(message(turn)));
        if (request.resent()) {
            JsonArray last = messages.get(messages.size() - 1).getAsJsonObject().getAsJsonArray("content");
            last.get(last.size() - 1).getAsJsonObject().add("cache_control", ephemeral());
        }
        body.add("messages", messages);
        return body;
    }

    @Override
    public HttpRequest request(JsonObject body) {
        return endpoint.post("/messages", body)
                .header("anthropic-version", VERSION)
                .build();
    }

    private static JsonArray system(String words, boolean resent) {
        JsonObject block = new JsonObject();
        block.addProperty("type", "text");
        block.addProperty("text", words);
        if (resent) {
            block.add("cache_control", ephemeral());
        }
        JsonArray system = new JsonArray();
        system.add(block);
        return system;
    }

    private static JsonObject ephemeral() {
        JsonObject control = new JsonObject();
        control.addProperty("type", "ephemeral");
        return control;
    }

    private static JsonObject message(Prompt.Turn turn) {
        JsonArray content = new JsonArray();
        for (Block block : turn.blocks()) {
            JsonObject json = new JsonObject();
            if (block instanceof Block.Thinking thinking) {
                json.addProperty("type", "thinking");
                json.addProperty("thinking", thinking.text());
                json.addProperty("signature", thinking.signature());
            } else if (block instanceof Block.Text text) {
                json.addProperty("type", "text");
                json.addProperty("text", text.text());
            }
            content.add(json);
        }
        JsonObject message = new JsonObject();
        message.addProperty("role", turn.role().wire());
        message.add("content", content);
        return message;
    }

    @Override
    public LineReader reader(Reply reply) {
        return new Reader(reply);
    }

    private final class Reader implements LineReader {
        private final Reply reply;
        private String stopReason = "";
        private Usage usage = Usage.NONE;

        Reader(Reply reply) {
            this.reply = reply;
        }

        @Override
        public void line(String line) {
            Optional<JsonObject> data = ServerSentEvents.data(line).map(Json::object);
            if (data.isEmpty()) {
                return;
            }
            JsonObject event = data.get();
            switch (Json.text(event, "type")) {
                case "message_start" -> usage = merged(Json.object(Json.object(event, "message"), "usage"));
                case "content_block_start" -> delta(event, Json.object(event, "content_block"));
                case "content_block_delta" -> delta(event, Json.object(event, "delta"));
                case "message_delta" -> {
                    stopReason = Json.text(Json.object(event, "delta"), "stop_reason");
                    usage = merged(Json.object(event, "usage"));
                }
                case "message_stop" -> stop();
                case "error" ->
                    reply.failed(failures.of(
                            ProviderError.in(event).orElse(new ProviderError(0, false, "", "")), Optional.empty()));
                default -> {}
            }
        }

        /** A block's beginning has the same fields as a delta, mostly empty. */
        private void delta(JsonObject event, JsonObject delta) {
            int index = (int) Json.count(event, "index", 0);
            reply.piece(index, Block.Kind.THINKING, Json.text(delta, "thinking"));
            reply.piece(index, Block.Kind.TEXT, Json.text(delta, "text"));
            reply.signature(index, Json.text(delta, "signature"));
        }

        private Usage merged(JsonObject told) {
            return new Usage(
                    Json.count(told, "input_tokens", usage.input()),
                    Json.count(told, "output_tokens", usage.output()),
                    Json.count(told, "cache_read_input_tokens", usage.cacheRead()),
                    Json.count(told, "cache_creation_input_tokens", usage.cacheWrite()));
        }

        private void stop() {
            switch (stopReason) {
                case "max_tokens", "model_context_window_exceeded" -> reply.completed(Stop.LENGTH, usage);
                case "refusal" -> reply.failed(failures.withheld());
                default -> reply.completed(Stop.COMPLETE, usage);
            }
        }
    }
}
