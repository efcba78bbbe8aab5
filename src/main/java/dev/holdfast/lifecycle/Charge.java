package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import dev.holdfast.window.Bill;
import dev.holdfast.window.Prices;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a number of calls took, and what they cost as far as that is known.
 *
 * @param cost of all calls to models with a price; empty if there are none
 * @param unpriced names of the models without one: what they cost comes on top; "" is one whose name is not known
 */
public record Charge(Usage usage, Optional<Amount> cost, List<String> unpriced) {
    public Charge {
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(cost, "cost");
        unpriced = List.copyOf(unpriced);
    }

    static Charge of(Spent spent, Prices prices) {
        Bill bill = prices.bill(spent);
        Usage usage = spent.byModel().values().stream().reduce(Usage.NONE, Usage::plus);
        boolean priced = bill.unpriced().size() < spent.byModel().size();
        return new Charge(usage, priced ? Optional.of(Amount.of(bill.known())) : Optional.empty(), bill.unpriced());
    }
}
