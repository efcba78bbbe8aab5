package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.agent.ScriptedModel;
import dev.holdfast.agent.TestTurns;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.lifecycle.House;
import dev.holdfast.store.ConversationFiles;
import dev.holdfast.store.KeptAs;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code trace} prints, of conversations that are in use. */
class TraceCommandTest {
    @RegisterExtension
    final Printed printed = new Printed();

    private int trace(House house, String... args) {
        printed.forget();
        String[] words = Stream.concat(Stream.of("trace", "--data", House.DATA.toString()), Stream.of(args))
                .toArray(String[]::new);
        return new Commands(
                        (settings, printer) -> {
                            throw new AssertionError("nothing is served");
                        },
                        settings -> {
                            throw new AssertionError("the folder is not opened");
                        },
                        settings -> new ConversationFiles(house.memory, Optional.empty(), ZoneOffset.UTC),
                        settings -> TestTurns.PRICES,
                        Map.of(),
                        house.memory,
                        new Random(5))
                .run(words);
    }

    private String[] lines() {
        return printed.out().split(System.lineSeparator());
    }

    private static ConversationId talk(House house) {
        ConversationId id = house.begin(House.OLGA, null);
        house.model.onAsk(call -> {
            house.clock.advance(Duration.ofMillis(300));
            call.say("Echo");
            house.clock.advance(Duration.ofMillis(900));
            call.complete();
        });
        house.say(House.OLGA, id, "Hello");
        house.say(House.OLGA, id, "Hello again");
        return id;
    }

    @Test
    void aLineTellsOfACallWhileTheConversationIsInUse() {
        House house = new House();
        ConversationId id = talk(house);

        assertEquals(0, trace(house, id.value()));

        assertEquals(2, lines().length);
        assertTrue(
                lines()[0].matches("[0-9-]+T[0-9:]+Z m2 scripted: 16 tokens in \\(3 cached\\), 9 out; \\$0\\.0001757;"
                        + " first word after 0\\.30 s, took 1\\.2 s; complete"),
                lines()[0]);
        assertTrue(lines()[1].contains(" m4 "), lines()[1]);
        assertEquals("", printed.err());
    }

    @Test
    void theLastOnesArePrintedAsObjectsToo() {
        House house = new House();
        ConversationId id = talk(house);

        assertEquals(0, trace(house, id.value(), "--last", "1", "--json"));

        assertEquals(1, lines().length);
        JsonObject call = JsonParser.parseString(lines()[0]).getAsJsonObject();
        assertEquals("m4", call.get("id").getAsString());
        assertEquals(300, call.get("firstWordMs").getAsInt());
        assertEquals(1200, call.get("ms").getAsInt());
        assertEquals("m3", call.getAsJsonObject("sent").get("to").getAsString());
    }

    @Test
    void modelWithoutAPriceHasNoneAndGivesNoOrdersToTheTerminal() throws IOException {
        House house = new House();
        ConversationId id = talk(house);
        house.store
                .open(id)
                .orElseThrow()
                .append(new Entry.Summary(
                        "m90",
                        "m1",
                        "m2",
                        "short",
                        Optional.of("small\u001b[2J\nm91"),
                        ScriptedModel.USAGE,
                        house.clock.instant()))
                .join();

        assertEquals(0, trace(house, id.value(), "--last", "1"));
        assertEquals(1, lines().length);
        assertTrue(lines()[0].contains(", for a summary: 16 tokens in (3 cached), 9 out; cost not known; complete"));
        assertTrue(lines()[0].chars().noneMatch(Character::isISOControl), lines()[0]);
        assertEquals(0, trace(house, id.value(), "--json"));
        assertEquals(3, lines().length);
    }

    @Test
    void conversationInWhichNobodyWasAskedSaysSo() {
        House house = new House();
        ConversationId id = house.begin(House.OLGA, null);

        assertEquals(0, trace(house, house.file(id).toString()));

        assertEquals("", printed.out());
        assertTrue(printed.err().contains("tells of no calls to models."));
    }

    @Test
    void whatIsNotThereOrIsSealedIsAFailureInASentence() {
        House house = new House(KeptAs.SEALED);
        ConversationId id = talk(house);

        assertEquals(1, trace(house, id.value()));
        assertTrue(printed.err().contains("is encrypted"), printed.err());
        assertEquals(1, trace(house, "01jqz4m8x0abcdefghjkmnpqrs"));
        assertTrue(printed.err().contains("There is no conversation"));
        assertEquals(2, trace(house, id.value(), "--last", "0"));
    }
}
