package dev.holdfast.model;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes what the built-in model says to a list of messages, by plain rules: each clause of the last message is taken
 * for a request, a question about something told, or something told; what is left over is quoted back. Stateless and
 * thread-safe.
 */
final class BuiltInAnswers {
    static final String ABOUT =
            "I am the built-in offline stand-in, not an AI: I can repeat, remember, count, calculate, summarise, say"
                    + " what we were working on and tell made-up stories. For real answers, set a model.";

    private static final String NO_ANSWER =
            "I am the offline stand-in: I repeat, remember, count and summarise, but I do not"
                    + " think. For real answers, set a model.";
    private static final Pattern ECHO = Pattern.compile(
            "(?:please |can you |could you )*(?:repeat after me|repeat"
                    + " exactly|repeat|echo|say|sag|di)\\b\\s*:?\\s+(.+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COUNT = Pattern.compile(
            "(?:how many|count(?: the| all)?) (words|letters|characters|messages)\\b(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile(".*?[:“\"„«]\\s*([^”\"“»]+)[”\"“»]?.*", Pattern.DOTALL);
    private static final int MOST_ANSWERS = 6;
    private static final int MOST_CONTINUATIONS = 50;

    /** The reply to the last of {@code messages}, which is a person's. */
    BuiltInReply answer(List<Message> messages) {
        String asked = messages.get(messages.size() - 1).text();
        return new BuiltInReply(text(messages, 0), BuiltInRequest.SLOW.in(asked));
    }

    private String text(List<Message> messages, int continuations) {
        BuiltInConversation conversation = new BuiltInConversation(messages);
        String asked = conversation.text().strip();
        if (asked.isEmpty()) {
            return "Your message holds no text that I can read. " + ABOUT;
        }
        BuiltInMemory memory = new BuiltInMemory(messages);
        List<BuiltInText.Clause> clauses = new BuiltInText(asked).clauses();
        Optional<String> whole = ofWhole(asked, conversation, messages, continuations);
        if (whole.isPresent()) {
            return whole.get();
        }
        Set<String> answers = new LinkedHashSet<>();
        for (BuiltInText.Clause clause : clauses) {
            if (answers.size() < MOST_ANSWERS) {
                requested(clause, conversation, memory)
                        .or(() -> memory.recall(clause))
                        .ifPresent(answers::add);
            }
        }
        if (answers.isEmpty()) {
            return leftOver(asked, clauses, memory);
        }
        return String.join("\n\n", answers);
    }

    /** Answers that need the message as it stands, not its clauses. */
    private Optional<String> ofWhole(
            String asked, BuiltInConversation conversation, List<Message> messages, int continuations) {
        String plain = asked.replaceFirst("[.!?。！？…]+$", "").strip();
        if (BuiltInRequest.REPEAT_LAST.is(plain)) {
            return Optional.of(conversation.lastReply().map(Message::text).orElse("I have not said anything yet."));
        }
        if (BuiltInRequest.CONTINUE.is(plain)) {
            return Optional.of(rest(messages, continuations));
        }
        Matcher count = COUNT.matcher(asked);
        if (count.lookingAt()) {
            return Optional.of(count(count.group(1).toLowerCase(Locale.ROOT), count.group(2), conversation));
        }
        Matcher echo = ECHO.matcher(asked);
        return echo.matches() ? Optional.of(unquoted(echo.group(1).strip())) : Optional.empty();
    }

    private Optional<String> requested(
            BuiltInText.Clause clause, BuiltInConversation conversation, BuiltInMemory memory) {
        String text = clause.text();
        if (BuiltInRequest.SUMMARY.is(text)) {
            return Optional.of(conversation.summary(memory));
        }
        if (BuiltInRequest.WHERE_WE_WERE.is(text)) {
            return Optional.of(conversation.whereWeWere());
        }
        if (BuiltInRequest.REMEMBERED.is(text)) {
            List<String> facts = memory.all();
            return Optional.of(
                    facts.isEmpty()
                            ? "You have not told me anything yet that I could remember."
                            : "This is what you told me:\n\n" + BuiltInConversation.list(facts));
        }
        if (BuiltInRequest.ABOUT.is(text)) {
            return Optional.of(ABOUT);
        }
        if (BuiltInRequest.GREETING.is(text)) {
            return Optional.of("Hello" + memory.name().map(name -> ", " + name).orElse("") + ". " + ABOUT);
        }
        if (BuiltInRequest.THANKS.is(text)) {
            return Optional.of("You are welcome.");
        }
        return BuiltInArithmetic.answer(text)
                .or(() -> BuiltInStoryRequest.in(text).map(BuiltInStoryRequest::tell))
                .or(() -> new BuiltInSamples(conversation).answer(text));
    }

    /** What came after the place where the last reply broke off, by computing that reply again. */
    private String rest(List<Message> messages, int continuations) {
        int last = messages.size() - 2;
        if (last < 1
                || messages.get(last).role() != Role.ASSISTANT
                || messages.get(last - 1).role() != Role.USER) {
            return "There is no answer of mine that I could continue.";
        }
        Message reply = messages.get(last);
        if (reply.stop() == Stop.COMPLETE || continuations == MOST_CONTINUATIONS) {
            return "My last answer was complete; I have nothing to add to it.";
        }
        String full = text(messages.subList(0, last), continuations + 1);
        if (!full.startsWith(reply.text()) || full.length() == reply.text().length()) {
            return "I cannot find the place where I stopped. Please ask again.";
        }
        return full.substring(reply.text().length()).stripLeading();
    }

    private static String count(String unit, String rest, BuiltInConversation conversation) {
        if (unit.equals("messages")) {
            int earlier = conversation.asked().size();
            return "You have written " + BuiltInConversation.counted(earlier + 1, "message")
                    + " that I am handed, this one" + " included.";
        }
        Matcher quoted = QUOTED.matcher(rest);
        boolean given = quoted.matches() && !quoted.group(1).isBlank();
        List<Message> asked = conversation.asked();
        if (!given && asked.isEmpty()) {
            return "There is no earlier message of yours to count in. Give me the text after a colon.";
        }
        String text =
                given ? quoted.group(1).strip() : asked.get(asked.size() - 1).text();
        int count = unit.equals("words")
                ? new BuiltInText(text).words()
                : (int) text.codePoints()
                        .filter(c -> unit.equals("characters") || Character.isLetter(c))
                        .count();
        String noun = unit.substring(0, unit.length() - 1);
        return new BuiltInText(text).quoted(80) + " has " + BuiltInConversation.counted(count, noun) + ".";
    }

    private static String leftOver(String asked, List<BuiltInText.Clause> clauses, BuiltInMemory memory) {
        List<String> noted = new ArrayList<>();
        for (BuiltInFact fact : memory.toldLast()) {
            String before = memory.before(fact)
                    .map(old -> " (before: " + old.sentence() + ")")
                    .orElse("");
            noted.add(fact.sentence() + before);
        }
        boolean question = clauses.stream().anyMatch(BuiltInText.Clause::question);
        if (!noted.isEmpty() && !question) {
            return "I will remember: " + String.join("; ", noted) + ".";
        }
        String quote = "You " + (question ? "asked: " : "said: ") + new BuiltInText(asked).quoted(400);
        boolean personal = clauses.stream().anyMatch(BuiltInMemory::asksForTold);
        return quote + ". " + (personal ? "You have not told me that in what I am handed. " : "") + NO_ANSWER;
    }

    private static String unquoted(String text) {
        Matcher marks = Pattern.compile("(?s)[“\"„](.*)[”\"“]").matcher(text);
        return marks.matches() ? marks.group(1) : text;
    }
}
