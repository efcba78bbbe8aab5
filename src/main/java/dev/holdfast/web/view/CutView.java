package dev.holdfast.web.view;

import java.util.Objects;

/**
 * That the model is sent nothing of what stands above, or a summary.
 *
 * @param exchanges how many questions and answers stand above; 0 if that is not known
 * @param covered how many of them are summarised; 0 if none is, or that is not known
 * @param summary its words, as plain text; empty if there is none
 * @param author which model wrote it; empty if it is put together of sentences from the conversation
 * @param kept whether some of what stands above is sent all the same
 */
public record CutView(int exchanges, int covered, String summary, String author, boolean kept) {
    public CutView {
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(author, "author");
    }

    public boolean summarised() {
        return !summary.isEmpty();
    }

    /** Whether it can be said of how many it is a summary. */
    public boolean counted() {
        return exchanges > 1 && covered >= exchanges;
    }

    /** Whether some of what stands above is known to be neither sent nor summarised. */
    public boolean partial() {
        return covered > 0 && covered < exchanges;
    }
}
