package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Usage;
import dev.holdfast.lifecycle.ShownMessage;
import java.util.List;

/** Messages for JSON clients. Owner and send keys stay out. */
final class MessageJson {
    private MessageJson() {}

    static JsonObject write(ShownMessage shown) {
        Message message = shown.message();
        JsonObject json = message(
                message.id(), message.parent().orElse(null), message.role().wire(), message.text());
        JsonArray siblings = new JsonArray();
        shown.siblings().forEach(siblings::add);
        json.add("siblings", siblings);
        json.addProperty("timestamp", message.timestamp().toString());
        json.addProperty("state", message.stop().wire());
        json.addProperty("kept", shown.kept());
        message.model().ifPresent(model -> json.addProperty("model", model));
        message.cause().ifPresent(cause -> json.addProperty("cause", cause));
        json.add("usage", usage(message.usage()));
        return json;
    }

    static JsonObject running(String id, String parent, String model, List<OpenReply.Part> parts) {
        StringBuilder text = new StringBuilder();
        parts.stream().filter(part -> part.kind() == Block.Kind.TEXT).forEach(part -> text.append(part.text()));
        JsonObject json = message(id, parent, "assistant", text.toString());
        json.addProperty("model", model);
        json.addProperty("state", "streaming");
        return json;
    }

    static JsonObject queued(String id, String text) {
        JsonObject json = message(id, null, "user", text);
        json.addProperty("state", "queued");
        return json;
    }

    private static JsonObject message(String id, String parent, String role, String text) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("parent", parent);
        json.addProperty("role", role);
        json.addProperty("content", text);
        return json;
    }

    static JsonObject usage(Usage usage) {
        JsonObject json = new JsonObject();
        json.addProperty("input", usage.input());
        json.addProperty("output", usage.output());
        json.addProperty("cacheRead", usage.cacheRead());
        json.addProperty("cacheWrite", usage.cacheWrite());
        return json;
    }
}
