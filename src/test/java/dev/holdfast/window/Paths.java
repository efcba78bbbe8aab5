package dev.holdfast.window;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds paths of messages. A message's text names its weight, which {@link #WEIGHT} counts as its tokens. */
final class Paths {
    /** Counts the first number in a message's text; 1 for a message without one. */
    static final TokenCounter WEIGHT = message -> {
        String text = message.text();
        int begin = 0;
        while (begin < text.length() && !Character.isDigit(text.charAt(begin))) {
            begin++;
        }
        int end = begin;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return begin == end ? 1 : Integer.parseInt(text.substring(begin, end));
    };

    private final List<Message> messages = new ArrayList<>();

    Paths user(int tokens) {
        return add(Role.USER, Stop.COMPLETE, weight(tokens));
    }

    Paths reply(int tokens) {
        return reply(tokens, Stop.COMPLETE);
    }

    Paths reply(int tokens, Stop stop) {
        return add(Role.ASSISTANT, stop, weight(tokens));
    }

    /** So many turns of a person's message and a reply. */
    Paths turns(int count, int user, int reply) {
        for (int i = 0; i < count; i++) {
            user(user).reply(reply);
        }
        return this;
    }

    Paths emptyReply() {
        return add(Role.ASSISTANT, Stop.FAILED);
    }

    Paths system(int tokens) {
        return add(Role.SYSTEM, Stop.COMPLETE, weight(tokens));
    }

    /** Anthropic's calls. */
    Paths calls(int tokens, String... ids) {
        return add(
                Role.ASSISTANT,
                Stop.COMPLETE,
                Stream.concat(Stream.of(weight(tokens)), Stream.of(ids).map(Paths::call))
                        .toArray(Block[]::new));
    }

    /** Anthropic's results, with words behind them. */
    Paths results(int tokens, String... ids) {
        return add(
                Role.USER,
                Stop.COMPLETE,
                Stream.concat(Stream.of(ids).map(Paths::result), Stream.of(weight(tokens)))
                        .toArray(Block[]::new));
    }

    /** OpenAI's calls. */
    Paths toolCalls(int tokens, String... ids) {
        return add(
                Role.ASSISTANT,
                Stop.COMPLETE,
                Stream.concat(Stream.of(weight(tokens)), Stream.of(ids).map(id -> function(id, "{}")))
                        .toArray(Block[]::new));
    }

    /** OpenAI's result, without the id of its call: so it is read from files of other programs. */
    Paths tool(int tokens) {
        return add(Role.TOOL, Stop.COMPLETE, weight(tokens));
    }

    Paths add(Role role, Stop stop, Block... content) {
        messages.add(new Message(
                "m" + messages.size(),
                messages.isEmpty() ? Optional.empty() : Optional.of("m" + (messages.size() - 1)),
                role,
                List.of(content),
                Instant.ofEpochSecond(1_800_000_000 + messages.size()),
                Optional.empty(),
                Optional.empty(),
                Usage.NONE,
                stop,
                Optional.empty()));
        return this;
    }

    static Block weight(int tokens) {
        return new Block.Text(tokens + " tokens");
    }

    static Block call(String id) {
        return foreign("tool_use", "id", id);
    }

    static Block result(String id) {
        return foreign("tool_result", "tool_use_id", id);
    }

    static Block function(String id, String arguments) {
        JsonObject function = new JsonObject();
        function.addProperty("name", "look_up");
        function.addProperty("arguments", arguments);
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("type", "function");
        json.add("function", function);
        return new Block.Other(json);
    }

    private static Block foreign(String type, String name, String id) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.addProperty(name, id);
        return new Block.Other(json);
    }

    int size() {
        return messages.size();
    }

    Message at(int index) {
        return messages.get(index);
    }

    /** Those from {@code begin} on and before {@code end}. */
    List<Message> part(int begin, int end) {
        return List.copyOf(messages.subList(begin, end));
    }

    List<Message> all() {
        return List.copyOf(messages);
    }

    /** A summary of everything up to a message. */
    static Entry.Summary summary(String id, String to, String text) {
        return new Entry.Summary(id, "m0", to, text, Optional.empty(), Usage.NONE, Instant.EPOCH);
    }
}
