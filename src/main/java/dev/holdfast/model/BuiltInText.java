package dev.holdfast.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text as the built-in model reads it: sentences, clauses, words. */
record BuiltInText(String value) {
    /** Longer texts are read up to here only: what a person tells or asks of this model is short. */
    private static final int READ = 20_000;

    private static final int LONGEST_CLAUSE = 600;
    private static final int MOST_CLAUSES = 400;

    private static final Set<String> ABBREVIATIONS =
            Set.of("mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "etc", "e.g", "i.e", "z.b", "sr", "jr");
    private static final Pattern NEXT_CLAUSE = Pattern.compile(
            "\\s*[,;:]\\s+(?:(?:and|but|so|then|now)\\s+)?(?=STARTER\\b)|\\s+(?:and|but)\\s+(?=STARTER\\b)"
                    .replace(
                            "STARTER",
                            "(?:my|i|i[’']m|what|what[’']s|who|where|when|how|tell me|show me|remember|please|do you"
                                    + "|can you|could you)"),
            Pattern.CASE_INSENSITIVE);
    private static final Pattern KEPT_WHOLE = Pattern.compile(
            "(?:please )?(?:remember|don[’']t forget|keep in mind|note)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern POLITE = Pattern.compile(
            "(?:please|kindly|can you|could you|would you|will you|can i"
                    + " have|hi|hello|hey|actually|no|yes|sorry|well|oh|okay|ok|and|but|also|so|then|now|by the"
                    + " way|btw|correction|i meant|i mean|just so you know|fyi|bitte|por"
                    + " favor)(?:[,!:.]|\\b)[\\s,]*(?=\\S)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ASKS = Pattern.compile(
            "(?:what|what[’']s|who|who[’']s|where|where[’']s|when|why|how|which|whose|do|does|did|is|are|am|was|were"
                    + "|have you|has)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private static final Set<String> STOP_WORDS = Set.of(("the a an is are was were be am my your our me you i"
                    + " we it what whats who where when why "
                    + "how which whose do does did of in on at to for with as and or but that this these there "
                    + "will would can could have has had again now please remember know tell told say said about "
                    + "called still just really s m re ve by any some think mentioned should much many forget "
                    + "need up")
            .split(" "));
    /** Words that ask for the same, each with the word that stands for it. */
    private static final Map<String, String> SAME = Arrays.stream(("favorite=favourite color=colour colors=colour"
                            + " job=work profession=work occupation=work home=live living=live age=old town=city"
                            + " likes=like love=like enjoy=like")
                    .split(" "))
            .map(pair -> pair.split("="))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    /**
     * A part of a sentence with its own verb.
     *
     * @param text without what is merely polite at its beginning and without its end mark
     * @param question whether it asks for something known
     */
    record Clause(String text, boolean question) {
        boolean matches(Pattern pattern) {
            return pattern.matcher(text).lookingAt();
        }
    }

    /** Its clauses in order; the first few hundred of a very long text. */
    List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        for (String sentence : sentences()) {
            boolean asked = sentence.matches("(?s).*[?？][\"”’)]*");
            String body = withoutPoliteness(
                    sentence.replaceFirst("[.!?。！？…]+[\"”’)]*$", "").strip());
            String[] parts = KEPT_WHOLE.matcher(body).matches() ? new String[] {body} : NEXT_CLAUSE.split(body);
            for (int i = 0; i < parts.length && clauses.size() < MOST_CLAUSES; i++) {
                String part = withoutPoliteness(parts[i].strip());
                if (!part.isEmpty()) {
                    boolean last = i == parts.length - 1;
                    clauses.add(
                            new Clause(part, last && asked || ASKS.matcher(part).matches()));
                }
            }
        }
        return clauses;
    }

    private static String withoutPoliteness(String clause) {
        String rest = clause.replaceFirst("^[¿¡\"“\\s]+", "");
        Matcher polite = POLITE.matcher(rest);
        while (polite.lookingAt()) {
            rest = rest.substring(polite.end());
            polite = POLITE.matcher(rest);
        }
        return rest;
    }

    /** Its sentences with their end marks; a line's end ends a sentence too. */
    private List<String> sentences() {
        String text = value.length() > READ ? value.substring(0, READ) : value;
        List<String> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (endsAt(text, start, i) || i - start >= LONGEST_CLAUSE) {
                sentences.add(text.substring(start, i + 1).strip());
                start = i + 1;
            }
        }
        sentences.add(text.substring(start).strip());
        sentences.removeIf(String::isEmpty);
        return sentences;
    }

    private static boolean endsAt(String text, int start, int i) {
        char c = text.charAt(i);
        if (c == '\n' || "。！？".indexOf(c) >= 0) {
            return true;
        }
        if (".!?".indexOf(c) < 0 || i + 1 < text.length() && !Character.isWhitespace(text.charAt(i + 1))) {
            return false;
        }
        if (c != '.') {
            return true;
        }
        String before = text.substring(start, i);
        String word = before.substring(before.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
        boolean initial = word.length() == 1 && Character.isLetter(word.charAt(0)) && !word.equals("i");
        return !initial && !ABBREVIATIONS.contains(word);
    }

    /** The words that carry meaning, in lower case and without endings, so that “lives” finds “living”. */
    Set<String> keywords() {
        Set<String> keywords = new LinkedHashSet<>();
        Matcher words = WORD.matcher(value.toLowerCase(Locale.ROOT).replaceAll("[’']s\\b", ""));
        while (words.find()) {
            String word = words.group();
            if (!STOP_WORDS.contains(word)) {
                keywords.add(stem(SAME.getOrDefault(word, word)));
            }
        }
        return keywords;
    }

    private static String stem(String word) {
        String stem = word;
        for (String ending : List.of("ing", "ed", "es", "s", "e")) {
            if (stem.length() > ending.length() + 2 && stem.endsWith(ending) && !stem.endsWith("ss")) {
                stem = stem.substring(0, stem.length() - ending.length());
            }
        }
        return stem;
    }

    /** How many runs of letters, digits and what holds them together it has. */
    int words() {
        int words = 0;
        for (String part : value.split("\\s+")) {
            if (WORD.matcher(part).find()) {
                words++;
            }
        }
        return words;
    }

    /** On one line in quotation marks, at most {@code most} characters of it. */
    String quoted(int most) {
        String line = value.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) > most) {
            line = line.substring(0, line.offsetByCodePoints(0, most)).strip() + "…";
        }
        return "“" + line + "”";
    }
}
