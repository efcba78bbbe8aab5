package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of what is labelled is taken out, and how much of what is taken out is labelled. */
@Tag("slow")
class CorpusTest {
    private static final double LEAST_RECALL = 0.99;
    private static final double LEAST_PRECISION = 0.97;

    private final List<Corpus.Line> corpus = Corpus.lines();

    /**
     * For one kind. Found is what was taken out with every character, under whatever name: so it did not leak. Right is
     * what was taken out under the right name with exactly the right bounds.
     */
    private static final class Score {
        private int labelled;
        private int found;
        private int taken;
        private int right;

        void add(Score other) {
            labelled += other.labelled;
            found += other.found;
            taken += other.taken;
            right += other.right;
        }

        double recall() {
            return labelled == 0 ? 1 : (double) found / labelled;
        }

        double precision() {
            return taken == 0 ? 1 : (double) right / taken;
        }

        @Override
        public String toString() {
            return String.format(
                    "recall %5.3f (%d of %d), precision %5.3f (%d of %d)",
                    recall(), found, labelled, precision(), right, taken);
        }
    }

    @Test
    void corpusIsLargeHalvedHalfNearMissesAndLabelledInBounds() {
        long heldOut =
                corpus.stream().filter(line -> line.half().equals("held-out")).count();
        long nearMisses =
                corpus.stream().filter(line -> line.labels().isEmpty()).count();
        assertTrue(corpus.size() >= 320, "lines: " + corpus.size());
        assertTrue(Math.abs(2 * heldOut - corpus.size()) <= 20, "held out: " + heldOut);
        assertTrue(2 * nearMisses >= corpus.size(), "near misses: " + nearMisses);
        Set<String> texts = new HashSet<>();
        for (Corpus.Line line : corpus) {
            assertTrue(texts.add(line.text()), "twice: " + line.text());
            for (Corpus.Label label : line.labels()) {
                SecretKind.valueOf(label.kind());
                assertTrue(label.from() >= 0
                        && label.from() < label.to()
                        && label.to() <= line.text().length());
            }
        }
    }

    /** With what is on by default, all personal data are near misses. */
    @ParameterizedTest
    @ValueSource(strings = {"tune", "held-out"})
    void secretsAreTakenOutAndLittleElse(String half) {
        assertGood(half, RedactionRules.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tune", "held-out"})
    void everyKindIsTakenOutAndLittleElse(String half) {
        assertGood(half, EnumSet.allOf(SecretKind.class));
    }

    /** Each kind alone that has a form of its own: none may lean on another one to be told from it. */
    @Test
    void kindAloneTakesOutWhatItTakesOutAmongAll() {
        for (SecretKind kind : EnumSet.complementOf(EnumSet.of(
                SecretKind.HIGH_ENTROPY,
                SecretKind.EMAIL,
                SecretKind.OPENAI_KEY,
                SecretKind.SECRET,
                SecretKind.AUTHORIZATION,
                SecretKind.PASSWORD))) {
            Score score = total(scores("tune", EnumSet.of(kind)));
            assertEquals(score.labelled, score.found, kind + " alone: " + score);
            assertEquals(score.taken, score.right, kind + " alone: " + score);
        }
    }

    private void assertGood(String half, Set<SecretKind> kinds) {
        Map<String, Score> scores = scores(half, kinds);
        StringBuilder report = new StringBuilder();
        report.append("Redaction, half '")
                .append(half)
                .append("', ")
                .append(kinds.size())
                .append(" kinds\n");
        scores.forEach((kind, score) -> report.append(String.format("  %-14s %s%n", kind, score)));
        Score total = total(scores);
        report.append(String.format("  %-14s %s%n", "all", total));
        System.out.print(report);
        assertTrue(total.recall() >= LEAST_RECALL, "recall on '" + half + "': " + total);
        assertTrue(total.precision() >= LEAST_PRECISION, "precision on '" + half + "': " + total);
    }

    private static Score total(Map<String, Score> scores) {
        Score total = new Score();
        scores.values().forEach(total::add);
        return total;
    }

    private Map<String, Score> scores(String half, Set<SecretKind> kinds) {
        RedactionRules rules = new RedactionRules(kinds, List.of());
        Map<String, Score> scores = new TreeMap<>();
        kinds.forEach(kind -> scores.put(kind.name(), new Score()));
        for (Corpus.Line line : corpus) {
            if (line.half().equals(half)) {
                judge(line, rules, scores);
            }
        }
        return scores;
    }

    /** The lines that fall short are shown for the half 'tune' only: nobody shall look at the others. */
    private static void judge(Corpus.Line line, RedactionRules rules, Map<String, Score> scores) {
        List<Corpus.Label> taken = Corpus.taken(rules, line.text(), Integer.MAX_VALUE / 2);
        boolean show = line.half().equals("tune");
        for (Corpus.Label label : line.labels()) {
            if (scores.containsKey(label.kind())) {
                Score score = scores.get(label.kind());
                boolean found = taken.stream().anyMatch(span -> span.covers(label));
                score.labelled++;
                score.found += found ? 1 : 0;
                if (!found && show) {
                    System.out.println("  missed " + label + " in: " + line.text());
                }
            }
        }
        for (Corpus.Label span : taken) {
            boolean right = line.labels().contains(span);
            scores.get(span.kind()).taken++;
            scores.get(span.kind()).right += right ? 1 : 0;
            if (!right && show) {
                System.out.println("  wrong " + span + " in: " + line.text());
            }
        }
    }
}
