package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtractTest {
    private static final TokenCounter COUNTER = new EstimatingCounter();

    private static Message person(String text) {
        return Message.user("m1", Optional.empty(), text, Instant.EPOCH, Optional.empty());
    }

    private static Message model(String text) {
        Entry.ReplyStarted start = new Entry.ReplyStarted("m2", "m1", "a model", Instant.EPOCH);
        return Message.reply(start, List.of(new Block.Text(text)), Instant.EPOCH, Usage.NONE, Stop.COMPLETE, null);
    }

    private static String of(int mostTokens, Message... messages) {
        return Extract.of(Optional.empty(), List.of(messages), mostTokens, COUNTER);
    }

    @Test
    void whatFitsIsTakenWholeInTheOrderInWhichItWasSaid() {
        assertEquals(
                "User: I live in Graz.\nUser: It is raining today.\nAssistant: Take an umbrella with you.",
                of(1000, person("I live in Graz. It is raining today."), model("Take an umbrella with you.")));
    }

    @Test
    void namesAndFiguresWinOverTalk() {
        Message talk = person(
                "Well it is what it is and so on. My daughter is called Ludmila Novak. She was born on 3 May 2019."
                        + " And the weather has been quite nice lately. What do you think of it all?");
        assertEquals("User: My daughter is called Ludmila Novak.\nUser: She was born on 3 May 2019.", of(32, talk));
    }

    @Test
    void thePersonsWordsWinOverTheSameOfTheAssistants() {
        assertEquals(
                "User: The boat is blue now.", of(16, model("The boat is blue now."), person("The boat is blue now.")));
    }

    @Test
    void aQuestionLosesAgainstAStatement() {
        assertEquals("User: The shed is open now.", of(16, person("The shed is open now. Is the shed not open?")));
    }

    @Test
    void anEarlierSummaryCompetesAndNothingIsTwice() {
        String before = "User: My code is 4711.\nUser: Lovely day it was.";
        String again = Extract.of(
                Optional.of(before), List.of(person("My code is 4711. Trains run late as ever.")), 30, COUNTER);
        assertEquals(1, again.split("4711", -1).length - 1);
        assertTrue(again.startsWith("User: Lovely") || again.contains("User: My code is 4711."), again);
    }

    @Test
    void aSummaryOfASummaryGrowsNoLonger() {
        Random random = new Random(5);
        String summary = "";
        for (int round = 0; round < 200; round++) {
            Message said = person("My number " + random.nextInt(1_000_000) + " is of house " + round + " in Linz.");
            summary = Extract.of(Optional.of(summary).filter(text -> !text.isEmpty()), List.of(said), 200, COUNTER);
            assertTrue(COUNTER.count(person(summary)) <= 204, summary);
        }
        assertTrue(summary.contains("house 199"), "of equals the newest stay");
        assertFalse(summary.contains("house 3 "), summary);
    }

    @Test
    void thinkingToolsAndEmptyMessagesSayNothing() {
        Message thinking = model("").withContent(List.of(new Block.Thinking("My secret plan is 42.", "")));
        assertEquals("", of(1000, thinking, person("  ")));
    }

    @Test
    void aSentenceThatNeverEndsIsCutAndSplitsNoPair() {
        String line = of(1000, person("a" + "🎈".repeat(5_000)));
        assertTrue(line.length() < 300, line);
        assertTrue(line.endsWith("🎈…"), line);
    }

    @Test
    void anyTextGivesAnExtractWithinItsTokens() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String text = random.ints(random.nextInt(400), 0x20, 0x3000)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                messages.add(random.nextBoolean() ? person(text) : model(text));
            }
            int most = random.nextInt(300);
            String extract = Extract.of(Optional.empty(), messages, most, COUNTER);
            long lines = extract.lines()
                    .mapToLong(line -> COUNTER.count(person(line)))
                    .sum();
            assertTrue(lines <= most, "seed " + seed);
            assertEquals(extract, Extract.of(Optional.empty(), messages, most, COUNTER));
        }
    }
}
