package dev.holdfast.agent;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelCall;
import dev.holdfast.model.ModelFailure;
import dev.holdfast.model.ModelListener;
import dev.holdfast.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model that says what the test tells it to, when the test tells it to. It remembers every call: what it was asked, and
 * whether it was cancelled. Thread-safe, as far as the test gives each call's pieces from one thread.
 */
public final class ScriptedModel implements ChatModel {
    public static final String NAME = "scripted";
    public static final Usage USAGE = new Usage(12, 9, 3, 1);

    private final List<Call> calls = new ArrayList<>();
    private Consumer<Call> script = call -> {};

    /** Runs {@code newScript} within each {@link #ask} from now on; a model that throws is made so, too. */
    public synchronized ScriptedModel onAsk(Consumer<Call> newScript) {
        script = newScript;
        return this;
    }

    /** Every call so far, in order. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The newest call. */
    public synchronized Call call() {
        return calls.get(calls.size() - 1);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        Call call = new Call(request, listener);
        Consumer<Call> now;
        synchronized (this) {
            calls.add(call);
            now = script;
        }
        now.accept(call);
        return call;
    }

    /** One call, of which the test is the model. What it says reaches the listener even after a cancel: models are late. */
    public static final class Call implements ModelCall {
        private final ModelRequest request;
        private final ModelListener listener;
        private volatile int cancels;

        private Call(ModelRequest request, ModelListener listener) {
            this.request = request;
            this.listener = listener;
        }

        public ModelRequest request() {
            return request;
        }

        /** What was asked, as texts, oldest first. */
        public List<String> asked() {
            return request.messages().stream().map(Message::text).toList();
        }

        /** How often it was cancelled. */
        public int cancels() {
            return cancels;
        }

        @Override
        public void cancel() {
            cancels++;
        }

        /** Says pieces of text in block 0. */
        public Call say(String... pieces) {
            return say(0, Block.Kind.TEXT, pieces);
        }

        /** Says pieces of a block. */
        public Call say(int block, Block.Kind kind, String... pieces) {
            for (String piece : pieces) {
                listener.piece(block, kind, piece);
            }
            return this;
        }

        public Call sign(int block, String signature) {
            listener.signature(block, signature);
            return this;
        }

        /** Ends the reply, whole. */
        public void complete() {
            listener.completed(Stop.COMPLETE, USAGE);
        }

        /** Ends the reply because it has become too long. */
        public void reachLimit() {
            listener.completed(Stop.LENGTH, USAGE);
        }

        /** Breaks off. */
        public void fail(String sentence) {
            fail(new ModelFailure(ModelFailure.Kind.TRUNCATED, sentence));
        }

        /** Fails so. */
        public void fail(ModelFailure failure) {
            listener.failed(failure);
        }
    }
}
