package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {

    static Message said(Role role, Block... content) {
        return new Message(
                "m",
                Optional.empty(),
                role,
                Arrays.asList(content),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Usage.NONE,
                Stop.COMPLETE,
                Optional.empty());
    }

    private static Message said(Role role, String text) {
        return said(role, new Block.Text(text));
    }

    private static Prompt prompt(Message... messages) {
        return Prompt.of(new ModelRequest(Optional.of("Be brief."), List.of(messages), 1));
    }

    private static String turns(Prompt prompt) {
        return String.join(
                " | ",
                prompt.turns().stream()
                        .map(turn -> turn.role().wire() + ": " + turn.text())
                        .toList());
    }

    @Test
    void messagesWithoutWordsAreDroppedAndTheirNeighboursJoined() {
        Prompt prompt = prompt(
                said(Role.USER, "one"),
                said(Role.ASSISTANT, " \n"),
                said(Role.USER, "two"),
                said(Role.ASSISTANT, new Block.Thinking("only thought", "sig")),
                said(Role.USER, "three"),
                said(Role.ASSISTANT, "four"),
                said(Role.USER, "five"));
        assertEquals("user: one\n\ntwo\n\nthree | assistant: four | user: five", turns(prompt));
    }

    private static Message at(Role role, String text, Duration after) {
        Message said = said(role, text);
        return new Message(
                said.id(),
                said.parent(),
                role,
                said.content(),
                Instant.parse("2026-11-21T05:31:00Z").plus(after),
                said.sendKey(),
                said.model(),
                said.usage(),
                said.stop(),
                said.cause());
    }

    @ParameterizedTest
    @CsvSource({
        "PT29M59S, ''",
        "PT30M, '[30 minutes have passed since the last message.]\n\n'",
        "PT1H59M, '[119 minutes have passed since the last message.]\n\n'",
        "PT2H, '[2 hours have passed since the last message.]\n\n'",
        "PT47H, '[47 hours have passed since the last message.]\n\n'",
        "PT48H, '[2 days have passed since the last message.]\n\n'",
        "PT-3H, ''"
    })
    void whoComesBackLaterIsSaidToHave(Duration gap, String remark) {
        Prompt prompt = prompt(
                at(Role.USER, "one", Duration.ZERO),
                at(Role.ASSISTANT, "two", Duration.ofMinutes(40)),
                at(Role.USER, "three", Duration.ofMinutes(40).plus(gap)));
        assertEquals("user: one | assistant: two | user: " + remark.replace("\\n", "\n") + "three", turns(prompt));
    }

    /** So what has been sent once is sent the same again, however the history goes on. */
    @Test
    void theRemarkIsOfTheTimesThatAreKeptAlone() {
        Message one = at(Role.USER, "one", Duration.ZERO);
        Message two = at(Role.ASSISTANT, "two", Duration.ofSeconds(1));
        Message three = at(Role.USER, "three", Duration.ofHours(5));
        Message four = at(Role.ASSISTANT, "four", Duration.ofHours(5));
        Message five = at(Role.USER, "five", Duration.ofDays(9));
        List<Prompt.Turn> before = prompt(one, two, three).turns();
        assertEquals(before, prompt(one, two, three, four, five).turns().subList(0, 3));
        assertEquals("user: three", turns(prompt(three)), "the first has nothing before it");
    }

    @Test
    void foreignMessagesWithoutTimesHaveNoRemark() {
        assertEquals(
                "user: one | assistant: two | user: three",
                turns(prompt(
                        said(Role.USER, "one"), said(Role.ASSISTANT, "two"), at(Role.USER, "three", Duration.ZERO))));
    }

    @Test
    void systemMessagesInTheHistoryJoinTheInstructions() {
        Prompt prompt = prompt(
                said(Role.USER, "one"),
                said(Role.SYSTEM, "Speak French."),
                said(Role.SYSTEM, ""),
                said(Role.USER, "two"));
        assertEquals(Optional.of("Be brief.\n\nSpeak French."), prompt.system());
        assertEquals("user: one\n\ntwo", turns(prompt));
    }

    @Test
    void toolsMessagesAndUnknownBlocksAreLeftOut() {
        JsonObject toolUse = new JsonObject();
        toolUse.addProperty("type", "tool_use");
        Prompt prompt = prompt(
                said(Role.USER, "one"),
                said(Role.ASSISTANT, new Block.Other(toolUse), new Block.Text("two")),
                said(Role.TOOL, "result"),
                said(Role.USER, "three"));
        assertEquals("user: one | assistant: two | user: three", turns(prompt));
        assertEquals(List.of(new Block.Text("two")), prompt.turns().get(1).blocks());
    }

    @Test
    void thinkingNeverGoesToProvidersThatTakeWordsOnly() {
        Prompt prompt = prompt(
                said(Role.USER, "one"),
                said(Role.ASSISTANT, new Block.Thinking("deep thought", "sig"), new Block.Text("two")),
                said(Role.USER, "three"));
        assertEquals(
                "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"one\"},"
                        + "{\"role\":\"assistant\",\"content\":\"two\"},{\"role\":\"user\",\"content\":\"three\"}]",
                prompt.withRoles().toString());
    }
}
