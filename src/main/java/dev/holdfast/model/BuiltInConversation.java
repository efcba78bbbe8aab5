package dev.holdfast.model;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The messages that the built-in model was handed, seen from the last one: what was said before it. */
final class BuiltInConversation {
    private static final int MOST_LISTED = 12;
    /** Requests that are about the conversation or merely polite are not what was worked on. */
    private static final Pattern ASIDE = Pattern.compile(
            "(?:what (?:were|are) we|what was i|where were we|where did we|summari[sz]e|sum up|summary|continue|go"
                    + " on|hello|hi|hey|good (?:morning|evening|afternoon)|thank|thanks|what do you (?:know|remember)|what"
                    + " should you remember|who are you|repeat|say|echo|again|(?:give me )?an? (?:short )?summary)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Clauses that begin so say what somebody is busy with. */
    private static final Pattern TASK = Pattern.compile(
            "(?:let[’']s|let us|help me|we (?:are|were|need)|i(?: am|[’']m)"
                    + " (?:working|writing|planning|building|preparing|learning|making|trying)|i (?:need|want)"
                    + " (?:to|help|you)|plan|write|draft|explain|design|build|fix|translate|compare|find|tell me"
                    + " (?:about|a)|how (?:do|can|to)|lass uns|hilf mir|ayúdame)\\b",
            Pattern.CASE_INSENSITIVE);

    private final List<Message> earlier;
    private final String text;

    BuiltInConversation(List<Message> messages) {
        this.earlier = messages.subList(0, messages.size() - 1);
        this.text = messages.get(messages.size() - 1).text();
    }

    /** Everything before the last message. */
    List<Message> earlier() {
        return earlier;
    }

    /** The last message's words. */
    String text() {
        return text;
    }

    /** What the person wrote before, oldest first. */
    List<Message> asked() {
        return earlier.stream()
                .filter(message ->
                        message.role() == Role.USER && !message.text().isBlank())
                .toList();
    }

    /** The reply before the last message, if it has words. */
    Optional<Message> lastReply() {
        for (int i = earlier.size() - 1; i >= 0; i--) {
            Message message = earlier.get(i);
            if (message.role() == Role.ASSISTANT && !message.text().isBlank()) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /** Says what was being worked on. */
    String whereWeWere() {
        List<Message> topics = topics();
        if (topics.isEmpty()) {
            return "We had not begun anything yet, as far as I am handed the conversation.";
        }
        Message newest = topics.get(topics.size() - 1);
        Message task = newest;
        for (Message topic : topics) {
            if (has(topic, clause -> clause.matches(TASK))) {
                task = topic;
            }
        }
        StringBuilder answer = new StringBuilder("We were working on this: ").append(quote(task, 300));
        answer.append(".").append(stateOf(task));
        if (!task.equals(newest)) {
            answer.append("\n\nLast you wrote: ")
                    .append(quote(newest, 160))
                    .append(".")
                    .append(stateOf(newest));
        } else if (topics.size() > 1) {
            answer.append("\n\nBefore that: ")
                    .append(quote(topics.get(topics.size() - 2), 160))
                    .append(".");
        }
        return answer.toString();
    }

    private List<Message> topics() {
        return asked().stream()
                .filter(message -> has(message, clause -> !clause.matches(ASIDE)))
                .toList();
    }

    private static boolean has(Message message, Predicate<BuiltInText.Clause> what) {
        return new BuiltInText(message.text()).clauses().stream().anyMatch(what);
    }

    /** How far the answer to {@code question} came. */
    private String stateOf(Message question) {
        int next = earlier.indexOf(question) + 1;
        if (next == earlier.size() || earlier.get(next).role() != Role.ASSISTANT) {
            return " I had not answered yet.";
        }
        Message reply = earlier.get(next);
        int words = new BuiltInText(reply.text()).words();
        if (reply.stop() != Stop.COMPLETE) {
            return " My answer broke off after " + words + (words == 1 ? " word" : " words")
                    + "; say “continue” to get the rest.";
        }
        return " I answered: " + quote(reply, 160) + ".";
    }

    /** A summary as Markdown: counts, what the person asked, what they told. */
    String summary(BuiltInMemory memory) {
        List<Message> asked = asked();
        if (asked.isEmpty()) {
            return "There is nothing to summarise yet: this is the first message that I am handed.";
        }
        long replies = earlier.stream()
                .filter(message ->
                        message.role() == Role.ASSISTANT && !message.text().isBlank())
                .count();
        int words = earlier.stream()
                .mapToInt(message -> new BuiltInText(message.text()).words())
                .sum();
        StringBuilder summary = new StringBuilder("So far: ")
                .append(counted(asked.size(), "message"))
                .append(" from you, ")
                .append(counted((int) replies, "answer"))
                .append(" from me, ")
                .append(counted(words, "word"))
                .append(" in all.\n\n**You wrote**\n\n");
        int hidden = Math.max(0, asked.size() - MOST_LISTED);
        if (hidden > 0) {
            summary.append("- … ").append(counted(hidden, "earlier message")).append('\n');
        }
        List<String> lines = new ArrayList<>();
        asked.subList(hidden, asked.size()).forEach(message -> lines.add("- " + quote(message, 120)));
        summary.append(String.join("\n", lines));
        if (!memory.all().isEmpty()) {
            summary.append("\n\n**You told me**\n\n").append(list(memory.all()));
        }
        return summary.toString();
    }

    /** A Markdown list of sentences. */
    static String list(List<String> sentences) {
        List<String> lines = new ArrayList<>();
        for (String sentence : sentences) {
            lines.add("- " + BuiltInMemory.capitalised(sentence) + ".");
        }
        return String.join("\n", lines);
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String quote(Message message, int most) {
        return new BuiltInText(message.text()).quoted(most);
    }
}
