package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A summary without a model: sentences taken out of the messages, as they were said. Those win that look as if somebody
 * would need them later: with names, numbers and dates, wishes and decisions, said by the person rather than the
 * assistant. A later extract competes with the lines of the earlier one, so it is as long after a year as after an hour.
 *
 * <p>The method is the oldest there is for this: sentences scored by cue words, titles and figures (H. P. Edmundson, "New
 * Methods in Automatic Extracting", Journal of the ACM 16(2), 1969). The same input gives the same extract.
 */
public final class Extract {
    private static final int LONGEST_LINE = 240;
    private static final int SHORTEST_LINE = 12;
    private static final String PERSON = "User: ";
    private static final String MODEL = "Assistant: ";

    private static final Pattern SENTENCE = Pattern.compile("[^\\n.!?。！？]+(?:[.!?。！？](?=\\S)[^\\n.!?。！？]*)*[.!?。！？]*");
    private static final Pattern CUE = Pattern.compile(
            "(?iu)\\b(?:remember|note that|my|call me|i am|i'm|we are|must|never|always|decided?|agreed?|prefer|deadline"
                    + "|important|password|code|key|todo|budget|because)\\b");
    private static final Pattern FIGURE = Pattern.compile("\\p{Nd}+");
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{Ll},;:] )\\p{Lu}[\\p{L}\\p{Nd}]+");

    private Extract() {}

    /** A sentence and where it stands. */
    private record Line(int place, String text, int score) {}

    /**
     * Puts a summary together.
     *
     * @param before the summary of what came before the messages, an extract or not
     * @param mostTokens as {@code counter} counts them
     * @return one sentence a line, in the order in which they were said; empty if nobody said anything
     */
    public static String of(Optional<String> before, List<Message> messages, int mostTokens, TokenCounter counter) {
        List<Line> best = lines(before, messages);
        best.sort(
                Comparator.comparingInt(Line::score).reversed().thenComparing(Line::place, Comparator.reverseOrder()));
        List<Line> taken = new ArrayList<>();
        long left = mostTokens;
        for (Line line : best) {
            left -= counter.count(Message.user("", Optional.empty(), line.text(), Instant.EPOCH, Optional.empty()));
            if (left < 0) {
                break;
            }
            taken.add(line);
        }
        taken.sort(Comparator.comparingInt(Line::place));
        return String.join("\n", taken.stream().map(Line::text).toList());
    }

    /** Each sentence once, where it was said last. */
    private static List<Line> lines(Optional<String> before, List<Message> messages) {
        Map<String, Line> lines = new LinkedHashMap<>();
        before.stream().flatMap(String::lines).forEach(text -> add(lines, shortened(text)));
        for (Message message : messages) {
            if (message.role() == Role.USER || message.role() == Role.ASSISTANT) {
                String who = message.role() == Role.USER ? PERSON : MODEL;
                Matcher sentence = SENTENCE.matcher(message.text());
                while (sentence.find()) {
                    String text = sentence.group().strip();
                    if (text.length() >= SHORTEST_LINE) {
                        add(lines, shortened(who + text));
                    }
                }
            }
        }
        return new ArrayList<>(lines.values());
    }

    private static void add(Map<String, Line> lines, String text) {
        if (!text.isBlank()) {
            lines.put(text, new Line(lines.size(), text, score(text)));
        }
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_LINE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE;
        return text.substring(0, end) + "…";
    }

    private static int score(String line) {
        int score = line.startsWith(PERSON) ? 2 : 0;
        score += 2 * Math.min(2, count(CUE, line));
        score += 2 * Math.min(2, count(FIGURE, line));
        score += Math.min(3, count(NAME, line));
        return line.endsWith("?") ? score - 3 : score;
    }

    private static int count(Pattern pattern, String text) {
        return (int) pattern.matcher(text).results().count();
    }
}
