package dev.holdfast.model;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A model that is still being looked for, with another one to stand in until it is found. Calls wait for the search
 * without a thread; {@link #name} answers at once. Thread-safe.
 */
final class LateModel implements ChatModel {
    private final ChatModel standIn;
    private final Supplier<CompletableFuture<Optional<ChatModel>>> search;
    private volatile ChatModel found;

    /** @param search asked at once, and then at every call until it finds something; never ends with an exception */
    LateModel(ChatModel standIn, Supplier<CompletableFuture<Optional<ChatModel>>> search) {
        this.standIn = standIn;
        this.search = search;
        search.get().thenAccept(this::keep);
    }

    private ChatModel keep(Optional<ChatModel> model) {
        model.ifPresent(it -> found = it);
        return model.orElse(standIn);
    }

    @Override
    public String name() {
        ChatModel model = found;
        return model == null ? standIn.name() : model.name();
    }

    @Override
    public boolean offline() {
        ChatModel model = found;
        return model == null ? standIn.offline() : model.offline();
    }

    @Override
    public String rendered(ModelRequest request) {
        ChatModel model = found;
        return (model == null ? standIn : model).rendered(request);
    }

    @Override
    public ModelCall ask(ModelRequest request, ModelListener listener) {
        ChatModel model = found;
        if (model != null) {
            return model.ask(request, listener);
        }
        LateCall call = new LateCall();
        search.get().thenApply(this::keep).thenAccept(chosen -> call.begin(chosen, request, listener));
        return call;
    }

    /** A call that may be cancelled before it has begun. */
    private static final class LateCall implements ModelCall {
        private boolean cancelled;
        private ModelCall begun;

        void begin(ChatModel model, ModelRequest request, ModelListener listener) {
            synchronized (this) {
                if (cancelled) {
                    return;
                }
            }
            ModelCall call = model.ask(request, listener);
            boolean late;
            synchronized (this) {
                begun = call;
                late = cancelled;
            }
            if (late) {
                call.cancel();
            }
        }

        @Override
        public void cancel() {
            ModelCall call;
            synchronized (this) {
                cancelled = true;
                call = begun;
            }
            if (call != null) {
                call.cancel();
            }
        }
    }
}
