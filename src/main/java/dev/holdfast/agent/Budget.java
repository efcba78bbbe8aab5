package dev.holdfast.agent;

import dev.holdfast.conversation.CallRefusedException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import dev.holdfast.store.Spending;
import dev.holdfast.store.Spending.Reservation;
import dev.holdfast.window.Cap;
import dev.holdfast.window.Cost;
import dev.holdfast.window.Prices;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what calls cost below hard caps: a call is made only if what was used before and the estimate of the call fit
 * together, and what it may use is set aside before it is made. So calls that are made at the same time cannot pass a cap
 * together; how far one may pass it is how far its estimate was wrong.
 *
 * <p>A cap in money lets no call through whose price is not known. Of calls before, one without a price counts as nothing:
 * it was made before there was such a cap. Without a cap for an owner or the day, no ledger is kept, and no disk can keep a
 * call from being made; a cap that is set later counts from then on. Thread-safe.
 */
public final class Budget {
    /**
     * The most that may be used.
     *
     * @param conversation in one conversation
     * @param owner by all of an owner's on one day
     * @param day by all of everybody's on one day
     */
    public record Caps(Optional<Cap> conversation, Optional<Cap> owner, Optional<Cap> day) {
        /** Nothing is limited. */
        public static final Caps NONE = new Caps(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

    private static final String KEPT = " What you wrote is saved.";

    private final Supplier<Prices> prices;
    private final Caps caps;
    private final Spending spending;

    /** @param prices asked for only if a cap is in money */
    public Budget(Supplier<Prices> prices, Caps caps, Spending spending) {
        this.prices = prices;
        this.caps = caps;
        this.spending = spending;
    }

    /**
     * Sets aside what a call may use.
     *
     * @param conversation what the conversation's calls used before; only one at a time is made in it
     * @param estimate what is sent, and the most that may be received
     * @return completes once the call may be made, perhaps on a thread that writes files; fails with {@link
     *     CallRefusedException} only. Whoever has the reservation settles it, whatever becomes of the call
     */
    public CompletableFuture<Reservation> reserve(Owner owner, Spent conversation, String model, Usage estimate) {
        try {
            check(Limit.CONVERSATION, caps.conversation(), conversation, model, estimate);
        } catch (CallRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (caps.owner().isEmpty() && caps.day().isEmpty()) {
            return CompletableFuture.completedFuture(used -> {});
        }
        CompletableFuture<Reservation> reserved = new CompletableFuture<>();
        spending.reserve(owner, model, estimate, (ofOwner, inAll) -> {
                    check(Limit.OWNER, caps.owner(), ofOwner, model, estimate);
                    check(Limit.DAY, caps.day(), inAll, model, estimate);
                })
                .whenComplete((reservation, failure) -> {
                    if (failure == null) {
                        reserved.complete(reservation);
                    } else {
                        reserved.completeExceptionally(refusal(failure));
                    }
                });
        return reserved;
    }

    private static CallRefusedException refusal(Throwable reason) {
        if (reason instanceof CallRefusedException refused) {
            return refused;
        }
        LOG.error("No call is made, for what it may use could not be written down: {}", reason.toString());
        return new CallRefusedException("The model was not asked: what is used here is limited, and what this call may"
                + " use could not be written down. Is the disk full or read-only?" + KEPT
                + " Ask again once the operator has looked into the server's log.");
    }

    /** What may be used within one cap. */
    private enum Limit {
        CONVERSATION(
                "budget.conversation",
                "This conversation has used %s",
                "in a conversation",
                "Start a new conversation, or ask the operator to raise budget.conversation."),
        OWNER(
                "budget.owner",
                "Your conversations have used %s today",
                "by one person a day",
                "Ask again after 00:00 UTC, or ask the operator to raise budget.owner."),
        DAY(
                "budget.day",
                "All conversations here have used %s today",
                "by everybody together a day",
                "Ask again after 00:00 UTC, or ask the operator to raise budget.day.");

        private final String option;
        private final String used;
        private final String where;
        private final String wayOn;

        Limit(String option, String used, String where, String wayOn) {
            this.option = option;
            this.used = used;
            this.where = where;
            this.wayOn = wayOn;
        }

        CallRefusedException refusal(String soFar, String call, Cap cap) {
            return new CallRefusedException(String.format(Locale.ROOT, used, soFar)
                    + ", and this call would take up to " + call + " more; " + atMost(cap) + "." + KEPT + " " + wayOn);
        }

        /** Waiting does not help if the call alone is too much; sending less may. */
        CallRefusedException refusalAlone(String call, Cap cap) {
            return new CallRefusedException("This call alone would take up to " + call + "; " + atMost(cap) + "." + KEPT
                    + " Write less, start a new conversation, which sends less, or ask the operator to raise " + option
                    + ".");
        }

        CallRefusedException unpriced(String model, Cap cap) {
            return new CallRefusedException("The price of “" + model + "” is not known, so it was not asked: "
                    + atMost(cap) + "." + KEPT
                    + " Ask the operator to add its price to the file that prices names, or to give " + option
                    + " in tokens.");
        }

        private String atMost(Cap cap) {
            return "at most " + cap + " may be used " + where + " (" + option + ")";
        }
    }

    private void check(Limit limit, Optional<Cap> set, Spent before, String model, Usage estimate)
            throws CallRefusedException {
        if (set.isEmpty()) {
            return;
        }
        Cap cap = set.get();
        if (cap instanceof Cap.Tokens tokens) {
            long used = before.tokens();
            long call = Spent.NOTHING.plus(model, estimate).tokens();
            if (used + call > tokens.most()) {
                throw call > tokens.most()
                        ? limit.refusalAlone(tokens(call), cap)
                        : limit.refusal(tokens(used), tokens(call), cap);
            }
        } else if (cap instanceof Cap.Money money) {
            Cost used = prices.get().bill(before).known();
            Cost call = prices.get().cost(model, estimate).orElseThrow(() -> limit.unpriced(model, cap));
            if (used.plus(call).isMoreThan(money.most())) {
                throw call.isMoreThan(money.most())
                        ? limit.refusalAlone(call.toString(), cap)
                        : limit.refusal(used.toString(), call.toString(), cap);
            }
        }
    }

    private static String tokens(long count) {
        return new Cap.Tokens(count).toString();
    }
}
