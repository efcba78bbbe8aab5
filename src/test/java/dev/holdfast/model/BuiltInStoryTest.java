package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInStoryTest {

    @ParameterizedTest
    @ValueSource(ints = {80, 200, 600, 1000, 5000})
    void storyIsAsLongAsWantedAndLittleLonger(int wanted) {
        for (long seed = 0; seed < 30; seed++) {
            int words = new BuiltInText(BuiltInStory.tell("lighthouses", wanted, seed)).words();
            assertTrue(words >= wanted && words <= wanted + 90, words + " words, seed " + seed);
        }
    }

    @Test
    void sentencesOfALongStoryHardlyRepeat() {
        for (long seed = 0; seed < 30; seed++) {
            List<String> sentences = sentences(BuiltInStory.tell("tides", 800, seed));
            assertTrue(new HashSet<>(sentences).size() >= sentences.size() - 1, "seed " + seed);
        }
        List<String> longest = sentences(BuiltInStory.tell("tides", 5000, 1));
        assertTrue(
                new HashSet<>(longest).size() > longest.size() * 0.8,
                new HashSet<>(longest).size() + " of " + longest.size());
    }

    private static List<String> sentences(String story) {
        return Arrays.stream(story.split("(?<=[.”])\\s+"))
                .filter(part -> !part.startsWith("#"))
                .toList();
    }

    @Test
    void everyGapIsFilledAndTheTopicIsTold() {
        for (long seed = 0; seed < 200; seed++) {
            String story = BuiltInStory.tell("$1 {hero} \\ lamps", 400, seed);
            assertFalse(story.replace("{hero}", "").contains("{"), "seed " + seed);
            assertTrue(story.split("lamps").length > 3, "seed " + seed);
        }
    }

    @Test
    void sameSeedTellsTheSameAndAnotherAnother() {
        assertEquals(BuiltInStory.tell("tides", 300, 7), BuiltInStory.tell("tides", 300, 7));
        assertNotEquals(BuiltInStory.tell("tides", 300, 7), BuiltInStory.tell("tides", 300, 8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        tell me a long story about lighthouses, slowly      | lighthouses      | 800
        Write a 200-word story about my dog Rex             | my dog Rex       | 200
        tell me a story of 1,000 words about cats           | cats             | 1000
        tell me a story about cats in 1000 words            | cats             | 1000
        Tell me a story about the sea in 99999999 words     | the sea          | 5000
        Tell me a story about the sea in 0 words            | the sea          | 1
        give me a very long text on tea please              | tea              | 2000
        write something long                                | a long wait      | 800
        a short story about rain                            | rain             | 80
        Erzähl mir eine lange Geschichte über Leuchttürme, langsam | Leuchttürme | 800
        Cuéntame una historia larga sobre el mar            | el mar           | 800
        """)
    void wishIsUnderstood(String wish, String topic, int words) {
        BuiltInStoryRequest request = BuiltInStoryRequest.in(wish).orElseThrow();
        assertEquals(topic, request.topic());
        assertEquals(words, request.words());
    }

    @ParameterizedTest
    @ValueSource(strings = {"what is a story", "The story of my life is long", "tell me the time", "I write texts"})
    void otherClausesAreNoWish(String clause) {
        assertTrue(BuiltInStoryRequest.in(clause).isEmpty());
    }
}
