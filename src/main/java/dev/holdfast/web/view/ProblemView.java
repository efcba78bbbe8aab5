package dev.holdfast.web.view;

import java.util.Objects;

/**
 * What went wrong, with a way on, for {@code problem.html}.
 *
 * @param status the HTTP status
 * @param title in a few words
 * @param detail what happened, what is safe, what to do
 * @param back where to go on: a path within the application, beginning with {@code /}
 * @param restorable the conversation in the reader's own trash that was asked for; null if none was
 */
public record ProblemView(int status, String title, String detail, String back, String restorable) {
    public ProblemView {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(back, "back");
    }
}
