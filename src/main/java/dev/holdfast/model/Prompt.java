package dev.holdfast.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
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
 *   <li>Tools' messages and {@link Block.Other} are left out: an adapter that offers no tools must not send results.
 * </ul>
 *
 * @param system instructions, never blank
 * @param turns their content has at least one block of text
 */
record Prompt(Optional<String> system, List<Turn> turns) {

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
        for (Message message : messages) {
            if (message.role() != Role.USER && message.role() != Role.ASSISTANT
                    || message.text().isBlank()) {
                continue;
            }
            List<Block> blocks =
                    message.content().stream().filter(Prompt::sendable).toList();
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

    private static boolean sendable(Block block) {
        if (block instanceof Block.Text text) {
            return !text.text().isBlank();
        }
        return block instanceof Block.Thinking thinking && !thinking.signature().isEmpty();
    }
}
