package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import java.util.function.Supplier;

/** How something comes in that wants a model to be asked, or a conversation to be made. This one lets everything in. */
public class Passage {
    /** For what the program does by itself, and for those who have the machine. */
    static final Passage FREE = new Passage();

    Passage() {}

    /** @throws TooManyAttemptsException if whoever asks has to wait */
    void pass() {}

    /** The same for what will be said at once in a conversation that is not there yet. */
    void passToSpeak() {}

    /** What was asked for did not happen, or had happened before: it does not count. */
    void giveBack() {}

    /**
     * Does what begins a turn.
     *
     * @param live is locked
     * @throws TooManyAttemptsException if too many replies are being written
     */
    <T> T begin(LiveConversation live, Supplier<T> turn) {
        return turn.get();
    }
}
