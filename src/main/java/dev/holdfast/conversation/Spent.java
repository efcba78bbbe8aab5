package dev.holdfast.conversation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tokens that were used, by the name of the model that used them; models differ in price. Immutable.
 *
 * <p>Counts are what providers report, and a provider may report anything: no count of ours grows over 10¹⁵, so that sums
 * never overflow.
 *
 * @param byModel in the order of the names; unmodifiable
 */
public record Spent(Map<String, Usage> byModel) {
    /** No call was made. */
    public static final Spent NOTHING = new Spent(Map.of());

    private static final long MOST = 1_000_000_000_000_000L;

    public Spent {
        byModel = Collections.unmodifiableMap(new TreeMap<>(byModel));
    }

    /** This and one more call. */
    public Spent plus(String model, Usage usage) {
        Map<String, Usage> sum = new TreeMap<>(byModel);
        sum.merge(model, sum(Usage.NONE, usage), Spent::sum);
        return new Spent(sum);
    }

    /** This and all of the other. */
    public Spent plus(Spent other) {
        Map<String, Usage> sum = new TreeMap<>(byModel);
        other.byModel.forEach((model, usage) -> sum.merge(model, sum(Usage.NONE, usage), Spent::sum));
        return new Spent(sum);
    }

    private static Usage sum(Usage one, Usage other) {
        return new Usage(
                sum(one.input(), other.input()),
                sum(one.output(), other.output()),
                sum(one.cacheRead(), other.cacheRead()),
                sum(one.cacheWrite(), other.cacheWrite()));
    }

    private static long sum(long one, long other) {
        return Math.min(MOST, Math.min(MOST, one) + Math.min(MOST, other));
    }

    /** All tokens, sent and received, whatever they cost. */
    public long tokens() {
        long sum = 0;
        for (Usage usage : byModel.values()) {
            sum = sum(sum, sum(sum(usage.input(), usage.output()), sum(usage.cacheRead(), usage.cacheWrite())));
        }
        return sum;
    }
}
