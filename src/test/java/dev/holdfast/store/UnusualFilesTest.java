package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the files of other programs besides what mostly does. */
class UnusualFilesTest {
    private static final Path FILE = Path.of("/data/other.jsonl").toAbsolutePath();
    private static final String UNKNOWN =
            FILE + " has lines of JSON, but is no conversation of a kind that is known here."
                    + " A file with a message a line has a role in each.";
    private static final String DOCUMENT =
            FILE + " is one JSON document, as ChatGPT, Claude.ai, Open WebUI and LibreChat"
                    + " export, and no file of lines. Only files with a JSON object a line are read here.";

    private final MemoryDisk disk = new MemoryDisk();
    private final NotedDamage damage = new NotedDamage();

    private List<ReadConversation> all(byte[] content) throws IOException {
        disk.createFolders(FILE.getParent());
        disk.put(FILE, content);
        List<ReadConversation> read = new ArrayList<>();
        new ConversationFiles(disk, Optional.empty(), ZoneOffset.UTC).read(FILE, read::add, damage);
        return read;
    }

    private List<ReadConversation> all(String... lines) throws IOException {
        return all(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private ReadConversation one(String... lines) throws IOException {
        List<ReadConversation> read = all(lines);
        assertEquals(1, read.size());
        return read.get(0);
    }

    private String refusal(String... lines) {
        return assertThrows(JournalException.class, () -> all(lines)).getMessage();
    }

    private static List<String> texts(ReadConversation read) {
        return read.path().stream().map(message -> message.message().text()).toList();
    }

    private static List<String> ids(ReadConversation read) {
        return read.path().stream().map(message -> message.message().id()).toList();
    }

    private static String skipped(int line, String sentence) {
        return "damaged line " + line + " at 0+0: " + sentence + " It was passed over.";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messagesTree\":[]}",
                "{\"conversationId\":\"1\",\"messages\":[]}",
                "{\"chat_messages\":[]}",
                "{\"mapping\":{}}",
                "{\"chat\":{\"history\":{}}}",
                "[{\"role\":\"user\"}]",
                "[\n{\"role\":\"user\"}]",
                "{\n\"role\":\"user\"}",
                "\u00ef\u00bb\u00bf[]"
            })
    void aWholeExportIsRefusedWhateverFollows(String export) {
        for (String text : List.of(export, export + "\n{\"role\":\"user\",\"content\":\"Hello\"}")) {
            byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(
                    DOCUMENT,
                    assertThrows(JournalException.class, () -> all(content)).getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"conversationId\":\"1\"}",
                "{\"mapping\":\"none\"}",
                "{\"chat\":{\"title\":\"A chat\"}}",
                "{\"chat\":\"A chat\"}",
                "{\"messages\":\"none\"}",
                "{\"payload\":\"none\"}",
                "{\"_type\":\"\"}",
                "{\"_type\":7}"
            })
    void whatResemblesAnExportOnlyIsNoneAndMayComeBeforeTheFirstMessage(String line) throws IOException {
        assertEquals(UNKNOWN, refusal(line));
        assertEquals(List.of("Hello"), texts(one(line, "{\"role\":\"user\",\"content\":\"Hello\"}")));
    }

    @Test
    void packedFilesWithoutTheEndingAreSaidToBePacked() {
        String zip = assertThrows(JournalException.class, () -> all(new byte[] {'P', 'K', 3, 4}))
                .getMessage();
        assertEquals(FILE + " is a ZIP archive and no file of lines. Unpack it first.", zip);
        String gzip = assertThrows(JournalException.class, () -> all(new byte[] {0x1f, (byte) 0x8b, 8, 0}))
                .getMessage();
        assertEquals(
                FILE + " is packed with gzip, but its name does not end in .jsonl.gz. Give a copy of it such a name, or"
                        + " unpack it.",
                gzip);
    }

    @Test
    void afterAHundredRecordsThatTellNothingItIsNoConversation() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            lines.add("{\"some\":\"thing\"}");
        }
        lines.add("{\"role\":\"user\",\"content\":\"Hello\"}");
        assertEquals(List.of("Hello"), texts(one(lines.toArray(String[]::new))));
        assertEquals(99, damage.notes().size());
        assertEquals(
                skipped(1, "The object is no message: it has no role."),
                damage.notes().get(0));
        lines.add(0, "{\"some\":\"thing\"}");
        assertEquals(UNKNOWN, refusal(lines.toArray(String[]::new)));
    }

    @Test
    void aMessageOfAnUnknownRoleIsReportedAndASecondMetadataIsNoMessage() throws IOException {
        ReadConversation read = one(
                "{\"_type\":\"metadata\",\"key\":\"first\"}",
                "{\"role\":\"oracle\",\"content\":\"Hm.\"}",
                "{\"_type\":\"metadata\",\"key\":\"second\"}",
                "{\"role\":\"\",\"content\":\"Hm.\"}",
                "{\"role\":\"user\",\"content\":\"Hello\"}");
        assertEquals(List.of("Hello"), texts(read));
        assertEquals("first", read.header().get("key").getAsString());
        assertEquals(
                List.of(
                        skipped(2, "The message has a role that is not known."),
                        skipped(4, "The message has a role that is not known.")),
                damage.notes());
    }

    @Test
    void theRolesOfAllProvidersAreOurs() throws IOException {
        ReadConversation read = one(
                "{\"role\":\"developer\",\"content\":\"Be brief.\"}",
                "{\"role\":\"user\",\"content\":\"Hello\"}",
                "{\"role\":\"assistant\",\"content\":\"Hi\"}",
                "{\"role\":\"function\",\"content\":\"42\"}");
        assertEquals(
                List.of(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL),
                read.path().stream().map(message -> message.message().role()).toList());
    }

    @Test
    void aMessageHangsWhereItSaysIfThatCanBeUnderstood() throws IOException {
        ReadConversation read = one(
                "{\"role\":\"user\",\"content\":\"One\",\"id\":7}",
                "{\"role\":\"user\",\"content\":\"Two\",\"parent\":7}",
                "{\"role\":\"user\",\"content\":\"Three\",\"parent\":true}",
                "{\"role\":\"user\",\"content\":\"Root\",\"parent\":null}",
                "{\"role\":\"user\",\"content\":\"Other\",\"parent\":\"7\",\"id\":\"\"}");
        assertEquals(List.of("7", "m5"), ids(read));
        assertEquals(
                List.of(Optional.empty(), Optional.of("7"), Optional.of("m2"), Optional.empty(), Optional.of("7")),
                read.messages().stream()
                        .map(message -> message.message().parent())
                        .toList());
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void noTwoMessagesHaveOneId() throws IOException {
        ReadConversation read = one(
                "{\"role\":\"user\",\"content\":\"One\",\"id\":\"m3\"}",
                "{\"role\":\"user\",\"content\":\"Two\",\"id\":\"m3\"}",
                "{\"role\":\"user\",\"content\":\"Three\"}",
                "{\"role\":\"user\",\"content\":\"Four\",\"id\":\"m3\"}");
        assertEquals(List.of("m3", "m2", "m3-2", "m4"), ids(read));
        assertEquals(List.of("One", "Two", "Three", "Four"), texts(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[{\"type\":\"text\",\"text\":\"Hello\"},{\"type\":\"text\",\"text\":7}]    | Text Other",
                "[{\"type\":\"thinking\",\"thinking\":\"Hm\"},{\"type\":\"thinking\"}]      | Thinking Other",
                "[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"output_text\",\"text\":\"b\"}] | Text Text",
                "[\"Hello\",7,[],null]                                                      | Text Text",
                "{\"type\":\"image\"}                                                       | Other",
                "null                                                                       | ~~"
            })
    void contentOfEveryShapeIsBlocksAndIsWrittenAsItWas(String content, String kinds) throws IOException {
        ReadMessage read =
                one("{\"role\":\"user\",\"content\":" + content + "}").path().get(0);
        assertEquals(
                kinds,
                String.join(
                        " ",
                        read.message().content().stream()
                                .map(block -> block.getClass().getSimpleName())
                                .toList()));
        boolean nothing = content.equals("null");
        assertEquals(
                JsonParser.parseString(nothing ? "[]" : content), read.json().get("content"), "is said as it was");
    }

    @Test
    void callsOfToolsAreBlocksIfTheyAreObjects() throws IOException {
        ReadConversation read = one(
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\"},{\"id\":\"c2\"}]}",
                "{\"role\":\"assistant\",\"content\":\"None\",\"tool_calls\":[{\"id\":\"c1\"},\"c2\"]}",
                "{\"role\":\"assistant\",\"content\":\"None\",\"tool_calls\":\"c1\"}");
        assertEquals(2, read.path().get(0).message().content().size());
        assertTrue(read.path().get(0).message().content().get(1) instanceof Block.Other);
        assertEquals("{}", read.path().get(0).fields().toString());
        assertEquals(1, read.path().get(1).message().content().size());
        assertEquals(
                "{\"tool_calls\":[{\"id\":\"c1\"},\"c2\"]}",
                read.path().get(1).fields().toString());
        assertEquals("{\"tool_calls\":\"c1\"}", read.path().get(2).fields().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1687184500               | 2023-06-19T14:21:40Z",
                "1687184500.25            | 2023-06-19T14:21:40.250Z",
                "1687184500250            | 2023-06-19T14:21:40.250Z",
                "99999999999              | 5138-11-16T09:46:39Z",
                "100000000000             | 1973-03-03T09:46:40Z",
                "-1                       | 1969-12-31T23:59:59Z",
                "1e15                     | +33658-09-27T01:46:40Z",
                "\"1687184500\"           | 2023-06-19T14:21:40Z",
                "\"2023-06-19 14:21:40\"  | 2023-06-19T14:21:40Z",
                "\"2023-06-19T14:21:40+02:00\" | 2023-06-19T12:21:40Z"
            })
    void timesAreUnderstood(String time, Instant expected) throws IOException {
        ReadMessage read = one("{\"role\":\"user\",\"content\":\"Hello\",\"timestamp\":" + time + "}")
                .path()
                .get(0);
        assertEquals(expected, read.message().timestamp());
        assertEquals("{}", read.fields().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "{}", "NaN", "1e16", "-1e16", "\"12345678\"", "\"soon\"", "\"\""})
    void whatIsNoTimeIsKeptAsItIs(String time) throws IOException {
        ReadMessage read = one("{\"role\":\"user\",\"content\":\"Hello\",\"timestamp\":" + time + "}")
                .path()
                .get(0);
        assertEquals(Instant.EPOCH, read.message().timestamp());
        assertEquals("{\"timestamp\":" + time + "}", read.fields().toString());
    }

    @Test
    void whatIsNoConversationForFineTuningIsReportedAndTheOthersAreRead() throws IOException {
        List<ReadConversation> read = all(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"One\"},7,{\"role\":\"oracle\"},{\"content\":\"Two\"}]}",
                "{\"messages\":{}}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Three\"}]}");
        assertEquals(
                List.of(List.of("One"), List.of("Three")),
                read.stream().map(UnusualFilesTest::texts).toList());
        assertEquals(
                List.of(
                        skipped(1, "Message 2 of it has no role that is known."),
                        skipped(1, "Message 3 of it has no role that is known."),
                        skipped(1, "Message 4 of it has no role that is known."),
                        skipped(2, "The object is no conversation: it has no list of messages.")),
                damage.notes());
    }

    private static final String TAVERN = "{\"user_name\":\"Olga\",\"character_name\":\"Sage\"}";

    @Test
    void whatIsNoMessageOfSillyTavernIsReported() throws IOException {
        ReadConversation read = one(
                TAVERN, "{\"name\":\"Sage\"}", "{\"mes\":[]}", "{\"user_name\":\"Paul\"}", "{\"mes\":\"Good day.\"}");
        assertEquals(List.of("Good day."), texts(read));
        assertEquals("Olga", read.header().get("user_name").getAsString());
        assertEquals(
                List.of(
                        skipped(2, "The object is no message: it has no mes."),
                        skipped(3, "The object is no message: it has no mes."),
                        skipped(4, "The object is no message: it has no mes.")),
                damage.notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[\"a\",\"b\",\"b\"]  | 2       | m2-swipe0 m2-swipe1 m2",
                "[\"a\",\"b\",\"b\"]  | 1       | m2-swipe0 m2 m2-swipe2",
                "[\"a\",\"b\",\"b\"]  | 0       | m2-swipe0 m2 m2-swipe2",
                "[\"a\",\"b\",\"b\"]  | 3       | m2-swipe0 m2 m2-swipe2",
                "[\"a\",\"b\",\"b\"]  | -1      | m2-swipe0 m2 m2-swipe2",
                "[\"a\",\"b\",\"b\"]  | []      | m2-swipe0 m2 m2-swipe2",
                "[\"a\",{},\"c\"]     | 0       | m2-swipe0 m2-swipe1 m2",
                "\"b\"                | 0       | m2"
            })
    void theSwipeThatIsShownIsTheOneThatSaysTheMessage(String swipes, String chosen, String ids) throws IOException {
        ReadConversation read = one(TAVERN, "{\"mes\":\"b\",\"swipes\":" + swipes + ",\"swipe_id\":" + chosen + "}");
        assertEquals(
                ids,
                String.join(
                        " ",
                        read.messages().stream()
                                .map(message -> message.message().id())
                                .toList()));
        assertEquals(List.of("m2"), ids(read));
        assertEquals(List.of("b"), texts(read));
    }

    @Test
    void recordsOfClaudeCodeThatAreNoMessagesPassTheChainOnAndOthersAreReported() throws IOException {
        ReadConversation read = one(
                "{\"parentUuid\":null,\"uuid\":\"u1\",\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"One\"}}",
                "{\"parentUuid\":\"u1\",\"uuid\":\"p1\",\"type\":\"progress\"}",
                "{\"parentUuid\":\"p1\",\"uuid\":\"u2\",\"message\":{\"role\":\"oracle\",\"content\":\"Hm.\"}}",
                "{\"parentUuid\":\"p1\",\"uuid\":\"u3\",\"message\":{\"role\":\"user\",\"content\":\"Two\"}}",
                "{\"type\":\"summary\"}",
                "{\"some\":\"thing\"}",
                "{\"uuid\":\"u4\",\"message\":{\"role\":\"user\"}}",
                "{\"parentUuid\":\"q2\",\"uuid\":\"q1\",\"type\":\"progress\"}",
                "{\"parentUuid\":\"q1\",\"uuid\":\"q2\",\"type\":\"progress\"}",
                "{\"parentUuid\":\"q2\",\"uuid\":\"u5\",\"message\":{\"role\":\"user\",\"content\":\"Four\"}}");
        assertEquals(List.of("u1", "u3", "u4", "u5"), ids(read));
        assertEquals(List.of("One", "Two", "", "Four"), texts(read));
        assertEquals("{\"type\":\"user\"}", read.path().get(0).fields().toString(), "what is said elsewhere");
        assertEquals("{}", read.path().get(2).fields().toString());
        assertEquals(
                List.of(
                        skipped(3, "The message has no role that is known."),
                        skipped(6, "The object is no record of Claude Code: it has no type."),
                        "damaged line 10 at 0+0: The message answers one that is not in the file; it is read as an answer"
                                + " to the one before."),
                damage.notes());
    }

    @Test
    void recordsOfCodexThatAreNoMessagesAreReportedOrLeftOut() throws IOException {
        ReadConversation read = one(
                "{\"type\":\"session_meta\",\"payload\":{\"id\":\"s1\"}}",
                "{\"type\":\"session_meta\",\"payload\":{\"id\":\"s2\"}}",
                "{\"payload\":{\"some\":\"thing\"}}",
                "{\"type\":\"response_item\",\"payload\":{\"type\":\"message\",\"role\":\"oracle\",\"content\":\"Hm.\"}}",
                "{\"type\":\"response_item\",\"payload\":{\"type\":\"ghost_snapshot\"}}",
                "{\"type\":\"response_item\",\"payload\":\"none\"}",
                "{\"type\":\"response_item\",\"payload\":{\"type\":\"reasoning\"}}",
                "{\"type\":\"response_item\",\"payload\":{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hello\"}}");
        assertEquals("s1", read.header().get("id").getAsString());
        assertEquals(List.of("m7", "m8"), ids(read));
        assertEquals(List.of("", "Hello"), texts(read));
        assertEquals(
                List.of(
                        skipped(3, "The object is no record of Codex: it has no type."),
                        skipped(4, "The message has no role that is known.")),
                damage.notes());
    }
}
