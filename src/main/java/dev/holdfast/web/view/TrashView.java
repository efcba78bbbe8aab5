package dev.holdfast.web.view;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What is in the trash, for {@code trash.html}.
 *
 * @param items the most recently active first
 * @param more whether there are others, which are not shown
 */
public record TrashView(List<Item> items, boolean more) {
    /**
     * A conversation.
     *
     * @param title empty if it has none
     * @param lastActive the day when something was last said or answered
     */
    public record Item(String id, String title, LocalDate lastActive) {
        public Item {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(lastActive, "lastActive");
        }
    }

    public TrashView {
        items = List.copyOf(items);
    }
}
