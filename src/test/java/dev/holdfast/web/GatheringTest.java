package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.model.ManualTimer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When text goes out, by a time that is moved by hand. */
class GatheringTest {
    private static final Pattern DELTA = Pattern.compile(
            "id: (\\d+\\.\\d+\\.\\d+)\\nevent: delta\\ndata: .*?\"at\":(\\d+),\"text\":\"(.*?)\"\\}\\n\\n");

    private final ManualTimer timer = new ManualTimer();
    private final EventFormat format = EventFormat.alone();
    private final OpenReply reply =
            new OpenReply(2, new Entry.ReplyStarted("m2", "m1", "scripted", Optional.empty(), Instant.EPOCH));
    private final HandConnection connection = new HandConnection();
    private Streams streams;
    private EventStream stream;

    /** One is more than few. */
    @BeforeEach
    void manyListen() throws IOException {
        listen(0);
    }

    private void listen(int few) throws IOException {
        streams = new Streams(Runnable::run, new Gathering(Runnable::run, timer, few), 12);
        stream = new EventStream(connection.async(), connection, streams, () -> true);
        begin(stream, connection);
    }

    private EventStream another() throws IOException {
        HandConnection other = new HandConnection();
        EventStream begun = new EventStream(other.async(), other, streams, () -> true);
        begin(begun, other);
        return begun;
    }

    private static void begin(EventStream begun, HandConnection connection) throws IOException {
        begun.begin(() -> {});
        connection.listener.onWritePossible();
    }

    private void pass(int millis) {
        timer.advance(Duration.ofMillis(millis));
    }

    private FeedEvent.Grown grown(String text) {
        return new FeedEvent.Grown(2, "m2", reply.append(0, Block.Kind.TEXT, text));
    }

    private void say(String text) {
        stream.say(format.write(grown(text)));
    }

    private static String delta(int at, String text) {
        return "id: 2.0." + (at + text.length())
                + "\nevent: delta\ndata: {\"id\":\"m2\",\"block\":0,\"kind\":\"text\",\"at\":" + at + ",\"text\":\""
                + text
                + "\"}\n\n";
    }

    @Test
    void whileFewListenEachPieceGoesOutAtOnce() throws IOException {
        listen(1);
        say("One ");
        say("two ");
        say("three");

        assertEquals(List.of(delta(0, "One "), delta(4, "two "), delta(8, "three")), connection.written);
    }

    @Test
    void streamsThatAreOpenAndSilentDelayNobodysText() throws IOException {
        listen(1);
        for (int i = 0; i < 10; i++) {
            another().say(EventFormat.ping());
        }
        pass(150);
        say("One ");
        say("two");

        assertEquals(List.of(delta(0, "One "), delta(4, "two")), connection.written);
    }

    @Test
    void streamRestsWhenMoreThanAFewWereToldSomethingJustBefore() throws IOException {
        listen(1);
        another().say(format.write(new FeedEvent.Titled("Letters")));
        pass(50);
        say("One ");
        say("two ");
        assertEquals(List.of(delta(0, "One ")), connection.written);

        pass(110);
        say("three");
        assertEquals(List.of(delta(0, "One "), delta(4, "two "), delta(8, "three")), connection.written);
    }

    @Test
    void whileManyListenPiecesThatComeDuringARestAreOneEventWithTheCursorOfTheLast() {
        say("One ");
        pass(30);
        say("two ");
        pass(30);
        say("three");
        assertEquals(List.of(delta(0, "One ")), connection.written);

        pass(39);
        assertEquals(1, connection.written.size());
        pass(7);
        assertEquals(List.of(delta(0, "One "), delta(4, "two three")), connection.written);
    }

    @Test
    void whileManyListenThereAreAtMostTenWritesASecond() {
        List<Integer> writesBy = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            say("word ");
            pass(10);
            writesBy.add(connection.written.size());
        }
        for (int second = 100; second < 300; second++) {
            assertTrue(writesBy.get(second) - writesBy.get(second - 100) <= 10, () -> writesBy.toString());
        }
        assertTrue(connection.written.size() >= 27, () -> writesBy.toString());
    }

    @Test
    void firstPieceAfterASilenceGoesOutAtOnce() {
        say("One ");
        pass(130);
        say("two");

        assertEquals(List.of(delta(0, "One "), delta(4, "two")), connection.written);
    }

    @Test
    void timerStandsStillWhileNothingIsSaid() {
        say("One ");
        pass(50);
        say("two");
        assertEquals(1, timer.waiting().size());

        pass(250);
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void whatIsNoTextGoesOutAtOnceBehindWhatWasGathered() {
        say("One ");
        say("two ");
        say("three");
        stream.say(format.write(new FeedEvent.Titled("Counting")));

        assertEquals(
                List.of(delta(0, "One "), delta(4, "two three") + "event: title\ndata: {\"title\":\"Counting\"}\n\n"),
                connection.written);
    }

    /** What presses in the middle of a rest begins no second one beside it. */
    @Test
    void whatPressesDoesNotMakeTextComeMoreOften() {
        for (int i = 0; i < 20; i++) {
            say("word ");
            stream.say(format.write(new FeedEvent.Titled("Title " + i)));
        }
        int pressed = connection.written.size();
        for (int i = 0; i < 100; i++) {
            say("word ");
            pass(10);
        }
        assertTrue(connection.written.size() - pressed <= 10, connection.written.toString());
    }

    @Test
    void endWritesWhatWasGathered() {
        say("One ");
        say("two");
        stream.end();

        assertEquals(List.of(delta(0, "One "), delta(4, "two")), connection.written);
        assertEquals(1, connection.completed);
    }

    @Test
    void piecesOfAnotherBlockReplyOrConversationAreEventsOfTheirOwn() {
        say("One ");
        stream.say(format.write(grown("two ")));
        stream.say(format.write(new FeedEvent.Grown(3, "m2", reply.append(0, Block.Kind.TEXT, "three "))));
        stream.say(format.write(new FeedEvent.Grown(3, "m2", reply.append(1, Block.Kind.TEXT, "four "))));
        stream.say(EventFormat.of("01b").write(new FeedEvent.Grown(3, "m2", reply.append(1, Block.Kind.TEXT, "five"))));
        pass(200);

        List<String> texts = deltas().stream().map(delta -> delta.group(3)).toList();
        assertEquals(List.of("One ", "two ", "three ", "four "), texts);
        assertTrue(connection.text().contains("id: 01b:3.1.9\nevent: delta\ndata: {\"conversation\":\"01b\","));
    }

    private List<MatchResult> deltas() {
        return DELTA.matcher(connection.text()).results().toList();
    }

    /** Whoever comes back with any cursor that was told is given the rest, and nothing twice. */
    @Test
    void everyCursorThatWasToldStandsExactlyBehindTheTextThatWasTold() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            say(random.nextInt(10) == 0 ? "q\\n" : "w".repeat(1 + random.nextInt(5)));
            pass(random.nextInt(40));
        }
        stream.end();
        int told = 0;
        String whole = reply.from(0, 0).get(0).text();
        for (MatchResult delta : deltas()) {
            Cursor cursor = Cursor.parse(delta.group(1)).orElseThrow();
            String text = delta.group(3).replace("\\\\", "\\");
            assertEquals(told, Integer.parseInt(delta.group(2)));
            assertEquals(whole.substring(told, cursor.at()), text);
            assertEquals(
                    whole.substring(cursor.at()),
                    reply.from(cursor.block(), cursor.at()).stream()
                            .map(OpenReply.Part::text)
                            .reduce("", String::concat));
            told = cursor.at();
        }
        assertEquals(whole.length(), told);
        assertTrue(deltas().size() < 1000, "a guard: pieces were gathered");
    }

    @Test
    void slowReaderIsWrittenToWhenItTakesMoreAndNotWhenItsRestEnds() throws IOException {
        say("One ");
        connection.ready = false;
        say("two ");
        pass(150);
        say("three");
        assertEquals(1, connection.written.size());

        connection.ready = true;
        connection.listener.onWritePossible();
        assertEquals(List.of(delta(0, "One "), delta(4, "two three")), connection.written);
    }

    @Test
    void readerTooFarBehindIsToldWhatWasGatheredAndSentAway() {
        say("One ");
        say("a".repeat(EventStream.MOST_WAITING - 1000));
        say("b".repeat(2000));

        assertEquals(2, deltas().size());
        assertEquals(1, connection.completed);
    }
}
