package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.ScriptedModel;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.store.KeptAs;
import dev.holdfast.store.StoredConversation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model is sent of a long conversation is the same whether it is held in memory, or opened at its newest part. */
@ParameterizedClass
@EnumSource(KeptAs.class)
class WindowTest {
    private static final String WORDS = " and some more words that were said here, and then some, and again".repeat(3);
    private static final int TURNS = 90;

    @Parameter
    KeptAs kept;

    private House house;
    private ConversationId id;

    @BeforeEach
    void begin() {
        house = new House(kept);
        id = house.begin(OLGA, null);
    }

    private static String words(int turn) {
        return "Turn " + turn + WORDS;
    }

    private void say(int turn) {
        house.clock.advance(Duration.ofSeconds(5));
        house.say(OLGA, id, words(turn));
    }

    private List<Message> asked() {
        return house.model.call().request().messages();
    }

    private List<List<Message>> askedInEach(boolean restarting) {
        begin();
        List<List<Message>> requests = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            say(turn);
            requests.add(asked());
            if (restarting) {
                house = house.afterCrash();
            }
        }
        return requests;
    }

    private static int cuts(List<List<Message>> requests) {
        int cuts = 0;
        for (int i = 1; i < requests.size(); i++) {
            boolean same = requests.get(i).get(0).equals(requests.get(i - 1).get(0));
            cuts += same ? 0 : 1;
        }
        return cuts;
    }

    @Test
    void whatIsSentIsTheSameWhetherItIsReadAgainBeforeEveryTurnOrNever() throws IOException {
        List<List<Message>> never = askedInEach(false);
        List<List<Message>> always = askedInEach(true);
        assertEquals(never, always);
        StoredConversation opened = house.store.open(id).orElseThrow();
        assertTrue(opened.locked(Transcript::begin) > 0, "only a part of it is in memory");
        int cuts = cuts(always);
        assertTrue(cuts > 5 && cuts < TURNS / 3, () -> cuts + " cuts");
    }

    @Test
    void aLineIsWrittenWhenTheCutMovesAndOnlyThen() throws IOException {
        List<List<Message>> requests = askedInEach(true);
        assertEquals(cuts(requests), Collections.frequency(house.lines(id), "window"));
        List<String> last = requests.get(TURNS - 1).stream().map(Message::id).toList();
        Overlay overlay = house.store.open(id).orElseThrow().locked(Transcript::overlay);
        Entry.Window window = overlay.window().orElseThrow();
        assertEquals(List.of("summary:" + window.summary().orElseThrow(), window.from()), last.subList(0, 2));
        Entry.Summary summary = overlay.summary(window.summary().get()).orElseThrow();
        assertEquals("m1", summary.from(), "it stands for everything before");
        assertTrue(requests.get(TURNS - 1).get(0).text().contains(summary.text()));
    }

    /** What a provider has in its cache is the beginning of what it is sent next. */
    @Test
    void betweenTwoCutsEachRequestBeginsWithTheWholeOneBefore() {
        List<List<Message>> requests = askedInEach(true);
        int kept = 0;
        for (int i = 1; i < requests.size(); i++) {
            List<Message> before = requests.get(i - 1);
            List<Message> now = requests.get(i);
            if (now.get(0).equals(before.get(0))) {
                kept++;
                assertEquals(before, now.subList(0, before.size()));
                assertEquals(before.size() + 2, now.size());
            }
        }
        assertEquals(TURNS - 1 - cuts(requests), kept);
    }

    @Test
    void aPausedConversationGoesOnWithTheSameCut() {
        for (int turn = 0; turn < TURNS; turn++) {
            say(turn);
        }
        List<Message> before = asked();
        house.pass(Duration.ofMinutes(31));
        house.pass(Duration.ofSeconds(1));
        assertEquals(0, house.counted.open(), "it is let go of");
        say(TURNS);
        if (asked().get(0).equals(before.get(0))) {
            assertEquals(before, asked().subList(0, before.size()));
        } else {
            assertNotEquals(-1, before.indexOf(asked().get(0)));
        }
    }

    /** The cut was made on a branch that is not read any more; memory holds only a part of the one that is. */
    @Test
    void onAnotherBranchTheCutIsMadeAnewFromAllOfIt() throws IOException {
        for (int turn = 0; turn < TURNS; turn++) {
            say(turn);
        }
        List<Message> path = house.store
                .open(id)
                .orElseThrow()
                .locked(transcript -> transcript.tree().path());
        Message fork = path.get(path.size() - 41);
        assertEquals(ScriptedModel.NAME, fork.model().orElseThrow());
        house.store
                .open(id)
                .orElseThrow()
                .append(new Entry.Head(Optional.of(fork.id()), house.clock.instant()))
                .join();
        House another = house.afterCrash();
        assertTrue(
                another.store.open(id).orElseThrow().locked(Transcript::begin) > 0, "only a part of it is in memory");
        house.say(OLGA, id, words(TURNS));
        another.say(OLGA, id, words(TURNS));
        assertEquals(asked(), another.model.call().request().messages());
    }
}
