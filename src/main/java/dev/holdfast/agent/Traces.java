package dev.holdfast.agent;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.SentRequest;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelRequest;
import dev.holdfast.protect.Sha256;
import dev.holdfast.store.StoredConversation;
import dev.holdfast.store.Traced;
import dev.holdfast.window.Cut;
import dev.holdfast.window.History;
import dev.holdfast.window.MessageTooLongException;
import dev.holdfast.window.MessageWindow;
import dev.holdfast.window.TokenCounter;
import dev.holdfast.window.WindowRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Renders again what a model was sent. A trace says where that began and ended, the file has the messages, and the window
 * puts them together as it did; the fingerprint tells whether it is the same. Thread-safe.
 */
public final class Traces {
    /** Nothing is to be cut off: what is put together was chosen before. */
    private static final TokenCounter NOTHING_COUNTS = message -> 0;

    private final MessageWindow window = new MessageWindow(WindowRules.of(1, 0));
    private final ChatModel model;
    private final Optional<String> system;

    /**
     * @param model who renders: the one that is asked
     * @param system instructions before every conversation
     */
    public Traces(ChatModel model, Optional<String> system) {
        this.model = model;
        this.system = system;
    }

    /**
     * What was sent for a reply. Reads the file backwards as far as that reaches.
     *
     * @return empty if there is no such reply, or nothing was noted down of it
     */
    public Optional<SentRequest> sent(StoredConversation file, String replyId) throws IOException {
        return file.traced(replyId).map(this::again);
    }

    private SentRequest again(Traced traced) {
        Optional<String> body = body(traced);
        boolean same =
                body.isPresent() && Sha256.hex(body.get()).equals(traced.trace().sha256());
        return new SentRequest(traced.trace(), body, same, traced.missing(), model.name());
    }

    private Optional<String> body(Traced traced) {
        if (!traced.missing().isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Message> messages =
                    window.choose(history(traced), NOTHING_COUNTS).messages();
            return Optional.of(model.rendered(
                    new ModelRequest(system, messages, traced.trace().maxOutput())));
        } catch (MessageTooLongException | IllegalArgumentException e) {
            return Optional.empty(); // The file says something else than was sent: nothing of it is to be answered.
        }
    }

    private static History history(Traced traced) {
        Entry.Trace.Begin begin = traced.trace().begin();
        return new History(
                traced.path(),
                Optional.of(new Cut(begin.from(), begin.kept(), begin.summary(), 0)),
                traced.kept(),
                Set.of(),
                traced.summary().stream().toList());
    }
}
