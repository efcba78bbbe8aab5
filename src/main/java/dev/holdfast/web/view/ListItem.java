package dev.holdfast.web.view;

import java.time.Instant;
import java.util.Objects;

/**
 * One conversation in the list.
 *
 * @param title empty if it has none yet
 * @param state {@code running}, {@code idle}, {@code paused} or {@code damaged}
 * @param current whether it is the one that is open
 */
public record ListItem(String id, String title, Instant lastActivity, String state, boolean current) {
    public ListItem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(lastActivity, "lastActivity");
        Objects.requireNonNull(state, "state");
    }
}
