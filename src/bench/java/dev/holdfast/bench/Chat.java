package dev.holdfast.bench;

import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Talk that is the same in every run and as hard to pack as English: some words are as frequent as in real texts, the
 * others by <a href="https://en.wikipedia.org/wiki/Zipf%27s_law">Zipf's law</a>, and what was said a moment ago is said
 * again. Not thread-safe.
 */
final class Chat {
    private static final List<String> SMALL_WORDS = List.of(
            ("the of and to a in is you that it he was for on are as with his they I at be this have from or one had by"
                            + " but not what all were we when your can said there use an each which she do how their if"
                            + " will up other about out many then them these so some her would make like him into time"
                            + " has look two more write go see number no way could people my than first been who now")
                    .split(" "));

    private static final String[] ONSETS =
            "b c d f g h l m n p r s t w br ch cl cr dr fl gr pl pr sh st th tr str".split(" ");
    private static final String[] VOWELS = "a e i o u ea ee ai ou oo".split(" ");
    private static final String[] ENDS = "n r t s l d m ck nd nt ng st ss ll y ion er ing ed ly ment".split(" ");

    private static final int RARE_WORDS = 6_000;
    private static final int REMEMBERED = 40;

    /** No rare word is as frequent as the small ones: the list begins where theirs ends. */
    private static final int FIRST_RANK = 40;

    /** What a message goes on for before its last sentence; it then makes a line of about 350 bytes. */
    private static final int MEAN_CHARACTERS = 225;

    private final Random random;
    private final List<String> rareWords = new ArrayList<>();
    private final Deque<String> recent = new ArrayDeque<>();

    Chat(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < RARE_WORDS; i++) {
            rareWords.add(pick(ONSETS)
                    + pick(VOWELS)
                    + (random.nextInt(2) == 0 ? pick(ONSETS) + pick(VOWELS) : "")
                    + pick(ENDS));
        }
    }

    /** Of about 265 characters on average, in sentences: from one of a few words to some of a thousand characters. */
    String message() {
        double length = MEAN_CHARACTERS * Math.min(4, 0.25 - 0.8 * Math.log(1 - random.nextDouble()));
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(text.length() == 0 ? "" : random.nextInt(6) == 0 ? "\n\n" : " ");
            sentence(text);
        }
        return text.toString();
    }

    /** What was said, as the body of a line. */
    JsonObject body(long number) {
        JsonObject body = new JsonObject();
        body.addProperty("role", number % 2 == 1 ? "user" : "assistant");
        body.addProperty("content", message());
        body.addProperty("id", "m" + number);
        body.addProperty("parent", number == 1 ? null : "m" + (number - 1));
        return body;
    }

    /** Bodies for many appends, made before the time is taken. */
    static List<JsonObject> bodies(int count) {
        Chat chat = new Chat(1);
        return Stream.iterate(1L, number -> number + 1)
                .limit(count)
                .map(chat::body)
                .toList();
    }

    private void sentence(StringBuilder text) {
        int start = text.length();
        for (int words = 4 + random.nextInt(12); words > 0; words--) {
            text.append(word());
            text.append(words == 1 ? "" : random.nextInt(12) == 0 ? ", " : " ");
        }
        text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
        text.append(random.nextInt(7) == 0 ? "?" : ".");
    }

    private String word() {
        int kind = random.nextInt(100);
        if (kind < 52) {
            return SMALL_WORDS.get(zipf(1, SMALL_WORDS.size()));
        }
        if (kind < 54) {
            return Integer.toString(random.nextInt(2_000));
        }
        String word = kind < 72 && !recent.isEmpty()
                ? recent.stream()
                        .skip(random.nextInt(recent.size()))
                        .findFirst()
                        .orElseThrow()
                : rareWords.get(zipf(FIRST_RANK, RARE_WORDS));
        recent.addLast(word);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        return word;
    }

    /** An index below {@code count}; the one of rank r about as often as 1/r, where the first has rank {@code first}. */
    private int zipf(int first, int count) {
        return (int) (first * Math.pow((double) (first + count) / first, random.nextDouble())) - first;
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
