package dev.holdfast.window;

import java.util.List;

/**
 * What a number of calls cost, as far as prices are known.
 *
 * @param known the cost of all calls to models with a price
 * @param unpriced names of the models without one, in order; what they cost is on top of {@code known}
 */
public record Bill(Cost known, List<String> unpriced) {
    public Bill {
        unpriced = List.copyOf(unpriced);
    }

    /** Whether nothing is missing from it. */
    public boolean complete() {
        return unpriced.isEmpty();
    }
}
