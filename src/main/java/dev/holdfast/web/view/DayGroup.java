package dev.holdfast.web.view;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The conversations that were last used on one day.
 *
 * @param name {@code today}, {@code yesterday} or {@code earlier}
 * @param items newest first
 */
public record DayGroup(String name, LocalDate day, List<ListItem> items) {
    public DayGroup {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(day, "day");
        items = List.copyOf(items);
    }

    /** Groups {@code items}, in any order, by day in the clock's zone: newest day first. */
    public static List<DayGroup> of(List<ListItem> items, Clock clock) {
        Map<LocalDate, List<ListItem>> byDay = new TreeMap<>(Comparator.reverseOrder());
        items.stream()
                .sorted(Comparator.comparing(ListItem::lastActivity).reversed())
                .forEach(item -> byDay.computeIfAbsent(
                                item.lastActivity().atZone(clock.getZone()).toLocalDate(), day -> new ArrayList<>())
                        .add(item));
        LocalDate today = LocalDate.now(clock);
        return byDay.entrySet().stream()
                .map(entry -> new DayGroup(name(entry.getKey(), today), entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A day to come (a clock was set back) is shown as today. */
    private static String name(LocalDate day, LocalDate today) {
        if (!day.isBefore(today)) {
            return "today";
        }
        return day.equals(today.minusDays(1)) ? "yesterday" : "earlier";
    }
}
