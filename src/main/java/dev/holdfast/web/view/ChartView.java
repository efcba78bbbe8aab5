package dev.holdfast.web.view;

import java.util.ArrayList;
import java.util.List;

/**
 * What was sent with each turn, against what all of the conversation would have been: a chart of two bars a turn, one in
 * the other, for {@code usage.html}. Lengths are parts of a box that is {@code width()} by {@value #HEIGHT} and stretched to
 * the page.
 *
 * @param bars the newest turns, oldest first
 * @param most the highest number of tokens: as high as the box
 */
public record ChartView(List<Bar> bars, long most) {
    /** More turns are not shown: on a phone a bar is five pixels wide then. */
    public static final int MOST_TURNS = 60;

    private static final int HEIGHT = 1000;
    private static final int STEP = 10;
    private static final int INSIDE = 4;

    /** Few turns do not become broad blocks. */
    private static final int FEWEST_STEPS = 12;

    /**
     * One turn.
     *
     * @param turn its number, from 1 on
     * @param x where it begins; the newest ends at the right
     * @param sentHeight of {@value #HEIGHT}
     * @param cut whether what was sent began otherwise than in the turn before
     */
    public record Bar(int turn, int x, long sent, long whole, int sentHeight, int wholeHeight, boolean cut) {
        /** Of the bar inside. */
        public int insideX() {
            return x + INSIDE / 2;
        }

        public int sentTop() {
            return HEIGHT - sentHeight;
        }

        public int wholeTop() {
            return HEIGHT - wholeHeight;
        }
    }

    public ChartView {
        bars = List.copyOf(bars);
    }

    /** A turn's tokens. */
    public record Tokens(long sent, long whole, boolean cut) {}

    /** Of the newest of these turns. */
    public static ChartView of(List<Tokens> turns) {
        List<Tokens> newest = turns.subList(Math.max(0, turns.size() - MOST_TURNS), turns.size());
        long most = newest.stream()
                .mapToLong(turn -> Math.max(turn.sent(), turn.whole()))
                .max()
                .orElse(0);
        List<Bar> bars = new ArrayList<>();
        int before = Math.max(0, FEWEST_STEPS - newest.size());
        for (Tokens turn : newest) {
            bars.add(new Bar(
                    bars.size() + 1,
                    (before + bars.size()) * STEP,
                    turn.sent(),
                    turn.whole(),
                    height(turn.sent(), most),
                    height(turn.whole(), most),
                    turn.cut()));
        }
        return new ChartView(bars, most);
    }

    private static int height(long tokens, long most) {
        return most == 0 ? 0 : (int) Math.round((double) tokens * HEIGHT / most);
    }

    public int width() {
        return Math.max(FEWEST_STEPS, bars.size()) * STEP;
    }

    public int height() {
        return HEIGHT;
    }

    public int barWidth() {
        return STEP - 1;
    }

    public int insideWidth() {
        return STEP - 1 - INSIDE;
    }

    /** Of all turns that are shown. */
    public long sent() {
        return bars.stream().mapToLong(Bar::sent).sum();
    }

    /** The same if everything had been sent each time. */
    public long whole() {
        return bars.stream().mapToLong(Bar::whole).sum();
    }

    public long cuts() {
        return bars.stream().filter(Bar::cut).count();
    }
}
