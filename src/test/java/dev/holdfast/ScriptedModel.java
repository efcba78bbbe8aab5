package dev.holdfast;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelCall;
import dev.holdfast.model.ModelListener;
import dev.holdfast.model.ModelRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A model that says what a test tells it to: the same to everybody, at once; or piece by piece, where the test holds
 * each call in the hand.
 */
public final class ScriptedModel implements ChatModel {
    private static final int PATIENCE_SECONDS = 20;

    private final String everyReply;
    private final BlockingQueue<Call> asked = new LinkedBlockingQueue<>();

    private ScriptedModel(String everyReply) {
        this.everyReply = everyReply;
    }

    /** Answers everything with {@code reply}. */
    public static ScriptedModel answering(String reply) {
        return new ScriptedModel(reply);
    }

    /** Says nothing by itself: see {@link #awaitCall}. */
    public static ScriptedModel byHand() {
        return new ScriptedModel(null);
    }

    /** The next call, once it is made. */
    public Call awaitCall() {
        try {
            Call call = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError("the model was not asked");
            }
            return call;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a call", e);
        }
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        Call call = new Call(listener);
        if (everyReply == null) {
            asked.add(call);
        } else {
            CompletableFuture.runAsync(() -> call.say(everyReply).complete());
        }
        return () -> {};
    }

    /** A running call. */
    public static final class Call {
        private final ModelListener listener;

        private Call(ModelListener listener) {
            this.listener = listener;
        }

        public Call say(String piece) {
            listener.piece(0, Block.Kind.TEXT, piece);
            return this;
        }

        public void complete() {
            listener.completed(Stop.COMPLETE, new Usage(12, 9, 0, 0));
        }
    }
}
