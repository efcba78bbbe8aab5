package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A call and its results stay together; what has no partner is not sent. */
class ToolPairsTest {
    private final MessageWindow window = new MessageWindow(WindowRules.of(100, 50));
    private final Paths path = new Paths();

    private List<Message> sent() throws MessageTooLongException {
        List<Message> sent = window.choose(History.of(path.all(), Optional.empty()), Paths.WEIGHT)
                .messages();
        assertEquals(Optional.empty(), Providers.refusal(sent));
        return sent;
    }

    private static Message without(Message message, Block... blocks) {
        return message.withContent(message.content().stream()
                .filter(block -> !List.of(blocks).contains(block))
                .toList());
    }

    @Test
    void groupOfCallAndResultsGoesAsOne() throws Exception {
        path.user(10).calls(10, "a", "b").results(20, "a", "b").reply(5);
        path.user(10).calls(10, "c").results(60, "c");
        assertEquals(path.part(4, 7), sent());
    }

    @Test
    void groupOfMessagesOfTheRoleToolGoesAsOne() throws Exception {
        path.user(10).toolCalls(10, "a", "b").tool(10).tool(10).reply(5);
        path.user(10).toolCalls(10, "c", "d").tool(30).tool(30);
        assertEquals(path.part(5, 9), sent());
    }

    @Test
    void callWithoutWordsIsSent() throws Exception {
        path.user(1).add(Role.ASSISTANT, Stop.COMPLETE, Paths.call("a")).results(3, "a");
        assertEquals(path.all(), sent());
    }

    @Test
    void resultWithoutItsCallIsNotSent() throws Exception {
        path.user(1).reply(1).add(Role.USER, Stop.COMPLETE, Paths.result("a")).user(1);
        path.reply(1).tool(1).user(1);
        assertEquals(List.of(path.at(0), path.at(1), path.at(3), path.at(4), path.at(6)), sent());
    }

    @Test
    void wordsBesideAResultWithoutItsCallAreSent() throws Exception {
        path.user(1).results(5, "a").reply(1).user(1);
        assertEquals(List.of(path.at(0), without(path.at(1), Paths.result("a")), path.at(2), path.at(3)), sent());
    }

    /** Nanobot's window is empty then: it looks for a legal beginning behind the orphan. */
    @Test
    void orphanAtTheTailDoesNotEmptyTheView() throws Exception {
        path.turns(2, 1, 1).add(Role.TOOL, Stop.COMPLETE, Paths.weight(1)).user(1);
        assertEquals(List.of(path.at(0), path.at(1), path.at(2), path.at(3), path.at(5)), sent());
    }

    @Test
    void callWithoutResultIsNotSent() throws Exception {
        path.user(1).calls(2, "a").user(3);
        assertEquals(List.of(path.at(0), without(path.at(1), Paths.call("a")), path.at(2)), sent());
    }

    @Test
    void messageOfCallsWithoutResultsIsNotSent() throws Exception {
        path.user(1)
                .add(Role.ASSISTANT, Stop.COMPLETE, Paths.call("a"), Paths.call("b"))
                .user(3);
        assertEquals(List.of(path.at(0), path.at(2)), sent());
    }

    @Test
    void callWhoseResultIsMissingGoesFromAmongItsLike() throws Exception {
        path.user(1).calls(2, "a", "b").results(1, "b").user(3);
        assertEquals(List.of(path.at(0), without(path.at(1), Paths.call("a")), path.at(2), path.at(3)), sent());
        Message last = path.toolCalls(1, "c", "d").tool(1).at(5);
        assertEquals(last, sent().get(5));
        assertEquals(without(path.at(4), Paths.function("d", "{}")), sent().get(4));
    }

    @Test
    void resultsInAnyOrderFindTheirCalls() throws Exception {
        path.user(1).calls(1, "a", "b").results(1, "b", "a").user(1);
        assertEquals(path.all(), sent());
    }

    @Test
    void resultIsNotSentTwice() throws Exception {
        path.user(1).calls(1, "a").add(Role.USER, Stop.COMPLETE, Paths.result("a"));
        path.add(Role.USER, Stop.COMPLETE, Paths.result("a")).user(1);
        assertEquals(List.of(path.at(0), path.at(1), path.at(2), path.at(4)), sent());
    }

    @Test
    void callWithTheIdOfItsNeighbourIsNotSent() throws Exception {
        path.user(1).calls(1, "a", "a").results(1, "a", "a").user(1);
        Message once = path.at(1).withContent(List.of(Paths.weight(1), Paths.call("a")));
        Message answered = path.at(2).withContent(List.of(Paths.result("a"), Paths.weight(1)));
        assertEquals(List.of(path.at(0), once, answered, path.at(3)), sent());
    }

    @Test
    void idThatIsUsedAgainLaterBelongsToTheNearerCall() throws Exception {
        path.user(1).calls(1, "a").results(1, "a").calls(1, "a").results(1, "a").user(1);
        assertEquals(path.all(), sent());
    }

    @Test
    void resultBehindAnotherReplyIsNotSent() throws Exception {
        path.user(1).calls(1, "a").reply(1).results(1, "a").user(1);
        assertEquals(
                List.of(
                        path.at(0),
                        without(path.at(1), Paths.call("a")),
                        path.at(2),
                        without(path.at(3), Paths.result("a")),
                        path.at(4)),
                sent());
    }

    @Test
    void resultBehindWordsIsNotSent() throws Exception {
        path.user(1).calls(1, "a", "b").results(1, "a").results(1, "b").user(1);
        assertEquals(
                List.of(
                        path.at(0),
                        without(path.at(1), Paths.call("b")),
                        path.at(2),
                        without(path.at(3), Paths.result("b")),
                        path.at(4)),
                sent());
    }

    @Test
    void replyThatFailedBetweenCallAndResultDoesNotPartThem() throws Exception {
        path.user(1).calls(1, "a").emptyReply().results(1, "a").user(1);
        assertEquals(List.of(path.at(0), path.at(1), path.at(3), path.at(4)), sent());
    }

    @Test
    void instructionsBetweenCallAndResultDoNotPartThem() throws Exception {
        path.user(1).calls(1, "a").system(1).results(1, "a").user(1);
        assertEquals(path.all(), sent());
    }

    @Test
    void resultsOfOneCallInTwoTurnsAreNotMixed() throws Exception {
        path.user(1).calls(1, "a").user(1).results(1, "a").user(1);
        assertEquals(without(path.at(1), Paths.call("a")), sent().get(1));
        assertEquals(without(path.at(3), Paths.result("a")), sent().get(3));
    }

    /** Anthropic refuses words before results. */
    @Test
    void resultsComeBeforeWords() throws Exception {
        path.user(1).calls(1, "a").add(Role.USER, Stop.COMPLETE, Paths.weight(1), Paths.result("a"));
        assertEquals(path.at(2).withContent(List.of(Paths.result("a"), Paths.weight(1))), sent().get(2));
    }

    /** As Claude.ai exports them. */
    @Test
    void callAndResultInOneReplyAreNotSent() throws Exception {
        path.user(1)
                .add(Role.ASSISTANT, Stop.COMPLETE, Paths.weight(1), Paths.call("a"), Paths.result("a"))
                .user(1);
        assertEquals(path.at(1).withContent(List.of(Paths.weight(1))), sent().get(1));
    }

    @Test
    void callOfAPersonIsNotSent() throws Exception {
        path.user(1)
                .add(Role.USER, Stop.COMPLETE, Paths.weight(1), Paths.call("a"))
                .results(1, "a")
                .user(1);
        assertEquals(path.at(1).withContent(List.of(Paths.weight(1))), sent().get(1));
        assertEquals(path.at(2).withContent(List.of(Paths.weight(1))), sent().get(2));
    }

    @Test
    void callOfAPersonBeginsNoTurn() throws Exception {
        path.user(60)
                .reply(30)
                .add(Role.USER, Stop.COMPLETE, Paths.call("a"))
                .reply(5)
                .user(10);
        assertEquals(path.part(4, 5), sent());
    }

    @Test
    void emptyResultIsSent() throws Exception {
        path.user(1).toolCalls(1, "a").add(Role.TOOL, Stop.COMPLETE).user(1);
        assertEquals(path.all(), sent());
    }

    @Test
    void callWithoutIdTakesTheResultWithoutOne() throws Exception {
        Block.Other call = (Block.Other) Paths.function("", "{}");
        JsonObject withoutId = call.json().deepCopy();
        withoutId.remove("id");
        path.user(1)
                .add(Role.ASSISTANT, Stop.COMPLETE, new Block.Other(withoutId), new Block.Other(withoutId))
                .tool(1)
                .tool(1)
                .user(1);
        assertEquals(
                path.all(),
                window.choose(History.of(path.all(), Optional.empty()), Paths.WEIGHT)
                        .messages());
    }

    @Test
    void resultOfTheRoleToolFindsItsCallByIdWhereItHasOne() throws Exception {
        JsonObject named = new JsonObject();
        named.addProperty("tool_call_id", "b");
        path.user(1)
                .toolCalls(1, "a", "b")
                .add(Role.TOOL, Stop.COMPLETE, Paths.weight(1), new Block.Other(named))
                .user(1);
        assertEquals(
                without(path.at(1), Paths.function("a", "{}")),
                window.choose(History.of(path.all(), Optional.empty()), Paths.WEIGHT)
                        .messages()
                        .get(1));
    }

    @Test
    void toolsThatAProviderRunsItselfAreLeftAlone() throws Exception {
        JsonObject search = new JsonObject();
        search.addProperty("type", "server_tool_use");
        path.user(1)
                .add(Role.ASSISTANT, Stop.COMPLETE, new Block.Other(search), Paths.weight(1))
                .user(1);
        assertEquals(path.all(), sent());
    }
}
