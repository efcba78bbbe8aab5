package dev.holdfast.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said over a {@link dev.holdfast.journal.FolderSocket}. Whoever connects sends an order, one line:
 *
 * <pre>
 *   {"command":"doctor","arguments":["01j…","--json"]}
 * </pre>
 *
 * <p>and is answered with lines for its standard output and standard error, in order, and at last the exit status:
 *
 * <pre>
 *   {"out":"…"}
 *   {"err":"…"}
 *   {"exit":0}
 * </pre>
 *
 * <p>Then the other side closes. Who closes before has lost interest: the order ends after the conversation that it is
 * at. A connection carries one order, of at most {@value #LONGEST_ORDER} bytes; a line of an answer has at most {@value
 * #LONGEST_ANSWER}.
 */
final class OperatorProtocol {
    static final int LONGEST_ORDER = 4096;
    static final int LONGEST_ANSWER = 1 << 20;

    /** A line of an answer. */
    sealed interface Answer {
        record Out(String line) implements Answer {}

        record Err(String line) implements Answer {}

        record Exit(int status) implements Answer {}
    }

    private OperatorProtocol() {}

    static String write(Order order) {
        JsonArray arguments = new JsonArray();
        order.arguments().forEach(arguments::add);
        JsonObject json = new JsonObject();
        json.addProperty("command", order.command().word());
        json.add("arguments", arguments);
        return json.toString();
    }

    /** @throws IllegalArgumentException if the line is no order; the message is a sentence and does not quote it */
    static Order readOrder(String line) {
        JsonObject json = object(line).orElseThrow(OperatorProtocol::noOrder);
        String word = text(json.get("command")).orElseThrow(OperatorProtocol::noOrder);
        if (!(json.get("arguments") instanceof JsonArray array)) {
            throw noOrder();
        }
        List<String> arguments = new ArrayList<>();
        for (JsonElement each : array) {
            arguments.add(text(each).orElseThrow(OperatorProtocol::noOrder));
        }
        return Order.parse(word, arguments);
    }

    private static IllegalArgumentException noOrder() {
        return new IllegalArgumentException(
                "That is no order. One looks like this: {\"command\":\"doctor\",\"arguments\":[]}");
    }

    static String write(Answer answer) {
        JsonObject json = new JsonObject();
        if (answer instanceof Answer.Out out) {
            json.addProperty("out", out.line());
        } else if (answer instanceof Answer.Err err) {
            json.addProperty("err", err.line());
        } else if (answer instanceof Answer.Exit exit) {
            json.addProperty("exit", exit.status());
        }
        return json.toString();
    }

    /** A line of an answer; empty if it is none. */
    static Optional<Answer> readAnswer(String line) {
        return object(line)
                .flatMap(json -> text(json.get("out"))
                        .<Answer>map(Answer.Out::new)
                        .or(() -> text(json.get("err")).map(Answer.Err::new))
                        .or(() -> number(json.get("exit")).map(Answer.Exit::new)));
    }

    private static Optional<JsonObject> object(String line) {
        try {
            return JsonParser.parseString(line) instanceof JsonObject json ? Optional.of(json) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonElement element) {
        return element instanceof JsonPrimitive value && value.isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    private static Optional<Integer> number(JsonElement element) {
        return element instanceof JsonPrimitive value && value.isNumber()
                ? Optional.of(value.getAsNumber().intValue())
                : Optional.empty();
    }
}
