package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.FeedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reply that many read: its pieces of text go out together, by a time that is moved by hand. */
class GatheredReplyTest {
    private static final int MANY = 201;

    private final TurnBench bench = new TurnBench();

    /** A reader among many, who has heard that the reply has begun: the conversation rests. */
    private NotedEvents begin(TurnBench where) {
        where.say("Count");
        for (int i = 1; i < MANY; i++) {
            where.watch(null);
        }
        NotedEvents reader = where.watch(null);
        where.live.publish(new FeedEvent.Titled("Counting"));
        reader.clear();
        return reader;
    }

    private ScriptedModel.Call model() {
        return bench.model.call();
    }

    private void pass(int millis) {
        bench.advance(Duration.ofMillis(millis));
    }

    /** All the text of a reply of one block. Every cursor stands exactly behind what was told by then. */
    private static String told(NotedEvents reader) {
        StringBuilder text = new StringBuilder();
        for (FeedEvent event : reader.events()) {
            if (event instanceof FeedEvent.Grown grown) {
                assertEquals(text.length(), grown.part().at());
                text.append(grown.part().text());
                assertEquals(Optional.of(new Cursor(2, 0, text.length())), event.cursor());
            }
        }
        return text.toString();
    }

    @Test
    void piecesThatComeDuringARestAreToldAsOne() {
        NotedEvents reader = begin(bench);
        model().say("One ");
        pass(30);
        model().say("two ");
        pass(30);
        model().say("three");
        pass(39);
        assertEquals(List.of(), reader.told());

        pass(12);
        assertEquals(List.of("grown m2 0@0 One two three"), reader.told());
        assertEquals(Optional.of(new Cursor(2, 0, 13)), reader.cursor());
    }

    @Test
    void textIsToldAtMostTenTimesASecond() {
        NotedEvents reader = begin(bench);
        List<Integer> toldBy = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            model().say("word ");
            pass(10);
            toldBy.add(reader.events().size());
        }
        for (int second = 100; second < 300; second++) {
            assertTrue(toldBy.get(second) - toldBy.get(second - 100) <= 10, () -> toldBy.toString());
        }
        assertTrue(reader.events().size() >= 27, () -> toldBy.toString());
    }

    @Test
    void firstPieceAfterASilenceIsToldAtOnce() {
        NotedEvents reader = begin(bench);
        pass(130);
        model().say("One ");
        assertEquals(List.of("grown m2 0@0 One "), reader.told());

        pass(130);
        model().say("two");
        assertEquals(List.of("grown m2 0@0 One ", "grown m2 0@4 two"), reader.told());
    }

    @Test
    void whatIsNoTextIsToldAtOnceAndDoesNotMakeTextComeMoreOften() {
        NotedEvents reader = begin(bench);
        model().say("One ", "two");
        bench.live.publish(new FeedEvent.Titled("Counting on"));
        model().say(" three");
        assertEquals(List.of("titled Counting on"), reader.told());

        pass(111);
        assertEquals(List.of("titled Counting on", "grown m2 0@0 One two three"), reader.told());
    }

    @Test
    void blocksAreToldByThemselvesInTheirOrder() {
        NotedEvents reader = begin(bench);
        model().say(0, Block.Kind.THINKING, "One, ").say(0, Block.Kind.THINKING, "perhaps two");
        model().say(1, Block.Kind.TEXT, "Three ").say(1, Block.Kind.TEXT, "four");
        pass(111);

        assertEquals(List.of("grown m2 0@0 One, perhaps two", "grown m2 1@0 Three four"), reader.told());
    }

    @Test
    void whenTheReplyEndsInTheMiddleOfARestItsLastWordsComeBeforeTheEnd() {
        NotedEvents reader = begin(bench);
        model().say("One ", "two").complete();
        bench.settle();

        assertEquals(
                List.of("grown m2 0@0 One two", "done m2 complete"),
                reader.told().subList(0, 2));
        assertEquals("One two", bench.head().text());
        pass(300);
        assertEquals("One two", told(reader));
    }

    @Test
    void whatWasGatheredWhenTheReplyIsStoppedIsKept() {
        NotedEvents reader = begin(bench);
        model().say("One ", "two");
        bench.turns.stop(bench.live);
        bench.settle();

        assertEquals("One two", told(reader));
        assertEquals("One two", bench.head().text());
    }

    @Test
    void whoComesInTheMiddleOfARestIsToldEverythingOnceAndSoAreThoseWhoWereThere() {
        NotedEvents reader = begin(bench);
        pass(130);
        model().say("One ", "two ");
        NotedEvents late = bench.watch(null);
        NotedEvents back = bench.watch("2.0.3");
        model().say("three");
        pass(200);

        Stream.of(reader, late).forEach(who -> assertEquals("One two three", told(who)));
        assertEquals(List.of("grown m2 0@3  ", "grown m2 0@4 two three"), back.told());
    }

    @Test
    void whoIsSentAwayInTheMiddleOfARestComesBackForTheRest() {
        NotedEvents reader = begin(bench);
        pass(130);
        model().say("One ", "two");
        bench.live.endFeed();
        assertTrue(reader.ended());
        pass(200);

        NotedEvents back = bench.watch(reader.cursor().orElseThrow().toString());
        assertEquals(
                List.of("grown m2 0@0 One ", "grown m2 0@4 two"),
                Stream.concat(reader.told().stream(), back.told().stream()).toList());
    }

    @Test
    void secretsAreFoundAlsoWhereGatheredPiecesMeet() {
        TurnBench careful = new TurnBench("secrets", Optional.empty());
        NotedEvents reader = begin(careful);
        String key = "AKIA" + "QYLPMN5HFIQR7XYA";
        careful.model.call().say("The key is " + key.substring(0, 7), key.substring(7, 12));
        careful.advance(Duration.ofMillis(111));
        careful.model.call().say(key.substring(12), ", keep it.");
        careful.advance(Duration.ofMillis(111));
        careful.model.call().complete();
        careful.settle();

        assertEquals("The key is <AWS_KEY_0>, keep it.", told(reader));
        assertEquals("The key is <AWS_KEY_0>, keep it.", careful.head().text());
    }

    /** Whoever comes back with any cursor that was told is given the rest, and nothing twice. */
    @Test
    void everyCursorThatWasToldStandsExactlyBehindTheTextThatWasTold() {
        NotedEvents reader = begin(bench);
        Random random = new Random(1);
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String piece = "w".repeat(1 + random.nextInt(5));
            said.append(piece);
            model().say(piece);
            pass(random.nextInt(40));
        }
        int events = reader.events().size();
        model().complete();
        bench.settle();

        assertEquals(said.toString(), told(reader));
        assertTrue(events < 1000, "a guard: pieces were gathered");
    }
}
