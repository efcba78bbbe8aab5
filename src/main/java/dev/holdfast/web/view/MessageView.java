package dev.holdfast.web.view;

import dev.holdfast.web.view.Markdown.SafeHtml;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One message, for {@code message.html}.
 *
 * @param conversation its id; empty in the copies of a page without one
 * @param id empty in the copies that the page's JavaScript fills
 * @param parent the message before it; empty at the root
 * @param role {@code user} or {@code assistant}
 * @param state {@code complete}, {@code streaming}, {@code interrupted}, {@code stopped}, {@code failed},
 *     {@code queued} or {@code length}; {@code sending} in the copy that JavaScript fills
 * @param html its words; empty while streaming
 * @param thinking what the model thought before, as plain text; empty if nothing, and while streaming
 * @param blocks its words and thoughts as far as they have arrived, while streaming; else empty
 * @param time when it was said or completed; null while streaming
 * @param model who answered; empty for people
 * @param cause a plain sentence about how it ended, when there is one to say; else empty
 * @param typed what a person typed, to be edited; empty if nothing can be said instead
 * @param siblings the ids of all answers to the same message, this one's included, in the order of their making
 * @param kept whether the model is sent it however old it gets
 * @param cut what is said above it, if what the model is sent begins with it; else null
 */
public record MessageView(
        String conversation,
        String id,
        String parent,
        String role,
        String state,
        SafeHtml html,
        String thinking,
        List<BlockView> blocks,
        Instant time,
        String model,
        Totals tokens,
        String cause,
        String typed,
        List<String> siblings,
        boolean kept,
        CutView cut) {

    public MessageView {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(html, "html");
        Objects.requireNonNull(thinking, "thinking");
        blocks = List.copyOf(blocks);
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(typed, "typed");
        siblings = List.copyOf(siblings);
    }

    static MessageView blank(String conversation, String role, String state, SafeHtml html, String model) {
        return new MessageView(
                conversation,
                "",
                "",
                role,
                state,
                html,
                "",
                List.of(),
                null,
                model,
                Totals.NONE,
                "",
                "",
                List.of(),
                false,
                null);
    }

    /** Its place among its siblings, from 1 on. */
    public int place() {
        return siblings.indexOf(id) + 1;
    }

    /** The sibling so many places further; empty if there is none. */
    public String sibling(int further) {
        int index = place() - 1 + further;
        return index >= 0 && index < siblings.size() ? siblings.get(index) : "";
    }

    /** Whether a person said it. */
    public boolean own() {
        return role.equals("user");
    }

    public boolean streaming() {
        return state.equals("streaming");
    }

    /** Whether all of it is on disk. */
    public boolean saved() {
        return !streaming() && !state.equals("sending");
    }

    /** Whether a person can have it kept in what the model is sent. */
    public boolean keepable() {
        return !conversation.isEmpty() && !streaming() && !state.equals("queued");
    }

    /** Whether it ended in a way that needs a word, or has not begun to be answered. */
    public boolean remarkable() {
        return saved() && !state.equals("complete");
    }
}
