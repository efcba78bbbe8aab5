package dev.holdfast.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wish for a story or another long text.
 *
 * @param topic in the person's words
 * @param words how many are wanted
 * @param seed the same for the same wish
 */
record BuiltInStoryRequest(String topic, int words, long seed) {
    private static final int MOST = 5_000;
    private static final int USUAL = 250;
    private static final int SHORT = 80;
    private static final int LONG = 800;
    private static final int VERY_LONG = 2_000;

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
    private static final Pattern WISH = Pattern.compile(
            "(?:tell|write|give|make up|invent|create|read|i want|i(?: would|[’']d)"
                    + " like|erzähl|schreib|cuenta|cuéntame|escribe|raconte).*?(?:story|tale|essay|text|article|something"
                    + " long|a lot|long (?:answer|reply|message)|geschichte|märchen|historia|cuento|histoire)\\b.*|(?:a"
                    + " |an? )?(?:very |really )?(?:long|short)?\\s?(?:story|tale) (?:about|of)"
                    + " .*|.*(?:話|物語).*(?:して|書いて|聞かせて).*",
            FLAGS);
    private static final Pattern TOPIC = Pattern.compile(
            "\\b(?:about|on|über|von|sobre|acerca de|sur)\\s+(.{1,120}?)(?:[,;.]|$"
                    + "|\\s+(?:in|with|of|mit|con)\\s+\\S+\\s+(?:words|wörtern|palabras)"
                    + "|\\s+(?:slowly|langsam|despacio|please|bitte|por favor)\\b)",
            FLAGS);
    private static final Pattern WORDS =
            Pattern.compile("\\b(\\d{1,3}(?:[,. ]\\d{3})+|\\d+)[- ]?(?:words?|wörter|palabras|mots)\\b", FLAGS);
    private static final Pattern VERY =
            Pattern.compile("\\b(?:very|really|extremely|sehr|muy) (?:long|lange|larga|largo)", FLAGS);
    private static final Pattern LENGTHY =
            Pattern.compile("\\b(?:long|longer|lange|larga|largo|longue|a lot)\\b|長い", FLAGS);
    private static final Pattern BRIEF = Pattern.compile("\\b(?:short|brief|kurze|corta|corto|courte)\\b|短い", FLAGS);

    /** The wish that {@code clause} holds. */
    static Optional<BuiltInStoryRequest> in(String clause) {
        if (!WISH.matcher(clause).matches()) {
            return Optional.empty();
        }
        Matcher topic = TOPIC.matcher(clause);
        String about = topic.find() ? topic.group(1).strip() : "a long wait";
        return Optional.of(new BuiltInStoryRequest(
                about, wanted(clause), clause.toLowerCase(Locale.ROOT).hashCode()));
    }

    private static int wanted(String clause) {
        Matcher words = WORDS.matcher(clause);
        if (words.find()) {
            String digits = words.group(1).replaceAll("[,. ]", "");
            return digits.length() > 6 ? MOST : Math.max(1, Math.min(MOST, Integer.parseInt(digits)));
        }
        if (VERY.matcher(clause).find()) {
            return VERY_LONG;
        }
        if (LENGTHY.matcher(clause).find()) {
            return LONG;
        }
        return BRIEF.matcher(clause).find() ? SHORT : USUAL;
    }

    /** Fulfils it. */
    String tell() {
        return BuiltInStory.tell(topic, words, seed);
    }
}
