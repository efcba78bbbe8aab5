package dev.holdfast.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PageMessagesTest {
    private static final Function<String, InputStream> FILES = files(Map.of(
            "/WEB-INF/templates/messages.properties", "a = It's {0} of {1}\nb = only here\n",
            "/WEB-INF/templates/messages_de.properties", "a = {1} größer als {0}\n"));

    private static Function<String, InputStream> files(Map<String, String> files) {
        return path -> files.containsKey(path)
                ? new ByteArrayInputStream(files.get(path).getBytes(StandardCharsets.UTF_8))
                : null;
    }

    private final PageMessages messages = PageMessages.load(FILES, List.of(Locale.GERMAN));

    @Test
    void languageOfTheReaderIsTakenWhereThereIsOne() {
        assertEquals("2 größer als 1", messages.text(Locale.GERMANY, "a", 1, 2));
        assertEquals("It's 1 of 2", messages.text(Locale.FRENCH, "a", 1, 2));
    }

    @Test
    void textThatALanguageLacksIsEnglish() {
        assertEquals("only here", messages.text(Locale.GERMAN, "b"));
    }

    @Test
    void unknownKeyIsNothing() {
        assertNull(messages.text(Locale.ENGLISH, "c"));
    }

    @Test
    void parametersAreNotReadAsPlaces() {
        assertEquals("It's {1} of $1\\", messages.text(Locale.ENGLISH, "a", "{1}", "$1\\"));
    }

    @Test
    void placesWithoutParametersStay() {
        assertEquals("It's {0} of {1}", messages.text(Locale.ENGLISH, "a"));
        assertEquals("It's x of {1}", messages.text(Locale.ENGLISH, "a", "x"));
    }

    @Test
    void firstLanguageWithTextsIsChosen() {
        assertEquals(Locale.GERMANY, messages.choose(List.of(Locale.FRENCH, Locale.GERMANY, Locale.UK)));
        assertEquals(Locale.UK, messages.choose(List.of(Locale.UK, Locale.GERMANY)));
        assertEquals(Locale.ENGLISH, messages.choose(List.of(Locale.FRENCH)));
        assertEquals(Locale.ENGLISH, messages.choose(List.of(Locale.ROOT)));
        assertEquals(Locale.ENGLISH, messages.choose(List.of()));
    }

    @Test
    void missingFileIsNamed() {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> PageMessages.load(FILES, List.of(Locale.JAPANESE)));
        assertEquals(
                "the page's texts are missing: no /WEB-INF/templates/messages_ja.properties in the web application",
                e.getMessage());
    }
}
