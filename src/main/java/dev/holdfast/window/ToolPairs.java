package dev.holdfast.window;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a turn can be sent: providers refuse a tool's result without its call, a call without its result, and anything
 * between the two. A result belongs to the call of the same id in the assistant's message before it; one without an id, as
 * OpenAI's messages of the role {@code tool} are kept here, to the first call that has none yet. What has no partner is
 * left out of its message, and the message if nothing remains that says something.
 */
final class ToolPairs {
    /** A call that may still get its result. */
    private record Open(int message, int block, Optional<String> id) {}

    private final List<Message> messages;
    /** Of each message, the calls and results that have a partner, by their index among its blocks. */
    private final List<Set<Integer>> paired = new ArrayList<>();

    private final List<Open> open = new ArrayList<>();

    private ToolPairs(List<Message> messages) {
        this.messages = messages;
        messages.forEach(message -> paired.add(new HashSet<>()));
        for (int i = 0; i < messages.size(); i++) {
            pair(i);
        }
    }

    /** @param turn a turn's messages, in order */
    static List<Message> legal(List<Message> turn) {
        ToolPairs pairs = new ToolPairs(turn);
        List<Message> sent = new ArrayList<>(turn.size());
        for (int i = 0; i < turn.size(); i++) {
            pairs.sendable(i).ifPresent(sent::add);
        }
        return sent;
    }

    private void pair(int index) {
        Message message = messages.get(index);
        if (message.role() == Role.ASSISTANT) {
            if (SentBlocks.saysSomething(message)) {
                open.clear();
                openCalls(index);
            }
        } else if (SentBlocks.isResultMessage(message)) {
            answer(index, 0, id(message, "tool_call_id"));
        } else if (message.role() != Role.SYSTEM) {
            pairResults(index);
        }
    }

    private void openCalls(int index) {
        List<Block> content = messages.get(index).content();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < content.size(); i++) {
            Optional<String> id = SentBlocks.field(content.get(i), "id");
            if (SentBlocks.isCall(content.get(i)) && id.map(ids::add).orElse(true)) {
                open.add(new Open(index, i, id));
            }
        }
    }

    private void pairResults(int index) {
        List<Block> content = messages.get(index).content();
        for (int i = 0; i < content.size(); i++) {
            if (SentBlocks.isResult(content.get(i))) {
                answer(index, i, SentBlocks.field(content.get(i), "tool_use_id"));
            }
        }
        if (SentBlocks.hasWords(messages.get(index))) {
            open.clear(); // Words between a call and a result are refused.
        }
    }

    private static Optional<String> id(Message message, String name) {
        return message.content().stream()
                .flatMap(block -> SentBlocks.field(block, name).stream())
                .findFirst();
    }

    private void answer(int message, int block, Optional<String> id) {
        for (Open call : open) {
            if (id.isEmpty() || id.equals(call.id())) {
                paired.get(call.message()).add(call.block());
                paired.get(message).add(block);
                open.remove(call);
                return;
            }
        }
    }

    private Optional<Message> sendable(int index) {
        Message message = messages.get(index);
        Set<Integer> partners = paired.get(index);
        if (SentBlocks.isResultMessage(message)) {
            return partners.isEmpty() ? Optional.empty() : Optional.of(message);
        }
        List<Block> results = new ArrayList<>();
        List<Block> others = new ArrayList<>();
        for (int i = 0; i < message.content().size(); i++) {
            Block block = message.content().get(i);
            if (!SentBlocks.isOfTool(block) || partners.contains(i)) {
                (SentBlocks.isResult(block) ? results : others).add(block);
            }
        }
        results.addAll(others); // Anthropic wants results before anything else.
        if (results.stream().noneMatch(SentBlocks::counts)) {
            return Optional.empty();
        }
        return Optional.of(results.equals(message.content()) ? message : message.withContent(results));
    }
}
