package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.conversation.Cursor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader of several conversations asks for. */
class PlacesTest {
    private static Map<String, Optional<Cursor>> parse(String at, String lastEventId) {
        return Places.parse(at, lastEventId).cursors();
    }

    @Test
    void eachConversationHasItsOwnCursorInTheOrderOfAsking() {
        Map<String, Optional<Cursor>> places = parse("b:2.0.5,a:7", null);

        assertEquals(List.of("b", "a"), List.copyOf(places.keySet()));
        assertEquals(Optional.of(new Cursor(2, 0, 5)), places.get("b"));
        assertEquals(Optional.of(Cursor.after(7)), places.get("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:", "a:x", "a:-1", "a:1:2", "a: 1", "a:99999999999999999999"})
    void cursorThatSaysNothingIsAsNone(String at) {
        assertEquals(Map.of("a", Optional.empty()), parse(at, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ",,,", ":", ":1", ",:1,"})
    void whatNamesNoConversationAsksForNone(String at) {
        assertEquals(Map.of(), parse(at, null));
    }

    @Test
    void conversationNamedTwiceIsWatchedOnce() {
        assertEquals(Map.of("a", Optional.of(Cursor.after(1))), parse("a:1,a:2", null));
    }

    @Test
    void lastEventIdBeatsWhatTheAddressSaysOfItsConversationOnly() {
        Map<String, Optional<Cursor>> places = parse("a:1,b:1", "a:9");

        assertEquals(Optional.of(Cursor.after(9)), places.get("a"));
        assertEquals(Optional.of(Cursor.after(1)), places.get("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", "9", "c:9", "a:x"})
    void lastEventIdThatSaysNothingChangesNothing(String lastEventId) {
        assertEquals(Map.of("a", Optional.of(Cursor.after(1))), parse("a:1", lastEventId));
    }

    @Test
    void oneMoreThanIsTakenIsRefused() {
        String most = IntStream.range(0, Places.MOST).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        assertEquals(Places.MOST, parse(most, null).size());
        HttpProblem refused = assertThrows(HttpProblem.class, () -> Places.parse(most + ",one-more", null));
        assertEquals(400, refused.status());
        assertEquals("A stream takes 50 conversations at most.", refused.getMessage());
    }
}
