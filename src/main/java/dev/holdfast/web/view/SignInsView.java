package dev.holdfast.web.view;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;

/**
 * Where a person is signed in, for {@code sign-ins.html}.
 *
 * @param items the newest first
 */
public record SignInsView(List<Item> items) {
    /**
     * A browser.
     *
     * @param name by which it is signed out
     * @param called what it is called to tell it from others; empty if that is not known
     * @param here whether it is the one that shows this
     */
    public record Item(String name, String called, ZonedDateTime since, ZonedDateTime until, boolean here) {
        public Item {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(called, "called");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(until, "until");
        }
    }

    public SignInsView {
        items = List.copyOf(items);
    }
}
