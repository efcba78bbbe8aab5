package dev.holdfast.web.view;

import java.util.List;
import java.util.Objects;

/**
 * A part of the list of own conversations, for {@code list.html}.
 *
 * @param days newest day first
 * @param here the address of the page that it stands on, within the application: where its own links lead
 * @param next behind which conversation it goes on; null if there are no older ones
 * @param later whether newer ones lie before these
 */
public record ListView(List<DayGroup> days, String here, String next, boolean later) {
    public ListView {
        days = List.copyOf(days);
        Objects.requireNonNull(here, "here");
    }
}
