package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A session that nanobot wrote, and what it really sent of it without limits. */
class NanobotWindowTest {
    private static final TokenCounter EACH_TEN = message -> 10;

    /** The number of the message in what nanobot sent that says nothing, and that providers refuse. */
    private static final int EMPTY_REPLY = 10;

    private static List<Message> sentByNanobot() throws IOException {
        Paths paths = new Paths();
        for (JsonElement row : JsonParser.parseString(read("unicode-toolcalls.get_history.json"))
                .getAsJsonArray()) {
            add(paths, row.getAsJsonObject());
        }
        return paths.all();
    }

    private static List<Message> session() throws IOException {
        Paths paths = new Paths();
        for (String line : read("unicode-toolcalls.jsonl").split("\n")) {
            JsonObject row = JsonParser.parseString(line).getAsJsonObject();
            if (!row.has("_type")) {
                add(paths, row);
            }
        }
        return paths.all();
    }

    private static String read(String name) throws IOException {
        try (InputStream in = NanobotWindowTest.class.getResourceAsStream("/formats/nanobot/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void add(Paths paths, JsonObject row) {
        List<Block> blocks = new ArrayList<>();
        if (row.get("content") instanceof JsonArray list) {
            for (JsonElement element : list) {
                JsonObject block = element.getAsJsonObject();
                blocks.add(
                        block.has("text") ? new Block.Text(block.get("text").getAsString()) : new Block.Other(block));
            }
        } else {
            blocks.add(new Block.Text(row.get("content").getAsString()));
        }
        if (row.has("tool_calls")) {
            row.getAsJsonArray("tool_calls").forEach(call -> blocks.add(new Block.Other(call.getAsJsonObject())));
        }
        Role role = Role.parse(row.get("role").getAsString()).orElseThrow();
        paths.add(role, Stop.COMPLETE, blocks.toArray(Block[]::new));
    }

    private static View choose(List<Message> path, WindowRules rules) throws MessageTooLongException {
        return new MessageWindow(rules).choose(History.of(path, Optional.empty()), EACH_TEN);
    }

    @Test
    void whatNanobotSentIsSentWithoutTheReplyThatSaysNothing() throws Exception {
        List<Message> sent = sentByNanobot();
        assertFalse(SentBlocks.saysSomething(sent.get(EMPTY_REPLY)));
        assertTrue(Providers.refusal(sent).isPresent());
        List<Message> legal = new ArrayList<>(sent);
        legal.remove(EMPTY_REPLY);
        assertEquals(Optional.empty(), Providers.refusal(legal));
        assertEquals(legal, choose(sent, WindowRules.of(200, 100)).messages());
    }

    @Test
    void itsSessionIsSentLegally() throws Exception {
        List<Message> session = session();
        View view = choose(session, WindowRules.of(200, 100));
        assertEquals(Optional.empty(), Providers.refusal(view.messages()));
        assertEquals(session.size() - 1, view.messages().size(), "all but the reply that says nothing");
    }

    /** Whatever the marks, and wherever that cuts: nanobot's own window splits calls from their results. */
    @Test
    void everyWindowOfItIsLegal() throws Exception {
        List<Message> session = session();
        for (int high = 20; high <= 160; high += 10) {
            for (int most = 0; most < session.size(); most++) {
                View view = choose(session, new WindowRules(high, high / 2, 0, most));
                assertEquals(Optional.empty(), Providers.refusal(view.messages()), high + ", " + most);
                assertTrue(view.tokens() <= high);
                assertEquals(
                        "thanks",
                        view.messages().get(view.messages().size() - 1).text());
            }
        }
    }

    /** Its tail alone is kept within a budget, and begins with the nearest message of a person, even over it. */
    @Test
    void windowBeginsWithAPersonsMessage() throws Exception {
        View view = choose(sentByNanobot(), WindowRules.of(110, 80));
        assertEquals(Role.USER, view.messages().get(0).role());
        assertEquals("block text", view.messages().get(0).text());
    }
}
