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
 * What providers refuse, by the words of their documentation. Knows nothing of how a window is chosen.
 *
 * <ul>
 *   <li>Anthropic ("Messages", "Tool use"): begins with the user; the user's message after one that uses tools begins with
 *       exactly the results of these; content is not empty. Neighbours of a role are one message.
 *   <li>OpenAI ("Chat Completions", "Function calling"): a message with calls is followed by a message of each result before
 *       anything else; there are no others.
 * </ul>
 *
 * <p>Both: what is asked ends with the user's words or with results. System messages are instructions and stand elsewhere.
 */
final class Providers {
    /** A piece of content: a call's or result's id, or words. */
    private record Piece(Kind kind, String id) {}

    private enum Kind {
        CALL,
        RESULT,
        WORDS
    }

    private record Said(boolean assistant, List<Piece> pieces) {}

    private Providers() {}

    /** Why the messages would be refused; empty if they would not. */
    static Optional<String> refusal(List<Message> messages) {
        List<Said> said = said(messages);
        if (said.isEmpty() || said.get(said.size() - 1).assistant()) {
            return Optional.of("nothing is asked");
        }
        for (Said one : said) {
            if (one.pieces().isEmpty()) {
                return Optional.of("a message is empty");
            }
        }
        return anthropic(said).or(() -> openAi(said));
    }

    private static Optional<String> anthropic(List<Said> said) {
        List<Said> merged = new ArrayList<>();
        for (Said one : said) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).assistant() == one.assistant()) {
                merged.get(last).pieces().addAll(one.pieces());
            } else {
                merged.add(new Said(one.assistant(), new ArrayList<>(one.pieces())));
            }
        }
        if (merged.get(0).assistant()) {
            return Optional.of("the assistant begins");
        }
        for (int i = 0; i < merged.size(); i++) {
            List<String> calls = i == 0 ? List.of() : ids(merged.get(i - 1), Kind.CALL);
            List<String> results = ids(merged.get(i), Kind.RESULT);
            if (merged.get(i).assistant()
                    ? !results.isEmpty()
                    : !ids(merged.get(i), Kind.CALL).isEmpty()) {
                return Optional.of("somebody else calls or answers");
            }
            Set<String> distinct = new HashSet<>(calls);
            boolean same = distinct.size() == calls.size()
                    && results.size() == calls.size()
                    && distinct.equals(new HashSet<>(results));
            if (!merged.get(i).assistant() && !same) {
                return Optional.of("results " + results + " for calls " + calls);
            }
            for (int j = 0; j < results.size(); j++) {
                if (merged.get(i).pieces().get(j).kind() != Kind.RESULT) {
                    return Optional.of("words before results");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> openAi(List<Said> said) {
        Set<String> open = new HashSet<>();
        for (Said one : said) {
            for (Piece piece : one.pieces()) {
                boolean legal = switch (piece.kind()) {
                    case CALL -> true;
                    case RESULT -> open.remove(piece.id());
                    case WORDS -> open.isEmpty();
                };
                if (!legal || one.assistant() && !open.isEmpty()) {
                    return Optional.of(piece + " while " + open + " have no result");
                }
            }
            open.addAll(ids(one, Kind.CALL));
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(open + " have no result");
    }

    private static List<String> ids(Said said, Kind kind) {
        return said.pieces().stream()
                .filter(piece -> piece.kind() == kind)
                .map(Piece::id)
                .toList();
    }

    private static List<Said> said(List<Message> messages) {
        List<Said> said = new ArrayList<>();
        List<String> called = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                continue;
            }
            List<Piece> pieces = new ArrayList<>();
            if (message.role() == Role.TOOL) {
                pieces.add(new Piece(Kind.RESULT, called.isEmpty() ? "none" : called.remove(0)));
            } else {
                message.content().forEach(block -> piece(block).ifPresent(pieces::add));
            }
            Said one = new Said(message.role() == Role.ASSISTANT, pieces);
            if (one.assistant()) {
                called = new ArrayList<>(ids(one, Kind.CALL));
            } else if (message.role() == Role.USER) {
                called.removeAll(ids(one, Kind.RESULT));
            }
            said.add(one);
        }
        return said;
    }

    private static Optional<Piece> piece(Block block) {
        if (block instanceof Block.Text text) {
            return text.text().isBlank() ? Optional.empty() : Optional.of(new Piece(Kind.WORDS, ""));
        }
        if (!(block instanceof Block.Other other)) {
            return Optional.empty();
        }
        String type = other.json().has("type") ? other.json().get("type").getAsString() : "";
        return Optional.of(
                switch (type) {
                    case "tool_use", "function" ->
                        new Piece(Kind.CALL, other.json().get("id").getAsString());
                    case "tool_result" ->
                        new Piece(Kind.RESULT, other.json().get("tool_use_id").getAsString());
                    default -> new Piece(Kind.WORDS, "");
                });
    }
}
