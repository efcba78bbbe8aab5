package dev.holdfast.model;

/** A language model that answers a conversation, piece by piece. Implementations are thread-safe and block nobody. */
public interface ChatModel {

    /** What people see as the author of a reply, e.g. {@code claude-sonnet-4-5}. */
    String name();

    /**
     * Asks for a reply. Returns at once; what the model says arrives at {@code listener} from another thread.
     *
     * @return the running call
     */
    ModelCall ask(ModelRequest request, ModelListener listener);

    /**
     * What {@link #ask} sends for a request: the body as text, without address, headers or key. The same request always
     * has the same.
     */
    default String rendered(ModelRequest request) {
        return Prompt.of(request).withRoles().toString();
    }

    /** Whether this is the stand-in that answers without any model; the page says so. */
    default boolean offline() {
        return false;
    }
}
