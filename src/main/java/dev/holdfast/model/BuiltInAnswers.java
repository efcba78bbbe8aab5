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
            "I am the built-in offline stand-in, not an AI: I can repeat, remember, count, calculate,"
                    + " summarise, say what we were working on and tell made-up stories. For real answers, set a model.";

    private static final String NO_ANSWER =
            "I am the offline stand-in: I repeat, remember, count and summarise, but I do not"
                    + " think. For real answers, set a model.";
    private static final int MOST_ANSWERS = 6;
    private static final int MOST_CONTINUATIONS = 50;

    private static final Pattern SLOW =
            pattern("(?s).*(?:\\b(?:slowly|take your time|langsam|despacio|lentamente|lentement)\\b"
                    + "|\\b(?:be|go|very|write|speak|answer|type|a) slow\\b|ゆっくり).*");
    private static final Pattern REPEAT_LAST = pattern(
            "(?:repeat (?:that|it|yourself|your last (?:answer|reply|message))|say (?:that|it) again|what did you (?:just )?say|again)");
    private static final Pattern ECHO = pattern(
            "(?s)(?:please |can you |could you )*(?:repeat after me|repeat exactly|repeat|echo|say|sag|di)\\b\\s*[:,]?\\s+(.+)");
    private static final Pattern CONTINUE = pattern(
            "(?:continue|go on|carry on|keep going|finish (?:it|your (?:answer|reply|story)|the story)|the rest|weiter"
                    + "|mach weiter|sigue|continúa|続けて)(?:,? (?:please|where you stopped|from where you stopped|the story"
                    + "|your answer|writing|slowly))*");
    private static final Pattern COUNT =
            pattern("(?s)(?:(?:how many|count(?: the| all)?) (words|letters|characters|messages)\\b)(.*)");
    private static final Pattern QUOTED = pattern("(?s).*?[:“\"„«]\\s*([^”\"“»]+)[”\"“»]?.*");
    private static final Pattern SUMMARY = pattern(
            "(?:summari[sz]e|sum up|sum it up|(?:give me |write |make |show me )?(?:a |the )?(?:short |brief )?summary|recap"
                    + "|what have we (?:talked about|discussed|done)|fasse? .*zusammen|resume|resumen|要約).*");
    private static final Pattern WHERE_WE_WERE = pattern(
            "(?:what (?:were|are|was) (?:we|i) (?:working on|doing|talking about|discussing|up to)|where (?:were|was|are) (?:we|i)"
                    + "|where did (?:we|i) (?:stop|leave off|get to)|what did we (?:last )?(?:talk about|discuss|work on)"
                    + "|woran (?:haben|hatten) wir|wo waren wir|en qué estábamos)\\b.*");
    private static final Pattern REMEMBERED = pattern(
            "(?:what (?:do|did) (?:you|i) (?:know|remember|tell)(?: (?:about )?(?:me|you|so far))*|what (?:should|must) you remember"
                    + "|what have i told you|list (?:everything|all|what) you (?:know|remember).*|do you remember (?:me|anything))"
                    + "(?: so far| about me)*");
    private static final Pattern ABOUT_ASKED = pattern(
            "(?:who are you|what are you|what can you do|what is this|are you (?:an? )?(?:ai|real|model|human|bot|robot).*"
                    + "|help|what is your name|what[’']s your name|wer bist du|quién eres)");
    private static final Pattern GREETING = pattern(
            "(?:hello|hi|hey|good (?:morning|evening|afternoon|day)|hallo|guten tag|hola|bonjour|こんにちは)(?: (?:there|again|everyone))?");
    private static final Pattern THANKS = pattern("(?:thanks|thank you|danke|gracias|merci|ありがとう).*");

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The reply to the last of {@code messages}, which is a person's. */
    BuiltInReply answer(List<Message> messages) {
        String asked = messages.get(messages.size() - 1).text();
        boolean slow =
                SLOW.matcher(asked.substring(0, Math.min(asked.length(), 2000))).matches();
        return new BuiltInReply(text(messages, 0), slow);
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
        if (REPEAT_LAST.matcher(plain).matches()) {
            return Optional.of(conversation.lastReply().map(Message::text).orElse("I have not said anything yet."));
        }
        if (CONTINUE.matcher(plain).matches()) {
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
        if (SUMMARY.matcher(text).matches()) {
            return Optional.of(conversation.summary(memory));
        }
        if (WHERE_WE_WERE.matcher(text).matches()) {
            return Optional.of(conversation.whereWeWere());
        }
        if (REMEMBERED.matcher(text).matches()) {
            List<String> facts = memory.all();
            return Optional.of(
                    facts.isEmpty()
                            ? "You have not told me anything yet that I could remember."
                            : "This is what you told me:\n\n" + BuiltInConversation.list(facts));
        }
        if (ABOUT_ASKED.matcher(text).matches()) {
            return Optional.of(ABOUT);
        }
        if (GREETING.matcher(text).matches()) {
            return Optional.of("Hello" + memory.name().map(name -> ", " + name).orElse("") + ". " + ABOUT);
        }
        if (THANKS.matcher(text).matches()) {
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
