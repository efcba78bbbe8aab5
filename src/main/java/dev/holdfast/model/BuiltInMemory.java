package dev.holdfast.model;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person has told in the messages that were handed over, and nothing else: there is no memory between requests.
 * Of two facts with the same key the later one holds. Immutable.
 */
final class BuiltInMemory {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final int MOST_AT_ONCE = 8;
    private static final Pattern OF_THE_PERSON =
            Pattern.compile(".*\\b(?:my|i|me|our|we)\\b.*", FLAGS | Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile(
            "(?:show|tell|write|give|make|say|repeat|echo|count|calculate|summari[sz]e|list|continue|go on)\\b", FLAGS);
    private static final Pattern WHO_AM_I = Pattern.compile("(?:who|what) am i\\b.*", FLAGS);
    private static final Pattern WHAT_I_DO =
            Pattern.compile("(?:what do i do(?: for a living| for work)?|how do i earn my living)", FLAGS);
    /** How a name is asked for in other languages, and how it is then given. */
    private static final Map<Pattern, String> NAME_ASKED = Map.of(
            Pattern.compile("wie (?:heiße ich|ist mein name|hei(?:ss|ß) ich).*", FLAGS), "Du heißt %s.",
            Pattern.compile("(?:cómo me llamo|como me llamo|cuál es mi nombre|cual es mi nombre).*", FLAGS),
                    "Te llamas %s.",
            Pattern.compile("(?:comment je m[’']appelle|quel est mon nom).*", FLAGS), "Tu t’appelles %s.",
            Pattern.compile("(?:私|わたし)の名前は(?:何|なん)(?:ですか|だ)?.*", FLAGS), "あなたの名前は%sです。");

    private static final String NAME_SENTENCE = "your name is ";

    /** Newest fact of each key, in the order in which they were told. */
    private final Map<String, BuiltInFact> facts = new LinkedHashMap<>();

    private final List<BuiltInFact> newest = new ArrayList<>();
    private final Map<String, BuiltInFact> replaced = new LinkedHashMap<>();
    private final List<String> statements = new ArrayList<>();

    /** Reads the person's messages, oldest first. */
    BuiltInMemory(List<Message> messages) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.USER) {
                read(new BuiltInText(messages.get(i).text()), i == messages.size() - 1);
            }
        }
    }

    private void read(BuiltInText text, boolean last) {
        for (BuiltInText.Clause clause : text.clauses()) {
            if (clause.question()) {
                continue;
            }
            boolean asked = NAME_ASKED.keySet().stream().anyMatch(clause::matches);
            if (!asked) {
                BuiltInFact.in(clause).ifPresent(fact -> keep(fact, last));
            }
            if (!last && !clause.matches(COMMAND)) {
                statements.add(clause.text());
            }
        }
    }

    private void keep(BuiltInFact fact, boolean last) {
        BuiltInFact before = facts.remove(fact.key());
        facts.put(fact.key(), fact);
        if (last) {
            newest.add(fact);
            if (before != null && !before.sentence().equals(fact.sentence())) {
                replaced.put(fact.key(), before);
            }
        }
    }

    /** All facts, said to the person. */
    List<String> all() {
        return facts.values().stream().map(BuiltInFact::sentence).toList();
    }

    /** What the last message told. */
    List<BuiltInFact> toldLast() {
        return newest.stream().filter(facts::containsValue).toList();
    }

    /** What {@code fact}, told last, has replaced. */
    Optional<BuiltInFact> before(BuiltInFact fact) {
        return Optional.ofNullable(replaced.get(fact.key()));
    }

    /** The person's name. */
    Optional<String> name() {
        return Optional.ofNullable(facts.get(String.join(" ", new BuiltInText("name").keywords())))
                .map(BuiltInFact::sentence)
                .filter(sentence -> sentence.startsWith(NAME_SENTENCE))
                .map(sentence -> sentence.substring(NAME_SENTENCE.length()));
    }

    /** The answer to a question about something told, or empty. */
    Optional<String> recall(BuiltInText.Clause clause) {
        for (Map.Entry<Pattern, String> asked : NAME_ASKED.entrySet()) {
            if (clause.matches(asked.getKey())) {
                return name().map(name -> String.format(asked.getValue(), name));
            }
        }
        if (!clause.question()) {
            return Optional.empty();
        }
        if (clause.matches(WHO_AM_I)) {
            return join(facts.values().stream()
                    .filter(fact -> fact.sentence().matches("(?s)(?:your name is|you are) .*"))
                    .toList());
        }
        Matcher work = WHAT_I_DO.matcher(clause.text());
        Set<String> asked = new BuiltInText(work.matches() ? "work" : clause.text()).keywords();
        return asked.isEmpty() ? Optional.empty() : recall(asked).or(() -> quote(asked));
    }

    /** Whether the clause asks for something that only the person could have told. */
    static boolean asksForTold(BuiltInText.Clause clause) {
        return clause.question() && OF_THE_PERSON.matcher(clause.text()).matches();
    }

    private Optional<String> recall(Set<String> asked) {
        List<BuiltInFact> matching = new ArrayList<>();
        for (BuiltInFact fact : facts.values()) {
            if (fact.about().equals(asked)) {
                return join(List.of(fact));
            }
            if (fact.words().containsAll(asked)) {
                matching.add(fact);
            }
        }
        if (matching.isEmpty()) {
            facts.values().stream().filter(fact -> fact.yieldsTo(asked)).forEach(matching::add);
        }
        return join(matching);
    }

    /** The statement that has most of the words asked for, the latest of several. */
    private Optional<String> quote(Set<String> asked) {
        int enough = Math.max(1, (asked.size() * 2 + 2) / 3);
        String best = null;
        for (String statement : statements) {
            Set<String> shared = new BuiltInText(statement).keywords();
            shared.retainAll(asked);
            if (shared.size() >= enough) {
                enough = shared.size();
                best = statement;
            }
        }
        return Optional.ofNullable(best)
                .map(statement -> "Earlier you said: " + new BuiltInText(statement).quoted(300) + ".");
    }

    private static Optional<String> join(List<BuiltInFact> told) {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder answer = new StringBuilder();
        for (BuiltInFact fact : told.subList(Math.max(0, told.size() - MOST_AT_ONCE), told.size())) {
            answer.append(answer.isEmpty() ? "" : " ")
                    .append(capitalised(fact.sentence()))
                    .append('.');
        }
        return Optional.of(answer.toString());
    }

    static String capitalised(String sentence) {
        int first = sentence.offsetByCodePoints(0, sentence.isEmpty() ? 0 : 1);
        return sentence.substring(0, first).toUpperCase(Locale.ROOT) + sentence.substring(first);
    }
}
