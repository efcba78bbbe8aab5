package dev.holdfast.cli;

import static dev.holdfast.lifecycle.House.OLGA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.agent.ScriptedModel;
import dev.holdfast.agent.TestTurns;
import dev.holdfast.agent.TurnRecovery;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.House;
import dev.holdfast.lifecycle.Limits;
import dev.holdfast.protect.Redaction;
import dev.holdfast.protect.RedactionRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TerminalChatTest {
    private final House house = new House();
    private final ScriptedModel model = house.model;
    /** On the store and model of the house; turns go on at once, for a terminal waits for them. */
    private final Conversations conversations = new Conversations(
            house.store,
            house.access,
            TestTurns.of(model, Runnable::run, house.timer, house.clock, TurnRecovery.AUTO),
            TestTurns.traces(model),
            () -> TestTurns.PRICES,
            Redaction.by(RedactionRules.parse("off", "")),
            House.TIMES,
            Limits.NONE,
            house.clock,
            house.clock::nanos);

    private String chat(String resume, String... lines) throws IOException {
        return converse(new ScriptedPrompt(lines), resume);
    }

    private String converse(ScriptedPrompt prompt, String resume) throws IOException {
        new TerminalChat(conversations, prompt).run(resume);
        return prompt.screen().replace(System.lineSeparator(), "\n");
    }

    private ConversationId only() {
        assertEquals(
                1,
                house.store
                        .list(Owner.OPERATOR, List.of(), Optional.empty(), 1000)
                        .size());
        return house.store
                .list(Owner.OPERATOR, List.of(), Optional.empty(), 1000)
                .get(0)
                .id();
    }

    @Test
    void aConversationLooksLikeThis() throws IOException {
        String screen = chat(null, "Hello", "And?");
        assertEquals("""
                Holdfast · scripted
                Every line is saved before it is answered. Ctrl-D ends, Ctrl-C stops a reply.

                you: Hello
                scripted: Echo of Hello
                (complete, 16 tokens in, 9 out)

                you: And?
                scripted: Echo of And?
                (complete, 16 tokens in, 9 out)

                you:\s
                Saved. Go on with: chat --resume %s
                """.formatted(only()), screen);
        assertEquals(List.of("Hello", "Echo of Hello", "And?", "Echo of And?"), house.texts(Owner.OPERATOR, only()));
    }

    @Test
    void emptyLinesAreSkippedAndMakeNoConversation() throws IOException {
        String screen = chat(null, "", "   ", "\t");
        assertFalse(screen.contains("Saved."), screen);
        assertEquals(List.of(), house.store.list(Owner.OPERATOR, List.of(), Optional.empty(), 1000));
        assertEquals(List.of(), model.calls());
    }

    @Test
    void whoResumesSeesTheEndOfItAndGoesOn() throws IOException {
        for (int i = 0; i < 5; i++) {
            chat(i == 0 ? null : only().value(), "word " + i);
        }
        String screen = chat(only().value(), "more");
        assertTrue(screen.contains("word 0 (the end of it)\n"), screen);
        assertFalse(screen.contains("you: word 1\n"), screen);
        assertTrue(screen.contains("you: word 2\nscripted: Echo of word 2\n"), screen);
        assertTrue(screen.contains("you: more\nscripted: Echo of more\n"), screen);
        assertEquals(12, house.texts(Owner.OPERATOR, only()).size());
    }

    @Test
    void aConversationOfABrowserIsGoneOnWithAsItsOwner() throws IOException {
        ConversationId id = house.begin(OLGA, "Hello");
        house.conversations.close();
        chat(id.value(), "From the terminal");
        assertEquals(
                "From the terminal",
                conversations.thread(OLGA, id, 2).messages().get(0).message().text());
        assertEquals(List.of(), house.store.list(Owner.OPERATOR, List.of(), Optional.empty(), 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "../../etc/passwd", "01j0000000aaaaaaaaaaaaaaaa"})
    void anIdOfNoConversationIsRefusedWithoutQuotingIt(String id) {
        IOException refused = assertThrows(IOException.class, () -> chat(id, "Hello"));
        assertEquals("There is no conversation with that id in this data folder.", refused.getMessage());
    }

    @Test
    void aReplyGivesNoOrdersToTheTerminal() throws IOException {
        String hostile = "a\u001b[2Jb\u0007c\u009b31md\r\u0008e\u001b]0;title\u0007\nf\tg";
        model.onAsk(call -> call.say(0, Block.Kind.TEXT, hostile).fail("It said \u001b[31m no."));
        String screen = chat(null, "Say " + hostile.replace("\n", ""));
        String replied = screen.substring(screen.indexOf("scripted: "));
        assertTrue(replied.contains("a[2Jbc31mde]0;title\nf\tg\nIt said [31m no.\n(failed, about "), screen);
        assertNoOrders(replied);
        conversations.rename(Owner.OPERATOR, only(), "Title \u001b[2J\u009b2J").join();
        String resumed = chat(only().value());
        assertTrue(resumed.contains("Title [2J2J\n"), resumed);
        assertNoOrders(resumed);
    }

    private static void assertNoOrders(String screen) {
        assertTrue(
                screen.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t'),
                () -> screen.replace("\u001b", "<ESC>"));
    }

    @Test
    void aPausedConversationIsResumed() throws IOException {
        chat(null, "Hello");
        house.clock.advance(Duration.ofHours(1));
        conversations.tick();
        conversations.tick();
        chat(only().value(), "Again");
        assertEquals(
                List.of(
                        "user",
                        "reply",
                        "trace",
                        "assistant",
                        "paused",
                        "resumed",
                        "user",
                        "reply",
                        "trace",
                        "assistant"),
                house.lines(only()));
    }

    @Test
    void thinkingIsNotPrinted() throws IOException {
        model.onAsk(call -> call.say(0, Block.Kind.THINKING, "Hm")
                .say(1, Block.Kind.TEXT, "Yes")
                .complete());
        assertTrue(chat(null, "Hello").contains("scripted: Yes\n"));
    }

    @Test
    void aFailureIsSaidAndTheConversationGoesOn() throws IOException {
        model.onAsk(call -> {
            if (call.asked().size() == 1) {
                call.fail("The model is not reachable.");
            } else {
                call.say("Back").complete();
            }
        });
        String screen = chat(null, "Hello", "Again");
        assertTrue(screen.contains("The model is not reachable.\n(failed, 0 tokens in, 0 out)"), screen);
        assertTrue(screen.contains("scripted: Back\n"), screen);
    }

    @Test
    void ctrlCStopsTheReplyWithWhatHasCome() throws IOException {
        ScriptedPrompt prompt = new ScriptedPrompt("Hello");
        model.onAsk(call -> {
            call.say("Nice ");
            prompt.interrupt();
        });
        String screen = converse(prompt, null);
        assertTrue(screen.contains("scripted: Nice \n(stopped, about 6 tokens in, 6 out)"), screen);
        prompt.interrupt();
        assertEquals(List.of("Hello", "Nice "), house.texts(Owner.OPERATOR, only()));
    }

    @Test
    void whatCannotBeSavedIsSaid() {
        ScriptedPrompt prompt = new ScriptedPrompt("Hello", "Again");
        model.onAsk(call -> {
            house.disk.failEvery("write");
            call.say("Echo").complete();
        });
        IOException failure = assertThrows(IOException.class, () -> converse(prompt, null));
        assertEquals("The reply could not be saved. The log says why.", failure.getMessage());
        house.disk.mend();
        assertEquals("Hello", house.afterCrash().texts(Owner.OPERATOR, only()).get(0));
    }

    @Test
    void wordsThatCannotBeSavedAreSaidToBeLost() {
        ScriptedPrompt prompt = new ScriptedPrompt("Hello");
        model.onAsk(call -> call.complete());
        ConversationId empty = house.begin(Owner.OPERATOR, null);
        house.disk.failEvery("force");
        IOException failure = assertThrows(IOException.class, () -> converse(prompt, empty.value()));
        assertTrue(failure.getMessage().startsWith("That could not be saved: "), failure.getMessage());
        assertEquals(List.of(), model.calls());
    }

    @Test
    void eachChatWithoutAnIdIsANewConversation() throws IOException {
        chat(null, "Hello");
        house.clock.advance(Duration.ofMillis(1));
        chat(null, "Hello");
        assertEquals(
                2,
                house.store
                        .list(Owner.OPERATOR, List.of(), Optional.empty(), 1000)
                        .size());
        assertEquals(Optional.empty(), conversations.owner(ConversationId.create(HandClock.START, new Random(21))));
    }
}
