package dev.holdfast.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer whose time is moved by hand. What becomes due runs on the thread that moves it. Thread-safe. */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private long now;
    private long order;
    private boolean ending;

    /** Moves time on, step by step, and runs what becomes due on the way. */
    public void advance(Duration by) {
        long end;
        synchronized (this) {
            end = now + by.toNanos();
        }
        for (Task<?> due = takeDue(end); due != null; due = takeDue(end)) {
            due.fire();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Task<?> takeDue(long end) {
        tasks.removeIf(FutureTask::isCancelled);
        if (tasks.isEmpty() || tasks.peek().due > end) {
            return null;
        }
        now = tasks.peek().due;
        return tasks.remove();
    }

    /** The waits of what is scheduled and not cancelled, shortest first. */
    public synchronized List<Duration> waiting() {
        return tasks.stream()
                .filter(task -> !task.isCancelled())
                .sorted()
                .map(task -> Duration.ofNanos(task.due - now))
                .toList();
    }

    private synchronized <T> Task<T> add(Callable<T> action, long delay, long period, TimeUnit unit) {
        if (ending) {
            throw new RejectedExecutionException();
        }
        Task<T> task = new Task<>(action, now + unit.toNanos(delay), unit.toNanos(period), order++);
        tasks.add(task);
        return task;
    }

    private synchronized void again(Task<?> task) {
        task.due += task.period;
        tasks.add(task);
    }

    private final class Task<T> extends FutureTask<T> implements ScheduledFuture<T> {
        private final long period;
        private final long number;
        private long due;

        Task(Callable<T> action, long due, long period, long number) {
            super(action);
            this.due = due;
            this.period = period;
            this.number = number;
        }

        void fire() {
            if (period == 0) {
                run();
            } else if (runAndReset()) {
                again(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> that = (Task<?>) other;
            return due != that.due ? Long.compare(due, that.due) : Long.compare(number, that.number);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(voidCall(command), delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, delay, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(voidCall(command), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(voidCall(command), initialDelay, delay, unit);
    }

    private static Callable<Void> voidCall(Runnable command) {
        return () -> {
            command.run();
            return null;
        };
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    /** Nothing more is scheduled. */
    @Override
    public synchronized void shutdown() {
        ending = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        return new ArrayList<>();
    }

    @Override
    public synchronized boolean isShutdown() {
        return ending;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
