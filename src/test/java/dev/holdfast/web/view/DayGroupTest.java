package dev.holdfast.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DayGroupTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T00:30:00Z"), ZoneId.of("Europe/Berlin"));

    private static List<DayGroup> group(String... times) {
        return DayGroup.of(
                Stream.of(times)
                        .map(time -> new ListItem(time, "", Instant.parse(time), "idle", false))
                        .toList(),
                CLOCK);
    }

    private static List<String> names(List<DayGroup> groups) {
        return groups.stream().map(group -> group.name() + " " + group.day()).toList();
    }

    @Test
    void noConversationsMakeNoGroups() {
        assertEquals(List.of(), group());
    }

    @Test
    void daysEndAtMidnightOfTheClocksZone() {
        List<DayGroup> groups = group("2026-11-20T22:59:59Z", "2026-11-20T23:00:00Z", "2026-11-19T12:00:00Z");
        assertEquals(List.of("today 2026-11-21", "yesterday 2026-11-20", "earlier 2026-11-19"), names(groups));
    }

    @Test
    void newestComesFirstInAnyOrderOfArrival() {
        List<DayGroup> groups = group("2026-11-19T10:00:00Z", "2026-11-19T12:00:00Z", "2026-11-18T10:00:00Z");
        assertEquals(List.of("earlier 2026-11-19", "earlier 2026-11-18"), names(groups));
        assertEquals(
                List.of("2026-11-19T12:00:00Z", "2026-11-19T10:00:00Z"),
                groups.get(0).items().stream().map(ListItem::id).toList());
    }

    @Test
    void dayToComeIsShownAsToday() {
        assertEquals(List.of("today 2026-11-25"), names(group("2026-11-25T10:00:00Z")));
    }
}
