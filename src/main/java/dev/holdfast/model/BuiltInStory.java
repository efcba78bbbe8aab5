package dev.holdfast.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a story of a wanted length by a small grammar: sentences drawn from {@link BuiltInStoryWords}, their gaps
 * filled with names, places and things. The same seed and topic bring the same story: the sequence of {@link Random} is
 * specified.
 */
final class BuiltInStory {
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");
    private static final int CHAPTERS_FROM = 400;
    private static final int WORDS_A_CHAPTER = 320;
    /** A story of fewer words begins and ends in one sentence each. */
    private static final int SHORT = 120;

    private final Random random;
    private final Map<String, String> fixed;
    private final Map<String, Deque<String>> decks = new HashMap<>();
    private final StringBuilder story = new StringBuilder();
    private int words;
    private int chapters;

    private BuiltInStory(String topic, long seed) {
        random = new Random(seed);
        fixed = new HashMap<>();
        fixed.put("topic", topic);
        fixed.put("hero", draw("name"));
        fixed.put("friend", draw("name"));
        fixed.put("home", draw("town"));
    }

    /** A story in Markdown of at least {@code wanted} words, and not many more. */
    static String tell(String topic, int wanted, long seed) {
        return new BuiltInStory(topic, seed).tell(wanted);
    }

    private String tell(int wanted) {
        int sentences = wanted < SHORT ? 1 : 3;
        String ending = paragraph(BuiltInStoryWords.ENDINGS, sentences);
        int room = Math.max(0, wanted - count(ending));
        boolean inChapters = wanted >= CHAPTERS_FROM;
        add("## A story about " + fixed.get("topic"));
        if (inChapters) {
            chapter();
        }
        add(paragraph(BuiltInStoryWords.BEGINNINGS, sentences));
        while (words < room) {
            if (inChapters && words > chapters * WORDS_A_CHAPTER && room - words > WORDS_A_CHAPTER / 2) {
                chapter();
            }
            add(paragraph("sentence", Math.min(3 + random.nextInt(4), 1 + (room - words) / 14)));
        }
        add(ending);
        return story.toString();
    }

    private void chapter() {
        chapters++;
        add("### " + chapters + ". " + fill(draw("chapter")));
    }

    private void add(String paragraph) {
        story.append(story.isEmpty() ? "" : "\n\n").append(paragraph);
        words += count(paragraph);
    }

    private String paragraph(List<String> templates, int sentences) {
        List<String> shuffled = new ArrayList<>(templates);
        Collections.shuffle(shuffled, random);
        return join(shuffled.subList(0, Math.min(sentences, shuffled.size())), this::fill);
    }

    private String paragraph(String deck, int sentences) {
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            drawn.add(draw(deck));
        }
        return join(drawn, this::fill);
    }

    private static String join(List<String> templates, Function<String, String> fill) {
        return String.join(" ", templates.stream().map(fill).toList());
    }

    /** The next of a kind; none comes a second time before all have come once. */
    private String draw(String kind) {
        Deque<String> deck = decks.computeIfAbsent(kind, unused -> new ArrayDeque<>());
        if (deck.isEmpty()) {
            List<String> cards = new ArrayList<>(BuiltInStoryWords.DECKS.get(kind));
            Collections.shuffle(cards, random);
            deck.addAll(cards);
        }
        return deck.pop();
    }

    private String fill(String template) {
        Matcher gaps = GAP.matcher(template);
        String filled = gaps.replaceAll((MatchResult gap) -> {
            String kind = gap.group(1);
            String word = fixed.containsKey(kind) ? fixed.get(kind) : draw(kind);
            return Matcher.quoteReplacement(word);
        });
        return BuiltInMemory.capitalised(filled);
    }

    private static int count(String text) {
        return new BuiltInText(text).words();
    }
}
