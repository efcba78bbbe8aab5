package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.CallRefusedException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.store.Spending.Check;
import dev.holdfast.store.Spending.Reservation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls used: set aside on disk before they are made, counted by UTC days, never less than it was. */
class SpendingTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Path FOLDER = DATA.resolve("people").resolve("spending");
    private static final Path TODAY = FOLDER.resolve("2026-11-21.json");
    private static final Owner OLGA = Owner.ofAddress("olga@example.org");
    private static final Owner PAUL = Owner.ofAddress("paul@example.org");
    private static final String MODEL = "gpt-5-mini";
    private static final Usage ESTIMATE = new Usage(60, 40, 0, 0);
    private static final Usage USED = new Usage(10, 5, 4, 3);
    private static final Check ALWAYS = (ofOwner, inAll) -> {};
    /** A change of form reads no clock: midnight comes 18 h 29 min after the hand clock's start. */
    private static final Duration UNTIL_MIDNIGHT = Duration.ofMinutes(18 * 60 + 29);

    private final MemoryDisk disk = new MemoryDisk();
    private final HandClock clock = new HandClock();

    private Spending open(Disk of, Storage storage) throws IOException {
        return Spending.open(of, DATA, storage, Runnable::run, clock);
    }

    private Spending open() throws IOException {
        return open(disk, Storage.PLAIN);
    }

    private static Reservation reserve(Spending spending, Owner owner) {
        return spending.reserve(owner, MODEL, ESTIMATE, ALWAYS).join();
    }

    private static Check atMost(long tokens) {
        return (ofOwner, inAll) -> {
            if (inAll.tokens() + 100 > tokens) {
                throw new CallRefusedException("No.");
            }
        };
    }

    private static Throwable failure(CompletableFuture<?> failed) {
        return assertThrows(CompletionException.class, failed::join).getCause();
    }

    private static Spent spent(Usage... calls) {
        Spent sum = Spent.NOTHING;
        for (Usage call : calls) {
            sum = sum.plus(MODEL, call);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(KeptAs.class)
    void whatIsSetAsideAndWhatWasUsedIsThereAfterAPowerCut(KeptAs kept) throws IOException {
        Spending spending = open(disk, kept.storage());
        reserve(spending, OLGA);
        reserve(spending, OLGA).settle(USED);
        spend(spending, PAUL, "other", USED);

        Spending again = open(disk.crash(3), kept.storage());

        for (Spending each : List.of(spending, again)) {
            assertEquals(spent(ESTIMATE, USED), each.ofOwnerToday(OLGA));
            assertEquals(Spent.NOTHING.plus("other", USED), each.ofOwnerToday(PAUL));
            assertEquals(spent(ESTIMATE, USED).plus("other", USED), each.today());
            assertEquals(Spent.NOTHING, each.ofOwnerToday(Owner.OPERATOR));
        }
        for (Path file : disk.list(FOLDER)) {
            String content = new String(disk.bytes(file), StandardCharsets.UTF_8);
            assertEquals(!kept.sealed(), content.contains("olga@example.org"), content);
        }
    }

    @Test
    void fileIsAsItWasWhenTheFormatWasMade() throws IOException {
        reserve(open(), OLGA).settle(USED);

        assertEquals(
                "{\"day\":\"2026-11-21\",\"writes\":2,\"owners\":{\"mail:olga@example.org\":{\"gpt-5-mini\":"
                        + "{\"input\":10,\"output\":5,\"cache_read\":4,\"cache_write\":3}}}}\n",
                new String(disk.bytes(TODAY), StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsWrittenBeforeACallIsMade() throws IOException {
        assertEquals(Spent.NOTHING, open().today());
        assertFalse(disk.exists(FOLDER));
    }

    @Test
    void aCallIsSettledOnce() throws IOException {
        Spending spending = open();
        Reservation reservation = reserve(spending, OLGA);
        reservation.settle(USED);
        byte[] settled = disk.bytes(TODAY);
        reservation.settle(ESTIMATE);
        reservation.settle(USED);

        assertEquals(spent(USED), spending.today());
        assertEquals(spent(USED), open().today());
        assertTrue(new String(settled, StandardCharsets.UTF_8).contains("\"writes\":2"));
    }

    @Test
    void aCallThatSentNothingUsesNothing() throws IOException {
        Spending spending = open();
        reserve(spending, OLGA).settle(Usage.NONE);

        assertEquals(0, spending.today().tokens());
        assertEquals(0, open().today().tokens());
    }

    @Test
    void aCallThatIsRefusedSetsNothingAside() throws IOException {
        Spending spending = open();
        reserve(spending, OLGA);

        assertInstanceOf(CallRefusedException.class, failure(spending.reserve(PAUL, MODEL, ESTIMATE, atMost(199))));
        assertEquals(spent(ESTIMATE), spending.today());
        spending.reserve(PAUL, MODEL, ESTIMATE, atMost(200)).join();
        assertEquals(spent(ESTIMATE, ESTIMATE), spending.today());
        assertEquals(spent(ESTIMATE), spending.ofOwnerToday(PAUL));
    }

    @Test
    void aCheckThatHasAFaultFailsItsOwnCallAlone() throws IOException {
        Spending spending = open();
        Check faulty = (ofOwner, inAll) -> {
            throw new IllegalStateException("a fault");
        };

        assertInstanceOf(IllegalStateException.class, failure(spending.reserve(PAUL, MODEL, ESTIMATE, faulty)));
        reserve(spending, OLGA);
        assertEquals(spent(ESTIMATE), spending.today());
    }

    @Test
    void noCallIsMadeBeforeItIsWrittenAndThoseThatWaitAreWrittenTogether() throws IOException {
        HandExecutor io = new HandExecutor();
        Spending spending = Spending.open(disk, DATA, Storage.PLAIN, io, clock);
        List<CompletableFuture<Reservation>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(spending.reserve(OLGA, MODEL, ESTIMATE, atMost(1_000)));
        }
        assertTrue(waiting.stream().noneMatch(CompletableFuture::isDone));
        assertEquals(1, io.waiting());
        disk.beforeEachChange(() ->
                assertTrue(waiting.stream().noneMatch(each -> each.isDone() && !each.isCompletedExceptionally())));

        io.runAll();

        assertEquals(
                10,
                waiting.stream()
                        .filter(each -> !each.isCompletedExceptionally())
                        .count());
        assertTrue(waiting.stream().allMatch(CompletableFuture::isDone));
        assertTrue(new String(disk.bytes(TODAY), StandardCharsets.UTF_8).contains("\"writes\":1,"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, Long.MAX_VALUE})
    void callsAtTheSameTimeNeverPassTheirCapTogether(long most) throws Exception {
        ExecutorService io = Executors.newFixedThreadPool(4);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        Spending spending = Spending.open(disk, DATA, Storage.PLAIN, io, clock);
        List<CompletableFuture<Boolean>> made = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            made.add(CompletableFuture.supplyAsync(() -> spending.reserve(OLGA, MODEL, ESTIMATE, atMost(most)), callers)
                    .thenCompose(reserved -> reserved)
                    .handle((reservation, refused) -> {
                        assertTrue(spending.today().tokens() <= Math.min(most, 30_000));
                        return refused == null;
                    }));
        }
        long count = made.stream().filter(CompletableFuture::join).count();
        callers.shutdown();
        io.shutdown();
        assertTrue(io.awaitTermination(1, TimeUnit.MINUTES));

        assertEquals(Math.min(300, most / 100), count);
        assertEquals(100 * count, spending.today().tokens());
        assertEquals(100 * count, open().today().tokens());
    }

    /** Whatever survives of unforced writes is the state before a change or the one after it. */
    @ParameterizedTest
    @EnumSource(
            value = KeptAs.class,
            names = {"PLAIN", "SEALED"})
    void powerCutAtAnyMomentLeavesTheStateBeforeOrAfter(KeptAs kept) throws IOException {
        Spending spending = open(disk, kept.storage());
        List<Long> allowed = new ArrayList<>(List.of(0L));
        List<Long> found = new ArrayList<>();
        disk.beforeEachChange(() -> {
            for (int seed = 0; seed < 20; seed++) {
                found.add(tokensAfter(disk.crash(seed), kept.storage()));
                assertTrue(allowed.contains(found.get(found.size() - 1)), () -> allowed + " expected, " + found);
            }
        });
        for (long i = 0; i < 5; i++) {
            allowed.add(i * 22 + 100);
            Reservation reservation = reserve(spending, OLGA);
            allowed.remove(0);
            allowed.add(i * 22 + 22);
            reservation.settle(USED);
            allowed.remove(0);
        }
        disk.beforeEachChange(() -> {});

        assertEquals(110, tokensAfter(disk.crash(1), kept.storage()));
        assertTrue(found.size() > 1_000, "states: " + found.size());
        assertTrue(found.containsAll(List.of(0L, 22L, 100L, 122L, 188L)), "both states were met");
    }

    /** Writes once more, too: what a power cut leaves is no obstacle. */
    private long tokensAfter(MemoryDisk found, Storage storage) {
        try {
            long tokens = open(found, storage).today().tokens();
            reserve(open(found, storage), PAUL);
            assertEquals(tokens + 100, open(found, storage).today().tokens());
            return tokens;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverOperationFailsNothingIsSetAsideThatWasNotPromised(boolean forGood) throws IOException {
        boolean reached = true;
        int failures = 0;
        for (int number = 1; reached; number++) {
            MemoryDisk memory = new MemoryDisk();
            FailingDisk failing = new FailingDisk(memory);
            Spending spending = open(failing, Storage.PLAIN);
            reserve(spending, OLGA);
            if (forGood) {
                failing.failForGoodAt(number);
            } else {
                failing.failOnceAt(number);
            }
            CompletableFuture<Reservation> second = spending.reserve(PAUL, MODEL, ESTIMATE, ALWAYS);
            failing.failOnceAt(Long.MAX_VALUE);
            reached = second.isCompletedExceptionally();
            failures += reached ? 1 : 0;

            assertEquals(reached ? Spent.NOTHING : spent(ESTIMATE), spending.ofOwnerToday(PAUL));
            assertEquals(
                    spent(ESTIMATE), open(memory.crash(number), Storage.PLAIN).ofOwnerToday(OLGA));
            reserve(spending, Owner.OPERATOR);
            for (Spending each : List.of(spending, open(memory.crash(number), Storage.PLAIN))) {
                assertEquals(reached ? 200 : 300, each.today().tokens());
            }
        }
        assertTrue(failures > 5, "operations: " + failures);
    }

    @Test
    void whatCouldNotBeWrittenAfterACallIsWrittenWithTheNext() throws IOException {
        FailingDisk failing = new FailingDisk(disk);
        Spending spending = open(failing, Storage.PLAIN);
        Reservation reservation = reserve(spending, OLGA);
        failing.failForGoodAt(1);
        reservation.settle(USED);

        assertEquals(spent(USED), spending.today());
        assertEquals(spent(ESTIMATE), open().today());
        failing.failOnceAt(Long.MAX_VALUE);
        spend(spending, PAUL, MODEL, USED);
        assertEquals(spent(USED, USED), open().today());
    }

    @Test
    void aDayBeginsAtMidnightUtc() throws IOException {
        Spending spending = open();
        clock.advance(UNTIL_MIDNIGHT.minusMillis(1));
        Reservation late = reserve(spending, OLGA);
        Reservation later = reserve(spending, OLGA);
        late.settle(USED);
        assertEquals(spent(USED, ESTIMATE), spending.today());

        clock.advance(Duration.ofMillis(1));

        assertEquals(Spent.NOTHING, spending.today());
        assertEquals(Spent.NOTHING, spending.ofOwnerToday(OLGA));
        spending.reserve(OLGA, MODEL, ESTIMATE, atMost(100)).join();
        later.settle(USED);
        assertEquals(spent(ESTIMATE), spending.today(), "a call counts for the day on which it was reserved");
        assertEquals(spent(ESTIMATE), open().today());
        clock.jump(Duration.ofMillis(-1));
        assertEquals(spent(USED, USED), open().today());
    }

    @Test
    void aClockThatIsSetBackAndForthGivesNoAllowanceTwice() throws IOException {
        Spending spending = open();
        reserve(spending, OLGA).settle(USED);
        clock.jump(UNTIL_MIDNIGHT);
        reserve(spending, OLGA);
        clock.jump(UNTIL_MIDNIGHT.negated());

        assertInstanceOf(CallRefusedException.class, failure(spending.reserve(OLGA, MODEL, ESTIMATE, atMost(121))));
        spending.reserve(OLGA, MODEL, ESTIMATE, atMost(122)).join();
        assertEquals(spent(USED, ESTIMATE), spending.today());
        clock.jump(UNTIL_MIDNIGHT);
        assertInstanceOf(CallRefusedException.class, failure(spending.reserve(OLGA, MODEL, ESTIMATE, atMost(199))));
        spending.reserve(OLGA, MODEL, ESTIMATE, atMost(200)).join();
    }

    @Test
    void daysLongPastAreRemovedAndAWrongClockRemovesFew() throws IOException {
        Spending spending = open();
        for (int day = 0; day < Spending.DAYS_KEPT + 5; day++) {
            spend(spending, OLGA, MODEL, USED);
            clock.advance(Duration.ofDays(1));
        }
        List<Path> kept = disk.list(FOLDER);
        assertEquals(Spending.DAYS_KEPT, kept.size());
        assertEquals(FOLDER.resolve("2026-11-26.json"), kept.get(0));

        disk.put(FOLDER.resolve("2000-notes.json"), new byte[] {1});
        clock.jump(Duration.ofDays(10_000));
        spend(spending, OLGA, MODEL, USED);
        clock.jump(Duration.ofDays(-20_000));
        spend(spending, OLGA, MODEL, USED);

        assertEquals(spent(USED), open().today(), "today is not long past, whatever day it is");
        assertTrue(disk.list(FOLDER).containsAll(kept.subList(2, kept.size())));
        assertTrue(disk.exists(FOLDER.resolve("2000-notes.json")), "is none of these");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"day\":\"2026-11-20\",\"writes\":1,\"owners\":{}}",
                "{\"day\":\"2026-11-21\",\"writes\":1,\"owners\":[]}",
                "{\"day\":\"2026-11-21\",\"writes\":1,\"owners\":{\"h:a\":{\"m\":{\"input\":-1}}}}",
                "{\"day\":\"2026-11-21\",\"owners\":{}}"
            })
    void whileTodaysFileCannotBeReadNothingIsSetAsideOrWrittenOver(String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        disk.put(TODAY, bytes);
        Spending spending = open();

        Throwable reason = failure(spending.reserve(OLGA, MODEL, ESTIMATE, ALWAYS));
        assertInstanceOf(JournalException.class, reason);
        assertEquals(
                TODAY + " is no record of what was spent on that day. Move it away; then that day counts from nothing.",
                reason.getMessage());
        assertNull(reason.getCause(), "a parser quotes what it read");
        spend(spending, OLGA, MODEL, USED);
        assertArrayEquals(bytes, disk.bytes(TODAY));

        disk.move(TODAY, DATA.resolve("elsewhere"));
        reserve(spending, OLGA);
        assertEquals(spent(ESTIMATE), open().today());
    }

    @Test
    void anotherDaysFileThatCannotBeReadIsNoObstacle() throws IOException {
        disk.put(FOLDER.resolve("2026-11-20.json"), new byte[] {1});
        reserve(open(), OLGA);
        assertEquals(spent(ESTIMATE), open().today());
    }

    private static Storage sealing() {
        return new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(KeptAs.key(1))), true, List::of);
    }

    @Test
    void allDaysAreSealedAnewWithTheNewestKey() throws IOException {
        Spending plain = open();
        reserve(plain, OLGA);
        clock.advance(UNTIL_MIDNIGHT);
        reserve(plain, OLGA).settle(USED);
        Spending spending = open(disk, sealing());
        assertEquals(spent(USED), spending.today());

        spending.renew();

        List<Path> sealed = disk.list(FOLDER);
        assertEquals(2, sealed.size());
        assertTrue(sealed.stream().allMatch(file -> file.toString().endsWith(".fernet")));
        byte[] before = disk.bytes(sealed.get(0));
        spending.renew();
        assertArrayEquals(before, disk.bytes(sealed.get(0)), "once");
        assertEquals(spent(USED), open(disk.crash(6), sealing()).today());
        assertEquals(Spent.NOTHING, open().today());
        assertInstanceOf(
                JournalException.class,
                failure(open().reserve(OLGA, MODEL, ESTIMATE, ALWAYS)),
                "without the key nothing is set aside");
    }

    /** A change of form was cut off: both files are there, and either may be the one that was left. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTwoFormsTheOneThatWasWrittenLaterCounts(boolean sealedIsLater) throws IOException {
        Storage first = sealedIsLater ? Storage.PLAIN : sealing();
        Storage then = sealedIsLater
                ? sealing()
                : new Storage(Storage.Gzip.OFF, sealing().keys(), false, List::of);
        reserve(open(disk, first), OLGA);
        Path before = disk.list(FOLDER).get(0);
        byte[] earlier = disk.bytes(before);
        reserve(open(disk, then), OLGA);
        disk.put(before, earlier);
        assertEquals(2, disk.list(FOLDER).size());

        assertEquals(spent(ESTIMATE, ESTIMATE), open(disk, then).today());
        open(disk, then).renew();
        assertEquals(1, disk.list(FOLDER).size());
        assertEquals(spent(ESTIMATE, ESTIMATE), open(disk, then).today());
    }

    /** As above, and what is set was changed once more before anybody looked. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLaterOneCountsAlsoInTheFormThatIsNotSet(boolean sealedIsLater) throws IOException {
        Storage inTheClear = new Storage(Storage.Gzip.OFF, sealing().keys(), false, List::of);
        Storage first = sealedIsLater ? inTheClear : sealing();
        reserve(open(disk, first), OLGA);
        Path before = disk.list(FOLDER).get(0);
        byte[] earlier = disk.bytes(before);
        reserve(open(disk, sealedIsLater ? sealing() : inTheClear), OLGA);
        disk.put(before, earlier);

        open(disk, first).renew();
        assertEquals(List.of(before), disk.list(FOLDER));
        assertEquals(spent(ESTIMATE, ESTIMATE), open(disk, first).today());
    }

    @Test
    void onceNoThreadWritesAnyMoreNothingIsSetAsideAndNothingThrows() throws IOException {
        HandExecutor io = new HandExecutor();
        boolean[] ended = {false};
        Spending spending = Spending.open(
                disk,
                DATA,
                Storage.PLAIN,
                task -> {
                    if (ended[0]) {
                        throw new RejectedExecutionException();
                    }
                    io.execute(task);
                },
                clock);
        CompletableFuture<Reservation> reserved = spending.reserve(OLGA, MODEL, ESTIMATE, ALWAYS);
        io.runAll();
        ended[0] = true;

        reserved.join().settle(USED);
        spend(spending, OLGA, MODEL, USED);

        assertInstanceOf(RejectedExecutionException.class, failure(spending.reserve(OLGA, MODEL, ESTIMATE, ALWAYS)));
        assertEquals(spent(ESTIMATE), open().today());
    }

    private static void spend(Spending spending, Owner owner, String model, Usage used) {
        spending.reserve(owner, model, used, (ofOwner, inAll) -> {}).thenAccept(reserved -> reserved.settle(used));
    }
}
