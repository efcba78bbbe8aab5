package dev.holdfast.model;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that the person told.
 *
 * @param key what it is about; a later fact of the same key replaces an earlier one
 * @param sentence said to the person, without a full stop: “your name is Olga”
 * @param about keywords of the key
 * @param words keywords of key and sentence
 * @param once whether the key alone names it, such as where somebody lives
 */
record BuiltInFact(String key, String sentence, Set<String> about, Set<String> words, boolean once) {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;

    private static final Pattern NAME = Pattern.compile(
            "(?:my (?:full |first |real )?name(?:[’']s| is| was)(?: now)?"
                    + "|i(?: am|[’']m) called|ich heiße|mein name ist|me llamo|mi nombre es|je m[’']appelle"
                    + "|mon nom est|私の名前は|わたしの名前は)\\s*(.{1,100}?)(?:です|だ)?",
            FLAGS);
    /** Not “call me tomorrow”: a name has a capital. */
    private static final Pattern CALL_ME = Pattern.compile("(?:\\w+ )?[Cc]all me (\\p{Lu}.{0,100})", Pattern.DOTALL);

    private static final Pattern NAMED = Pattern.compile(".*\\b(?:called|named)\\b.*", FLAGS);
    private static final Pattern NOTE =
            Pattern.compile("(?:remember|don[’']t forget|keep in mind|note)(?:\\s+that)?[\\s:,]+(.{3,})", FLAGS);
    private static final Pattern POSSESSION = Pattern.compile(
            "((?:my|our|the|this) [^,;]{1,60}?|[\\p{Lu}][\\p{L}]+[’']s [^,;]{1,60}?) (?:is|are|was|were|will be)"
                    + " (.{1,400})",
            FLAGS);
    private static final Pattern PERSON =
            Pattern.compile("(?:i|i[’']m|we|we[’']re) (?:(?:now|also|really|currently|still|just) )?(.{2,400})", FLAGS);
    /** What people have once: a later fact replaces the earlier one. Key and the predicates that tell it. */
    private static final Map<String, Pattern> ONCE = Map.of(
            "live", Pattern.compile("(?:live|lived|reside|moved to)\\b.*", FLAGS),
            "work", Pattern.compile("(?:work|am working) (?:as|at|for|in)\\b.*", FLAGS),
            "born", Pattern.compile("(?:am|was)? ?born\\b.*", FLAGS),
            "come from", Pattern.compile("(?:am|come)? ?from\\b.*", FLAGS),
            "old", Pattern.compile("(?:am )?\\d{1,3}(?: years old)?", FLAGS));
    /** What people can have or be many of. */
    private static final Pattern MANY = Pattern.compile(
            "(?:like|love|enjoy|prefer|hate|dislike|own|have|speak|play|study|am|was|are|drive|eat|drink|met)\\b.+",
            FLAGS);

    private static final List<Turn> TURNED = turned("i am=you are;i[’']m=you are;i was=you were"
            + ";i[’']ve=you have;i[’']d=you would;i[’']ll=you will;i=you;me=you;my=your;mine=yours;myself=yourself");

    /** The fact that a clause tells, or empty if it tells none that would be asked for later. */
    static Optional<BuiltInFact> in(BuiltInText.Clause clause) {
        return clause.question() ? Optional.empty() : in(clause.text());
    }

    private static Optional<BuiltInFact> in(String clause) {
        Matcher note = NOTE.matcher(clause);
        if (note.matches()) {
            String inner = note.group(1).strip();
            return in(inner).or(() -> Optional.of(of(inner, inner)));
        }
        Matcher name = NAME.matcher(clause);
        if (name.matches()) {
            return Optional.of(of("name", "my name is " + name.group(1).strip()));
        }
        Matcher callMe = CALL_ME.matcher(clause);
        if (callMe.matches()) {
            return Optional.of(of("name", "my name is " + callMe.group(1).strip()));
        }
        Matcher possession = POSSESSION.matcher(clause);
        if (possession.matches()) {
            return Optional.of(of(possession.group(1), clause));
        }
        Matcher person = PERSON.matcher(clause);
        return person.matches() ? ofPerson(person.group(1), clause) : Optional.empty();
    }

    private static Optional<BuiltInFact> ofPerson(String predicate, String clause) {
        for (Map.Entry<String, Pattern> topic : ONCE.entrySet()) {
            if (topic.getValue().matcher(predicate).matches()) {
                return Optional.of(of(topic.getKey(), clause));
            }
        }
        boolean told = MANY.matcher(predicate).matches() || clause.matches("(?is)i[’']m .*");
        return told ? Optional.of(of(predicate, clause)) : Optional.empty();
    }

    /** Whether it answers a question that goes beyond it: where they live, when asked whether they live in Oslo. */
    boolean yieldsTo(Set<String> asked) {
        return once && asked.containsAll(about);
    }

    private static BuiltInFact of(String key, String said) {
        Set<String> about = new BuiltInText(NAMED.matcher(said).matches() ? key + " name" : key).keywords();
        Set<String> words = new LinkedHashSet<>(about);
        words.addAll(new BuiltInText(said).keywords());
        String same = about.isEmpty() ? said : String.join(" ", new TreeSet<>(about));
        return new BuiltInFact(same, toPerson(said), about, words, ONCE.containsKey(key));
    }

    /** Turns what somebody said of themselves into what is said to them: “I am” into “you are”, “my” into “your”. */
    static String toPerson(String said) {
        String text = said;
        for (Turn turn : TURNED) {
            text = turn.from().matcher(text).replaceAll(turn.to());
        }
        return text;
    }

    private record Turn(Pattern from, String to) {}

    private static List<Turn> turned(String pairs) {
        return Arrays.stream(pairs.split(";"))
                .map(pair -> pair.split("="))
                .map(sides -> new Turn(Pattern.compile("\\b" + sides[0] + "\\b", Pattern.CASE_INSENSITIVE), sides[1]))
                .toList();
    }
}
