package dev.holdfast.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request in the one shape that every provider takes: instructions, then user and assistant in turn.
 *
 * <ul>
 *   <li>Messages without words are dropped (a reply that failed before its first word); providers refuse them.
 *   <li>Neighbours of the same role then become one turn: Anthropic's rule, and that of many chat templates behind
 *       OpenAI-compatible servers and Ollama.
 *   <li>System messages inside the history join the instructions, in order: Anthropic knows no such role, and many
 *       templates allow it only at the beginning.
 *   <li>A person's message that came half an hour or more after the one before begins with a remark that says how long
 *       after. It is made of the times that are kept, so the same history is always sent the same; a system message
 *       that changed with the clock would miss the provider's cache. Its few tokens are not counted beforehand.
 *   <li>Tools' messages and {@link Block.Other} are left out: an adapter that offers no tools must not send results.
 * </ul>
 *
 * @param system instructions, never blank
 * @param turns their content has at least one block of text
 */
record Prompt(Optional<String> system, List<Turn> turns) {

    /** As long as a conversation is left alone by default until it is paused. */
    private static final Duration WORTH_TELLING = Duration.ofMinutes(30);

    /** @param blocks texts, none of them blank, and sealed thinking of the assistant's, in order */
    record Turn(Role role, List<Block> blocks) {

        /** The words alone. */
        String text() {
            return blocks.stream()
                    .filter(Block.Text.class::isInstance)
                    .map(block -> ((Block.Text) block).text())
                    .collect(Collectors.joining("\n\n"));
        }
    }

    static Prompt of(ModelRequest request) {
        Stream<String> said = request.messages().stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .map(Message::text);
        String system = Stream.concat(request.system().stream(), said)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
        return new Prompt(system.isEmpty() ? Optional.empty() : Optional.of(system), turns(request.messages()));
    }

    /** As OpenAI and Ollama want it: {@code [{"role":"system","content":"…"},{"role":"user","content":"…"}]}. */
    JsonArray withRoles() {
        JsonArray messages = new JsonArray();
        system.ifPresent(words -> messages.add(message(Role.SYSTEM, words)));
        turns.forEach(turn -> messages.add(message(turn.role(), turn.text())));
        return messages;
    }

    private static JsonObject message(Role role, String content) {
        JsonObject message = new JsonObject();
        message.addProperty("role", role.wire());
        message.addProperty("content", content);
        return message;
    }

    private static List<Turn> turns(List<Message> messages) {
        List<Turn> turns = new ArrayList<>();
        Optional<Instant> before = Optional.empty();
        for (Message message : messages) {
            Optional<Block> gap = gap(before, message);
            before = Optional.of(message.timestamp());
            if (message.role() != Role.USER && message.role() != Role.ASSISTANT
                    || message.text().isBlank()) {
                continue;
            }
            List<Block> blocks = Stream.concat(
                            gap.stream(), message.content().stream().filter(Prompt::sendable))
                    .toList();
            int last = turns.size() - 1;
            if (last >= 0 && turns.get(last).role() == message.role()) {
                List<Block> both = new ArrayList<>(turns.get(last).blocks());
                both.addAll(blocks);
                turns.set(last, new Turn(message.role(), List.copyOf(both)));
            } else {
                turns.add(new Turn(message.role(), blocks));
            }
        }
        return List.copyOf(turns);
    }

    /** The remark about the time since the message before; foreign messages may have none. */
    private static Optional<Block> gap(Optional<Instant> before, Message message) {
        if (message.role() != Role.USER
                || before.filter(Instant.EPOCH::isBefore).isEmpty()) {
            return Optional.empty();
        }
        Duration gap = Duration.between(before.get(), message.timestamp());
        return gap.compareTo(WORTH_TELLING) < 0
                ? Optional.empty()
                : Optional.of(new Block.Text("[" + words(gap) + " have passed since the last message.]"));
    }

    private static String words(Duration gap) {
        if (gap.toHours() < 2) {
            return gap.toMinutes() + " minutes";
        }
        return gap.toDays() < 2 ? gap.toHours() + " hours" : gap.toDays() + " days";
    }

    private static boolean sendable(Block block) {
        if (block instanceof Block.Text text) {
            return !text.text().isBlank();
        }
        return block instanceof Block.Thinking thinking && !thinking.signature().isEmpty();
    }
}
