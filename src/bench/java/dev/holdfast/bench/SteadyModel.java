package dev.holdfast.bench;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelCall;
import dev.holdfast.model.ModelListener;
import dev.holdfast.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that says {@link Token}s to everybody who asks it, of the length that they ask for, at a steady rate, until it
 * is told that all is said. One thread speaks for all calls, which are spread over the time between two tokens. The usage
 * of a reply is how many tokens it has.
 */
final class SteadyModel implements ChatModel {
    private final Pacer pacer = new Pacer();
    private final List<Call> calls = new ArrayList<>();

    private static final class Call {
        final ModelListener listener;
        final int length;
        long said;
        volatile boolean over;

        Call(ModelListener listener, int length) {
            this.listener = listener;
            this.length = length;
        }

        synchronized void say() {
            if (!over) {
                said++;
                listener.piece(0, Block.Kind.TEXT, Token.now(length));
            }
        }

        synchronized void complete() {
            if (!over) {
                over = true;
                listener.completed(Stop.COMPLETE, new Usage(1, said, 0, 0));
            }
        }
    }

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        String asked = request.messages().get(request.messages().size() - 1).text();
        Call call = new Call(listener, Integer.parseInt(asked));
        synchronized (calls) {
            calls.add(call);
        }
        pacer.every(Token.PERIOD_MILLIS, call::say);
        return () -> call.over = true; // by a thread that may hold the conversation, which a call waits for
    }

    /** All that is asked has its whole reply. */
    void complete() {
        pacer.stopAll();
        synchronized (calls) {
            calls.forEach(Call::complete);
            calls.clear();
        }
    }
}
