package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.agent.Budget.Caps;
import dev.holdfast.conversation.CallRefusedException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.store.Spending;
import dev.holdfast.store.Spending.Reservation;
import dev.holdfast.store.Storage;
import dev.holdfast.window.Cap;
import dev.holdfast.window.Prices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hard caps: a call that could pass one is not made, and the person is told why and what to do. */
class BudgetTest {
    private static final Owner OLGA = new Owner("h:olga");
    private static final Owner PAUL = new Owner("h:paul");
    private static final String MODEL = "m";
    /** 1,000 tokens, and $0.005 by the table. */
    private static final Usage CALL = new Usage(500, 500, 0, 0);

    private static final Usage USED = new Usage(100, 100, 0, 0);
    private static final Prices PRICES =
            Prices.parse("date = 2026-11-01\ncurrency = USD\nm = input 2, output 8\nfree = input 0, output 0\n");
    private static final Optional<Cap> NO_CAP = Optional.empty();

    private final FailingDisk disk = new FailingDisk(new MemoryDisk());
    private final HandClock clock = new HandClock();
    private Spending spending;

    @BeforeEach
    void open() throws IOException {
        open(Runnable::run);
    }

    private void open(Executor io) throws IOException {
        spending = Spending.open(disk, Path.of("/data").toAbsolutePath(), Storage.PLAIN, io, clock);
    }

    private Budget budget(Optional<Cap> conversation, Optional<Cap> owner, Optional<Cap> day) {
        return new Budget(() -> PRICES, new Caps(conversation, owner, day), spending);
    }

    private static Optional<Cap> cap(String text) {
        return Optional.of(Cap.parse(text));
    }

    private static CompletableFuture<Reservation> ask(Budget budget, Owner owner) {
        return budget.reserve(owner, Spent.NOTHING, MODEL, CALL);
    }

    private static String refused(CompletableFuture<Reservation> asked) {
        Throwable reason = assertThrows(CompletionException.class, asked::join).getCause();
        return assertInstanceOf(CallRefusedException.class, reason).getMessage();
    }

    @Test
    void aConversationMayUseItsCapToTheLastTokenAndNotOneMore() {
        Budget budget = budget(cap("12000 tokens"), NO_CAP, NO_CAP);
        Spent before = Spent.NOTHING.plus(MODEL, new Usage(5_000, 3_000, 2_000, 1_000));

        budget.reserve(OLGA, before, MODEL, CALL).join();

        assertEquals(
                "This conversation has used 11,001 tokens, and this call would take up to 1,000 tokens more; at most"
                        + " 12,000 tokens may be used in a conversation (budget.conversation). What you wrote is saved."
                        + " Start a new conversation, or ask the operator to raise budget.conversation.",
                refused(budget.reserve(OLGA, before.plus("other", new Usage(1, 0, 0, 0)), MODEL, CALL)));
    }

    @Test
    void anOwnerMayUseTheCapToTheLastTokenADayAndOthersHaveTheirOwn() {
        Budget budget = budget(NO_CAP, cap("2000 tokens"), NO_CAP);
        ask(budget, OLGA).join();
        ask(budget, OLGA).join();

        assertEquals(
                "Your conversations have used 2,000 tokens today, and this call would take up to 1,000 tokens more; at"
                        + " most 2,000 tokens may be used by one person a day (budget.owner). What you wrote is saved."
                        + " Ask again after 00:00 UTC, or ask the operator to raise budget.owner.",
                refused(ask(budget, OLGA)));
        ask(budget, PAUL).join();
        clock.advance(Duration.ofDays(1));
        ask(budget, OLGA).join();
    }

    @Test
    void everybodyTogetherMayUseTheDaysCap() {
        Budget budget = budget(NO_CAP, NO_CAP, cap("2000 tokens"));
        ask(budget, OLGA).join();
        ask(budget, PAUL).join();

        assertEquals(
                "All conversations here have used 2,000 tokens today, and this call would take up to 1,000 tokens more;"
                        + " at most 2,000 tokens may be used by everybody together a day (budget.day). What you wrote is"
                        + " saved. Ask again after 00:00 UTC, or ask the operator to raise budget.day.",
                refused(ask(budget, OLGA)));
        clock.advance(Duration.ofDays(1));
        ask(budget, OLGA).join();
    }

    @Test
    void aCallThatIsTooMuchAloneIsNotToldToWait() {
        assertEquals(
                "This call alone would take up to 1,000 tokens; at most 999 tokens may be used by one person a day"
                        + " (budget.owner). What you wrote is saved. Write less, start a new conversation, which sends"
                        + " less, or ask the operator to raise budget.owner.",
                refused(ask(budget(NO_CAP, cap("999 tokens"), NO_CAP), OLGA)));
    }

    @Test
    void moneyIsCountedExactly() {
        Budget budget = budget(NO_CAP, cap("0.015 USD"), NO_CAP);
        ask(budget, OLGA).join();
        ask(budget, OLGA).join();
        ask(budget, OLGA).join();

        assertEquals(
                "Your conversations have used $0.0150 today, and this call would take up to $0.005000 more; at most"
                        + " $0.0150 may be used by one person a day (budget.owner). What you wrote is saved. Ask again"
                        + " after 00:00 UTC, or ask the operator to raise budget.owner.",
                refused(ask(budget, OLGA)));
        budget.reserve(OLGA, Spent.NOTHING, "free", CALL).join();
    }

    @Test
    void aCallWithoutAPriceIsNotMadeUnderACapInMoney() {
        String sentence = refused(budget(NO_CAP, NO_CAP, cap("5 USD")).reserve(OLGA, Spent.NOTHING, "new", CALL));

        assertEquals(
                "The price of “new” is not known, so it was not asked: at most $5.00 may be used by everybody together a"
                        + " day (budget.day). What you wrote is saved. Ask the operator to add its price to the file that"
                        + " prices names, or to give budget.day in tokens.",
                sentence);
        assertEquals(Spent.NOTHING, spending.today());
        budget(NO_CAP, NO_CAP, cap("5000 tokens"))
                .reserve(OLGA, Spent.NOTHING, "new", CALL)
                .join();
    }

    @Test
    void callsBeforeThatHadNoPriceDoNotEndAConversation() {
        Spent before = Spent.NOTHING.plus("new", CALL).plus(MODEL, CALL);

        budget(cap("0.010 USD"), NO_CAP, NO_CAP)
                .reserve(OLGA, before, MODEL, CALL)
                .join();
        refused(budget(cap("0.009 USD"), NO_CAP, NO_CAP).reserve(OLGA, before, MODEL, CALL));
    }

    @Test
    void theTightestCapRefuses() {
        Budget budget = budget(cap("9000 tokens"), cap("0.009 USD"), cap("3000 tokens"));
        ask(budget, OLGA).join();

        assertTrue(refused(ask(budget, OLGA)).contains("(budget.owner)"));
        ask(budget, PAUL).join();
        assertTrue(refused(budget.reserve(new Owner("h:anna"), Spent.NOTHING, MODEL, new Usage(0, 1_001, 0, 0)))
                .contains("(budget.day)"));
        assertTrue(refused(budget.reserve(PAUL, Spent.NOTHING.plus(MODEL, new Usage(8_001, 0, 0, 0)), MODEL, CALL))
                .contains("(budget.conversation)"));
    }

    @Test
    void whatACallLeavesOfItsEstimateIsFreeForTheNext() {
        Budget budget = budget(NO_CAP, cap("1200 tokens"), NO_CAP);
        Reservation first = ask(budget, OLGA).join();
        refused(ask(budget, OLGA));

        first.settle(USED);

        ask(budget, OLGA).join();
        assertEquals(1_200, spending.ofOwnerToday(OLGA).tokens());
        refused(ask(budget, OLGA));
    }

    @Test
    void ofTwoCallsAtTheSameTimeThatFitAloneOneIsMade() throws IOException {
        HandExecutor io = new HandExecutor();
        open(io);
        Budget budget = budget(NO_CAP, NO_CAP, cap("1999 tokens"));
        CompletableFuture<Reservation> one = ask(budget, OLGA);
        CompletableFuture<Reservation> other = ask(budget, PAUL);
        assertFalse(one.isDone());

        io.runAll();

        one.join();
        assertTrue(refused(other).contains("used 1,000 tokens today"), "the other counts the one that is being made");
    }

    @Test
    void withoutACapOfADayNothingIsWritten() {
        disk.failForGoodAt(1);
        Reservation reservation =
                ask(budget(cap("1000 tokens"), NO_CAP, NO_CAP), OLGA).join();
        assertEquals(Spent.NOTHING, spending.today());
        disk.failOnceAt(Long.MAX_VALUE);

        reservation.settle(USED);
        reservation.settle(USED);

        assertEquals(Spent.NOTHING, spending.today());
    }

    @Test
    void withACapOfADayADiskThatFailsKeepsCallsFromBeingMade() {
        Budget budget = budget(NO_CAP, cap("9000 tokens"), NO_CAP);
        disk.failForGoodAt(1);

        assertEquals(
                "The model was not asked: what is used here is limited, and what this call may use could not be written"
                        + " down. Is the disk full or read-only? What you wrote is saved. Ask again once the operator has"
                        + " looked into the server's log.",
                refused(ask(budget, OLGA)));
        disk.failOnceAt(Long.MAX_VALUE);
        ask(budget, OLGA).join();
    }

    @Test
    void pricesAreReadOnlyForACapInMoney() {
        Budget inTokens = new Budget(
                () -> {
                    throw new AssertionError("not needed");
                },
                new Caps(cap("9000 tokens"), cap("9000 tokens"), cap("9000 tokens")),
                spending);

        ask(inTokens, OLGA).join().settle(USED);
        assertEquals(200, spending.today().tokens());
    }

    @Test
    void withoutCapsEveryCallIsMade() {
        Budget budget = new Budget(() -> PRICES, Caps.NONE, spending);

        budget.reserve(OLGA, Spent.NOTHING, "new", new Usage(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0))
                .join();
    }
}
