package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Each file of another program among the test resources is read as that program means it, and stays as it is. */
class FormatsTest {
    private static final Path FOLDER = folder();

    private NotedDamage damage = new NotedDamage();
    private final Map<String, Executable> tests = new TreeMap<>();

    FormatsTest() {
        tests.put("conversation-codec/plain.jsonl", () -> saysWhatItsProgramReads("conversation-codec/plain.jsonl"));
        tests.put("conversation-codec/plain.expected.json", tests.get("conversation-codec/plain.jsonl"));
        tests.put(
                "conversation-codec/no-trailing-newline.jsonl",
                () -> saysWhatItsProgramReads("conversation-codec/no-trailing-newline.jsonl"));
        tests.put("conversation-codec/fernet-wholefile-key1.jsonl", this::aFileSealedAsAWholeSaysTheSame);
        tests.put("conversation-codec/fernet-key-1.txt", this::aFileSealedAsAWholeSaysTheSame);
        tests.put("conversation-codec/fernet-spec-vector.json", this::theTokenOfTheSpecificationOpens);
        tests.put("conversation-codec/bad-line-2.jsonl", this::aBadLineIsReportedAndTheRestKept);
        tests.put("conversation-codec/blank-lines.jsonl", this::blankLinesArePassedOver);
        tests.put("conversation-codec/empty.jsonl", this::anEmptyFileHasNoConversation);
        tests.put("conversation-codec/redact-input.jsonl", this::textsToRedactAreRead);
        tests.put("conversation-codec/redact-expected.jsonl", this::textsToRedactAreRead);
        tests.put("nanobot/unicode-toolcalls.jsonl", this::nanobotsFieldsAreKept);
        tests.put("nanobot/unicode-toolcalls.get_history.json", this::nanobotsModelWouldSeeTheSame);
        tests.put("nanobot/provider-state.jsonl", this::providerStateIsNoMessage);
        tests.put("nanobot/corrupt-middle-line.jsonl", this::damageInTheMiddleIsReportedAndTheRestKept);
        tests.put("nanobot/corrupt-truncated-last-line.jsonl", this::aCutLastLineIsReportedAndTheRestKept);
        tests.put("nanobot/empty-session.jsonl", this::aSessionWithoutMessagesHasItsHeader);
        tests.put("nanobot/v0.1.4/telegram_a_b.jsonl", this::theOlderVersionSaysTheSame);
        tests.put("nanobot/v0.3.0/dGVsZWdyYW06YTpi.jsonl", this::theOlderVersionSaysTheSame);
        tests.put("nanobot/unusual-values.jsonl", this::unusualValuesAreKept);
        tests.put("sillytavern/swipes.jsonl", this::swipesAreSiblings);
        tests.put("fine-tuning/two-conversations.jsonl", this::eachLineForFineTuningIsAConversation);
        tests.put("claude-code/session.jsonl", this::theChainOfClaudeCodeIsFollowed);
        tests.put("codex/rollout.jsonl", this::theItemsOfCodexAreMessages);
    }

    @TestFactory
    Stream<DynamicTest> read() {
        return tests.entrySet().stream()
                .map(test -> DynamicTest.dynamicTest(test.getKey(), () -> {
                    damage = new NotedDamage();
                    test.getValue().execute();
                }));
    }

    @Test
    void everyFileHasATest() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            TreeSet<String> files = new TreeSet<>();
            all.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.equals("README.md"))
                    .forEach(files::add);
            assertEquals(new TreeSet<>(tests.keySet()), files);
        }
    }

    private void saysWhatItsProgramReads(String name) throws IOException {
        assertEquals(Origin.MESSAGE_LINES, one(name).origin());
        assertEquals(json("conversation-codec/plain.expected.json"), said(one(name)));
        assertEquals(List.of("m1", "m2", "m3", "m4", "m5", "m6"), ids(one(name).path()));
        assertEquals(Optional.of("m5"), one(name).path().get(5).message().parent());
        assertEquals(List.of(), damage.notes());
    }

    private void aFileSealedAsAWholeSaysTheSame() throws IOException {
        LineCodec key = key(text("conversation-codec/fernet-key-1.txt").strip());
        ReadConversation read = all("conversation-codec/fernet-wholefile-key1.jsonl", Optional.of(key))
                .get(0);
        assertEquals(json("conversation-codec/plain.expected.json"), said(read));
    }

    private void theTokenOfTheSpecificationOpens() throws Exception {
        JsonObject vector = json("conversation-codec/fernet-spec-vector.json").getAsJsonObject();
        byte[] token = vector.get("token").getAsString().getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                vector.get("src").getAsString(),
                new String(key(vector.get("key").getAsString()).open(token), StandardCharsets.US_ASCII));
    }

    private void aBadLineIsReportedAndTheRestKept() throws IOException {
        assertEquals(List.of("ok"), texts(one("conversation-codec/bad-line-2.jsonl")));
        assertEquals(List.of("damaged line 2 at 31+9: The line is not a JSON object."), damage.notes());
    }

    private void blankLinesArePassedOver() throws IOException {
        ReadConversation read = one("conversation-codec/blank-lines.jsonl");
        assertEquals(List.of("m1", "m4"), ids(read.path()));
        assertEquals(Role.ASSISTANT, read.path().get(1).message().role());
        assertEquals(List.of(), read.path().get(1).message().content());
        assertEquals(List.of(), damage.notes());
    }

    private void anEmptyFileHasNoConversation() throws IOException {
        assertEquals(List.of(), all("conversation-codec/empty.jsonl", Optional.empty()));
        assertEquals(List.of(), damage.notes());
    }

    private void textsToRedactAreRead() throws IOException {
        assertEquals(
                List.of("My email is alice@example.com and my token is Bearer eyJhbGc.abc.def==", "Got it, Alice."),
                texts(one("conversation-codec/redact-input.jsonl")));
        assertEquals(
                List.of("My email is [EMAIL] and my token is Bearer [REDACTED]", "Got it, Alice."),
                texts(one("conversation-codec/redact-expected.jsonl")));
    }

    private void nanobotsFieldsAreKept() throws IOException {
        ReadConversation read = one("nanobot/unicode-toolcalls.jsonl");
        assertEquals(Origin.NANOBOT, read.origin());
        assertEquals("websocket:chat-unicode", read.header().get("key").getAsString());
        assertEquals(15, read.path().size());
        Message said = read.path().get(0).message();
        assertTrue(said.text().contains("\u2028line-sep"), "a line is not cut at U+2028");
        assertTrue(said.text().contains("\u0085nel \u0000nul"), "nor at U+0085");
        assertEquals(Instant.parse("2026-05-20T07:00:01.123463Z"), said.timestamp(), "local time of Zurich");
        ReadMessage calls = read.path().get(3);
        assertEquals(3, calls.message().content().size());
        JsonObject first = ((Block.Other) calls.message().content().get(1)).json();
        assertEquals("call_1_0", first.get("id").getAsString());
        assertEquals("I should search.", calls.fields().get("reasoning_content").getAsString());
        JsonObject result = read.path().get(4).fields();
        assertEquals("call_1_0", result.get("tool_call_id").getAsString());
        assertEquals("web_search", result.get("name").getAsString());
        assertEquals(Role.TOOL, read.path().get(4).message().role());
        assertTrue(read.path().get(8).fields().has("thinking_blocks"));
        assertEquals(
                "[\"/tmp/media/a.png\"]",
                read.path().get(9).fields().get("media").toString());
        assertEquals("u-1", read.path().get(14).fields().get("sender_id").getAsString());
        assertEquals(List.of(), damage.notes());
    }

    private void nanobotsModelWouldSeeTheSame() throws IOException {
        assertEquals(
                json("nanobot/unicode-toolcalls.get_history.json"),
                NanobotHistory.of(one("nanobot/unicode-toolcalls.jsonl")));
    }

    private void providerStateIsNoMessage() throws IOException {
        ReadConversation read = one("nanobot/provider-state.jsonl");
        assertEquals(List.of("m3", "m4", "m5", "m6", "m7", "m8"), ids(read.path()));
        assertTrue(texts(read).stream().noneMatch("continue"::equals));
        assertEquals(List.of(), damage.notes());
    }

    private void damageInTheMiddleIsReportedAndTheRestKept() throws IOException {
        ReadConversation read = one("nanobot/corrupt-middle-line.jsonl");
        assertEquals(14, read.path().size());
        assertEquals(Optional.of("m3"), read.path().get(2).message().parent(), "hangs on the nearest earlier one");
        assertEquals("thanks", read.path().get(13).message().text());
        assertEquals(List.of("damaged line 4 at 549+39: The line is not a JSON object."), damage.notes());
    }

    private void aCutLastLineIsReportedAndTheRestKept() throws IOException {
        assertEquals(5, one("nanobot/corrupt-truncated-last-line.jsonl").path().size());
        assertEquals(List.of("damaged line 7 at 1295+40: The line is not a JSON object."), damage.notes());
    }

    private void aSessionWithoutMessagesHasItsHeader() throws IOException {
        ReadConversation read = one("nanobot/empty-session.jsonl");
        assertEquals(List.of(), read.path());
        assertEquals("cli:empty", read.header().get("key").getAsString());
    }

    private void theOlderVersionSaysTheSame() throws IOException {
        ReadConversation older = one("nanobot/v0.1.4/telegram_a_b.jsonl");
        ReadConversation newer = one("nanobot/v0.3.0/dGVsZWdyYW06YTpi.jsonl");
        assertEquals(
                List.of(
                        "hello ✓ 你好",
                        "Let me look that up.",
                        "result for call_3_0\nline2\ttab \"quoted\" \\ backslash",
                        "result for call_3_1\nline2\ttab \"quoted\" \\ backslash",
                        "bye 👋"),
                texts(older));
        assertEquals(said(newer), said(older));
        assertEquals(Origin.NANOBOT, older.origin());
        assertEquals(List.of(), damage.notes());
    }

    private void unusualValuesAreKept() throws IOException {
        List<ReadMessage> path = one("nanobot/unusual-values.jsonl").path();
        assertEquals(Role.SYSTEM, path.get(0).message().role());
        assertEquals("raw \u2028 \u2029 \u0085 inside", path.get(1).message().text());
        assertEquals(Instant.EPOCH, path.get(1).message().timestamp());
        assertEquals("yesterday", path.get(1).json().get("timestamp").getAsString());
        assertEquals(
                "{\"score\":NaN,\"most\":Infinity,\"least\":-Infinity,\"count\":123456789012345678901234567890}",
                path.get(2).fields().toString());
        assertEquals(1, path.get(2).message().content().size());
        assertEquals("NaN", path.get(3).message().text());
        assertEquals(List.of(), damage.notes());
    }

    private void swipesAreSiblings() throws IOException {
        ReadConversation read = one("sillytavern/swipes.jsonl");
        assertEquals(Origin.SILLY_TAVERN, read.origin());
        assertEquals("Sage", read.header().get("character_name").getAsString());
        assertEquals(
                List.of("Good day.", "Name a river.", "The Aare.", "Olga left.", "And a lake, edited."), texts(read));
        assertEquals(
                List.of(Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.SYSTEM, Role.USER),
                read.path().stream().map(message -> message.message().role()).toList());
        assertEquals(
                List.of("The Po.", "The Aare.", "The Rhine."),
                read.messages().stream()
                        .map(ReadMessage::message)
                        .filter(message -> message.parent().equals(Optional.of("m3")))
                        .map(Message::text)
                        .toList());
        assertEquals(
                List.of("And a lake.", "And a lake, edited."),
                read.messages().stream()
                        .map(ReadMessage::message)
                        .filter(message -> message.parent().equals(Optional.of("m5")))
                        .map(Message::text)
                        .toList());
        assertEquals(
                List.of(
                        Instant.parse("2023-06-19T12:20:00Z"),
                        Instant.parse("2023-06-19T12:21:05.040Z"),
                        Instant.ofEpochMilli(1687184500000L),
                        Instant.parse("2023-06-19T14:23:00Z"),
                        Instant.EPOCH),
                read.path().stream()
                        .map(message -> message.message().timestamp())
                        .toList());
        assertEquals("some time", read.path().get(4).fields().get("send_date").getAsString());
        assertEquals(List.of(), damage.notes());
    }

    private void eachLineForFineTuningIsAConversation() throws IOException {
        List<ReadConversation> read = all("fine-tuning/two-conversations.jsonl", Optional.empty());
        assertEquals(2, read.size());
        assertEquals(Origin.FINE_TUNING, read.get(1).origin());
        assertEquals(List.of("m1", "m2", "m3", "m4", "m5"), ids(read.get(0).path()));
        assertEquals(1, read.get(0).header().getAsJsonArray("tools").size());
        ReadMessage call = read.get(0).path().get(2);
        assertEquals(1, call.message().content().size());
        assertEquals("1", read.get(0).path().get(4).fields().get("weight").getAsString());
        assertEquals(List.of("Be brief.", "What is this?", "A boat."), texts(read.get(1)));
        assertEquals(Role.SYSTEM, read.get(1).path().get(0).message().role());
        assertEquals(List.of(), damage.notes());
    }

    private void theChainOfClaudeCodeIsFollowed() throws IOException {
        ReadConversation read = one("claude-code/session.jsonl");
        assertEquals(Origin.CLAUDE_CODE, read.origin());
        assertEquals(List.of("1", "2", "3", "5", "8", "9"), lastCharacters(read.path()));
        assertEquals(List.of("1", "2", "3", "4", "5", "8", "9"), lastCharacters(read.messages()));
        assertEquals("claude-sonnet-4-5", read.path().get(1).message().model().orElseThrow());
        assertEquals(
                List.of(new Block.Thinking("A listing will do.", "sig==")),
                read.path().get(1).message().content());
        assertEquals(
                "/home/olga/project", read.path().get(0).fields().get("cwd").getAsString());
        assertEquals(
                List.of("damaged line 11 at 0+0: The message answers one that is not in the file; it is read as an"
                        + " answer to the one before."),
                damage.notes());
    }

    private void theItemsOfCodexAreMessages() throws IOException {
        ReadConversation read = one("codex/rollout.jsonl");
        assertEquals(Origin.CODEX, read.origin());
        assertEquals("s1", read.header().get("id").getAsString());
        assertEquals(
                List.of("Be brief.", "List the files.", "", "", "README.md\npom.xml", "A README and a pom."),
                texts(read));
        assertEquals(
                List.of(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT),
                read.path().stream().map(message -> message.message().role()).toList());
        JsonObject call = ((Block.Other) read.path().get(3).message().content().get(0)).json();
        assertEquals("shell", call.get("name").getAsString());
        assertEquals(
                "call_1",
                read.path()
                        .get(4)
                        .fields()
                        .getAsJsonObject("payload")
                        .get("call_id")
                        .getAsString());
        assertEquals(List.of(), damage.notes());
    }

    private ReadConversation one(String name) throws IOException {
        List<ReadConversation> read = all(name, Optional.empty());
        assertEquals(1, read.size());
        return read.get(0);
    }

    private List<ReadConversation> all(String name, Optional<LineCodec> codec) throws IOException {
        byte[] before = Files.readAllBytes(FOLDER.resolve(name));
        List<ReadConversation> read = new ArrayList<>();
        new ConversationFiles(new FileDisk(), codec, ZoneId.of("Europe/Zurich"))
                .read(FOLDER.resolve(name), read::add, damage);
        assertArrayEquals(before, Files.readAllBytes(FOLDER.resolve(name)));
        return read;
    }

    private static List<String> texts(ReadConversation read) {
        return read.path().stream().map(message -> message.message().text()).toList();
    }

    private static List<String> ids(List<ReadMessage> messages) {
        return messages.stream().map(message -> message.message().id()).toList();
    }

    private static List<String> lastCharacters(List<ReadMessage> messages) {
        return ids(messages).stream().map(id -> id.substring(id.length() - 1)).toList();
    }

    /** Role and content of each message, as conversation-codec has them. */
    private static JsonArray said(ReadConversation read) {
        JsonArray said = new JsonArray();
        for (ReadMessage message : read.path()) {
            JsonObject json = new JsonObject();
            json.add("role", message.json().get("role"));
            json.add("content", message.json().get("content"));
            said.add(json);
        }
        return said;
    }

    private static LineCodec key(String key) {
        return new KeyRing(KeyRing.parse(key), () -> Instant.EPOCH, new Random(1));
    }

    private static JsonElement json(String name) {
        return JsonParser.parseString(text(name));
    }

    private static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(FormatsTest.class.getResource("/formats").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
