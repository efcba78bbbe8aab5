package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes down what a model says, and holds it against the contract of {@link ModelListener}: one thread at a time,
 * blocks in order, one end, nothing after it.
 */
public final class HeardReply implements ModelListener {
    private static final long PATIENCE_SECONDS = 20;

    /** A whole reply. */
    public record Completed(Stop stop, Usage usage) {}

    private final List<String> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Block.Kind> kinds = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final CompletableFuture<Object> end = new CompletableFuture<>();
    private final Semaphore unseen = new Semaphore(0);
    private final Runnable onPiece;

    public HeardReply() {
        this(() -> {});
    }

    /** @param onPiece what to do at the end of each piece, on the thread that brings it */
    public HeardReply(Runnable onPiece) {
        this.onPiece = onPiece;
    }

    @Override
    public void piece(int block, Block.Kind kind, String piece) {
        inside(() -> {
            if (piece.isEmpty()) {
                broken.add("an empty piece");
            }
            if (block == kinds.size()) {
                kinds.add(kind);
            } else if (block != kinds.size() - 1 || kinds.get(block) != kind) {
                broken.add("block " + block + " " + kind + " after " + kinds);
            }
            pieces.add(block + " " + kind + " " + piece);
            if (kind == Block.Kind.TEXT) {
                text.append(piece);
            }
        });
        unseen.release();
        onPiece.run();
    }

    @Override
    public void signature(int block, String signature) {
        inside(() -> pieces.add(block + " SIGNATURE " + signature));
    }

    @Override
    public void completed(Stop stop, Usage usage) {
        inside(() -> {});
        end(new Completed(stop, usage));
    }

    @Override
    public void failed(ModelFailure failure) {
        inside(() -> {});
        end(failure);
    }

    private void end(Object how) {
        if (!end.complete(how)) {
            broken.add("a second end: " + how);
        }
    }

    private void inside(Runnable action) {
        if (inside.getAndIncrement() > 0) {
            broken.add("two threads at once");
        }
        if (end.isDone()) {
            broken.add("something after the end");
        }
        synchronized (this) {
            action.run();
        }
        inside.decrementAndGet();
    }

    /** All pieces so far, as {@code "0 TEXT Hello"}. */
    public synchronized List<String> pieces() {
        assertEquals(List.of(), broken);
        return List.copyOf(pieces);
    }

    /** The words so far, without thinking. */
    public synchronized String text() {
        return text.toString();
    }

    /** Waits for the end and wants it to be a whole reply. */
    public Completed completed() throws Exception {
        return assertInstanceOf(Completed.class, awaitEnd());
    }

    /** Waits for the end and wants it to be a failure of that kind. */
    public ModelFailure failed(ModelFailure.Kind kind) throws Exception {
        ModelFailure failure = assertInstanceOf(ModelFailure.class, awaitEnd());
        assertEquals(kind, failure.kind(), failure.sentence());
        return failure;
    }

    private Object awaitEnd() throws Exception {
        Object how = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        pieces();
        return how;
    }

    /** Waits for the first piece, the second time for the second one, and so on. */
    public void awaitPiece() throws InterruptedException {
        if (!unseen.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no piece came");
        }
    }

    /** Whether the reply has ended, either way. */
    public boolean ended() {
        return end.isDone();
    }
}
