package dev.holdfast.store;

import dev.holdfast.conversation.CallRefusedException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.Disk;
import dev.holdfast.store.SmallFiles.Checked;
import dev.holdfast.store.SpendingDay.Open;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the calls of a day used, by owner and model: {@code people/spending/<day>.json} or, encrypted, {@code
 * ….json.fernet}, replaced whole. A day begins at 00:00 UTC by the clock that is handed in.
 *
 * <pre>
 *   {"day":"2026-11-21","writes":17,"owners":{"h:…":{"gpt-5-mini":{"input":812,"output":96,"cache_read":0,"cache_write":0}}}}
 *
 *   reserve → checked, counted → written, forced → the call is made → settle: what it used counts in place of the estimate
 * </pre>
 *
 * <p>A call that was reserved counts with its estimate until it is settled, and for good if the process dies first: after a
 * crash a day may show more than was used, never less than what was reserved or settled on disk. It counts for the day on
 * which it was reserved. A clock that is set back goes on with that day as it was left, so no day's allowance comes twice.
 *
 * <p>All changes are made in turn by one task of the executor at a time. What is asked for while it writes is written
 * together with the next: a file a day, not one a call. Thread-safe.
 */
public final class Spending {
    /** What may still be used. */
    @FunctionalInterface
    public interface Check {
        /**
         * Called by one thread at a time, between what others reserve.
         *
         * @param ofOwner what the owner's calls of the day used or may use
         * @param inAll what everybody's did
         * @throws CallRefusedException if the call is not to be made
         */
        void check(Spent ofOwner, Spent inAll) throws CallRefusedException;
    }

    /** The right to make one call, for which what it may use has been set aside. Thread-safe. */
    @FunctionalInterface
    public interface Reservation {
        /**
         * The call is over, whichever way. Only the first time counts. Returns at once: until it is written, the estimate
         * stands on disk.
         *
         * @param used what the provider reported, or if it reported nothing, what the call used by estimate; {@link
         *     Usage#NONE} if nothing was sent
         */
        void settle(Usage used);
    }

    /** One change: made in memory, written with others, then done. */
    private interface Step {
        void apply(Set<SpendingDay> changed) throws IOException, CallRefusedException;

        void done();

        void failed(Exception reason);
    }

    /** So many days on which something was used can be looked up: a month's bill, and some. */
    static final int DAYS_KEPT = 40;

    private static final Logger LOG = LoggerFactory.getLogger(Spending.class);

    /** Held while files are read and written, by the one task or by {@link #renew}. */
    private final SmallFiles files;

    private final Executor io;
    private final Clock clock;
    /** The current one, and those of calls that are not over; read when first needed. */
    private final Map<LocalDate, SpendingDay> days = new HashMap<>();

    private List<Step> waiting = new ArrayList<>();
    private boolean working;
    private long calls;

    private Spending(SmallFiles files, Executor io, Clock clock) {
        this.files = files;
        this.io = io;
        this.clock = clock;
    }

    /**
     * Opens what is kept below {@code data}. If the day's file cannot be read, nothing is reserved until it can be, or is
     * moved away; the log says so.
     *
     * @param io writes files
     */
    public static Spending open(Disk disk, Path data, Storage storage, Executor io, Clock clock) throws IOException {
        Path folder = data.resolve("people").resolve("spending");
        Spending opened = new Spending(new SmallFiles(disk, folder, storage), io, clock);
        try {
            opened.day(opened.date());
        } catch (IOException e) {
            LOG.error("What was spent today cannot be read: {}", e.toString());
        }
        return opened;
    }

    /**
     * Sets aside what a call may use, if {@code check} has nothing against it.
     *
     * @return completes, on one of the executor's threads, once that survives a power cut; fails with what {@code check}
     *     throws, or with the disk's exception, and then nothing is set aside
     */
    public CompletableFuture<Reservation> reserve(Owner owner, String model, Usage estimate, Check check) {
        CompletableFuture<Reservation> reserved = new CompletableFuture<>();
        enqueue(new Step() {
            private SpendingDay day;
            private Open call;

            @Override
            public void apply(Set<SpendingDay> changed) throws IOException, CallRefusedException {
                day = day(date());
                synchronized (Spending.this) {
                    check.check(day.of(owner), day.inAll());
                    call = new Open(day.date(), owner, model, estimate, calls++);
                    day.begin(call);
                }
                changed.add(day);
            }

            @Override
            public void done() {
                reserved.complete(used -> settle(call, used));
            }

            @Override
            public void failed(Exception reason) {
                synchronized (Spending.this) {
                    if (call != null) {
                        day.forget(call);
                    }
                }
                reserved.completeExceptionally(reason);
            }
        });
        return reserved;
    }

    private void settle(Open call, Usage used) {
        enqueue(new Noted() {
            @Override
            public void apply(Set<SpendingDay> changed) {
                synchronized (Spending.this) {
                    SpendingDay day = days.get(call.day());
                    if (day != null && day.forget(call)) {
                        day.add(call.owner(), call.model(), used);
                        changed.add(day);
                    }
                }
            }
        });
    }

    /** A change that nobody waits for. */
    private abstract static class Noted implements Step {
        @Override
        public void done() {
            // Nobody waits.
        }

        @Override
        public void failed(Exception reason) {
            LOG.error("What a call used is not written down yet: {}", reason.toString());
        }
    }

    private void enqueue(Step step) {
        synchronized (this) {
            waiting.add(step);
            if (working) {
                return;
            }
            working = true;
        }
        goOn();
    }

    private void goOn() {
        try {
            io.execute(this::work);
        } catch (RejectedExecutionException e) { // The process is about to end.
            take().forEach(step -> step.failed(e));
            more();
        }
    }

    private void work() {
        List<Step> batch = take();
        try {
            run(batch);
        } finally {
            if (more()) {
                goOn();
            }
        }
    }

    private synchronized List<Step> take() {
        List<Step> batch = waiting;
        waiting = new ArrayList<>();
        return batch;
    }

    private synchronized boolean more() {
        working = !waiting.isEmpty();
        return working;
    }

    private void run(List<Step> batch) {
        Set<SpendingDay> changed = new LinkedHashSet<>();
        List<Step> applied = new ArrayList<>();
        for (Step step : batch) {
            try {
                step.apply(changed);
                applied.add(step);
            } catch (IOException | CallRefusedException | RuntimeException e) {
                step.failed(e);
            }
        }
        try {
            for (SpendingDay day : changed) {
                write(day);
            }
            applied.forEach(Step::done);
        } catch (IOException | RuntimeException e) {
            applied.forEach(step -> step.failed(e));
        }
        forgetDaysThatAreOver();
    }

    private synchronized void forgetDaysThatAreOver() {
        LocalDate today = date();
        days.values().removeIf(day -> !day.date().equals(today) && !day.isOpen());
    }

    private void write(SpendingDay day) throws IOException {
        byte[] content;
        synchronized (this) {
            content = day.written();
        }
        synchronized (files) {
            files.write(file(day.date()), content);
        }
        if (day.writes() == 1) {
            tidy(day);
        }
    }

    private Path file(LocalDate date) {
        return files.file(date.toString());
    }

    private LocalDate date() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private SpendingDay day(LocalDate date) throws IOException {
        synchronized (this) {
            if (days.containsKey(date)) {
                return days.get(date);
            }
        }
        SpendingDay read = read(date);
        synchronized (this) {
            days.put(date, read);
        }
        return read;
    }

    private SpendingDay read(LocalDate date) throws IOException {
        SpendingDay latest = new SpendingDay(date);
        synchronized (files) {
            for (Path file : files.forms(file(date))) {
                SpendingDay there = SpendingDay.read(file, files.opened(file, files.read(file)));
                latest = there.writes() > latest.writes() ? there : latest;
            }
        }
        return latest;
    }

    /** By names, not by the clock: one that is wrong for a moment removes little. */
    private void tidy(SpendingDay written) {
        synchronized (files) {
            try {
                List<Path> all = clear();
                for (Path old : all.subList(0, Math.max(0, all.size() - DAYS_KEPT))) {
                    if (!old.equals(file(written.date()))) {
                        files.delete(files.forms(old));
                    }
                }
            } catch (IOException e) {
                LOG.warn("What was spent on days long past is still there: {}", e.toString());
            }
        }
    }

    /** The names in the clear of all files, the oldest day first. */
    private List<Path> clear() throws IOException {
        return files.list().stream()
                .map(SmallFiles::nameOf)
                .filter(name -> name.matches("\\d{4}-\\d\\d-\\d\\d"))
                .distinct()
                .sorted()
                .map(files::file)
                .toList();
    }

    /** What an owner's calls of today used, those that are being made by their estimates. */
    public synchronized Spent ofOwnerToday(Owner owner) {
        SpendingDay day = days.get(date());
        return day == null ? Spent.NOTHING : day.of(owner);
    }

    /** What all calls of today used, those that are being made by their estimates. */
    public synchronized Spent today() {
        SpendingDay day = days.get(date());
        return day == null ? Spent.NOTHING : day.inAll();
    }

    /** Writes files anew that are not as they are to be: encrypted, with the newest key, or in the clear. */
    void renew() throws IOException {
        synchronized (files) {
            for (Path file : files.list()) {
                files.renew(
                        file, (kept, content) -> SpendingDay.read(kept, content).writes());
            }
        }
    }

    /** Reads all days that are kept and changes nothing. */
    void check(Consumer<Checked> each) throws IOException {
        for (Path file : files.list()) {
            Optional<Checked> checked;
            synchronized (files) {
                checked = files.check(file, SpendingDay::read);
            }
            checked.ifPresent(each);
        }
    }
}
