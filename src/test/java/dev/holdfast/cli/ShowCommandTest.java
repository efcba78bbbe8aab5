package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.agent.TestTurns;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.ConversationFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code show} prints, of files that are all right and of such as are not; none of them changes. */
class ShowCommandTest {
    private static final String ID = "01jqz4m8x0abcdefghjkmnpqrs";
    private static final KeyRing KEY =
            new KeyRing(KeyRing.parse(KeyRing.keygen(new Random(3))), () -> Instant.EPOCH, new Random(4));

    @TempDir
    Path folder;

    @RegisterExtension
    final Printed printed = new Printed();

    private Disk disk = new FileDisk();
    private Optional<LineCodec> codec = Optional.empty();

    private ConversationFiles files() {
        return new ConversationFiles(disk, codec, ZoneOffset.UTC);
    }

    private int show(Object... args) {
        printed.forget();
        String[] words = Stream.concat(Stream.of("show"), Stream.of(args).map(Object::toString))
                .toArray(String[]::new);
        return new Commands(
                        (settings, printer) -> {
                            throw new AssertionError("nothing is served");
                        },
                        settings -> {
                            throw new AssertionError("the folder is not opened");
                        },
                        settings -> files(),
                        settings -> TestTurns.PRICES,
                        Map.of(),
                        disk,
                        new Random(5))
                .run(words);
    }

    private String out() {
        return printed.out();
    }

    private String err() {
        return printed.err().replace(folder.toString(), "FOLDER");
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return file;
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A file of which nothing can be shown: the same sentence from the reader and the command. */
    private void assertRefused(Path file, String sentence) throws IOException {
        byte[] before = Files.isRegularFile(file) && Files.isReadable(file) ? Files.readAllBytes(file) : null;
        IOException refused =
                assertThrows(IOException.class, () -> files().read(file, conversation -> {}, new NotedDamage()));
        assertEquals(sentence, refused.getMessage().replace(folder.toString(), "FOLDER"));
        assertEquals(1, show(file));
        assertEquals("", out());
        assertEquals(sentence + System.lineSeparator(), err());
        assertEquals(1, show("--last", "2", file));
        assertEquals(sentence + System.lineSeparator(), err());
        if (before != null) {
            assertArrayEquals(before, Files.readAllBytes(file));
        }
    }

    /** A file of which something cannot be shown: the reader reports it, the command says it and shows the rest. */
    private void assertDamaged(Path file, String reported, String said, String shown) throws IOException {
        byte[] before = Files.readAllBytes(file);
        NotedDamage damage = new NotedDamage();
        files().read(file, conversation -> {}, damage);
        assertEquals(List.of(reported), damage.notes());
        assertEquals(1, show(file));
        assertEquals(said + System.lineSeparator(), err());
        assertEquals(shown, out());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aMessageIsALineAndGivesATerminalNoOrders() throws IOException {
        Path file = file("session.jsonl", """
                {"role":"system","content":"Be brief.\\r\\nBe kind.\\u2028Be."}
                {"role":"user","content":[{"type":"text","text":"What\\tis \\u001b[31mthis\\u009b?"},{"type":"image","source":{}}],"media":["a","b"]}
                {"role":"assistant","content":[{"type":"thinking","thinking":"Hm."},{"type":"tool_use","name":"look","input":{}},{"type":"server_tool_use"},{"type":"web_search_call"},{"type":"od\\nd"}]}
                {"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"A boat,\\nred."},{"type":"image"}]},{"type":"tool_result","is_error":true,"content":"%s"}]}
                {"role":"assistant","content":"","tool_calls":[{"id":"1","type":"function","function":{"name":"sum"}}]}
                {"role":"tool","content":"4","tool_call_id":"1"}
                """.formatted("x".repeat(70)));
        assertEquals(0, show(file));
        assertEquals("", err());
        assertEquals("""
                system: Be brief.⏎Be kind.⏎Be.
                user: What\tis [31mthis? [image] [2 files]
                assistant: [thinking] [calls look] [server tool use] [web search call] [od⏎d]
                user: [result: A boat,⏎red. [image]] [error: %s…]
                assistant:  [calls sum]
                tool: 4
                """.formatted("x".repeat(60)), out());
    }

    @Test
    void jsonHasAllThatTheLineSaysInTheShapeOfOurs() throws IOException {
        Path file = file(
                "session.jsonl",
                "{\"content\":\"h\u009bi\",\"role\":\"user\",\"mood\":\"good\",\"ts\":1}\n"
                        + "{\"role\":\"assistant\",\"content\":\"\\ud800 yes\",\"timestamp\":\"2026-05-20T09:00:00Z\"}\n");
        assertEquals(0, show("--json", file));
        assertEquals("""
                {"role":"user","content":"h\\u009bi","id":"m1","parent":null,"mood":"good","ts":1}
                {"role":"assistant","content":"\\ud800 yes","id":"m2","parent":"m1","timestamp":"2026-05-20T09:00:00Z"}
                """, out());
        Path again = file("again.jsonl", printed.out.toByteArray());
        String first = out();
        assertEquals(0, show("--json", again));
        assertEquals(first, out());
    }

    @Test
    void lastShowsTheLastMessagesOfEachConversation() throws IOException {
        String line =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n";
        Path file = file("training.jsonl", line + line);
        assertEquals(0, show(file));
        assertEquals("user: a\nassistant: b\n\nuser: a\nassistant: b\n", out());
        assertEquals(0, show(file, "--last=1"));
        assertEquals("assistant: b\n\nassistant: b\n", out());
        assertEquals(0, show(file, "--json", "--last=1"));
        JsonObject last = JsonParser.parseString(out().split("\n")[1]).getAsJsonObject();
        assertEquals(2, last.get("conversation").getAsInt());
    }

    @Test
    void anIdIsLookedUpInTheDataFolder() throws IOException {
        byte[] ours = resource("/journal/holdfast-1.jsonl");
        file("data/conversations/rs/" + ID + ".jsonl", ours);
        assertEquals(0, show("--data", folder.resolve("data"), ID));
        assertTrue(out().startsWith("user: "), out());
        assertEquals(1, show("--data", folder, ID));
        assertEquals(
                "There is no conversation " + ID
                        + " in FOLDER, nor in its trash. Name the folder with --data, or a file" + " by its path."
                        + System.lineSeparator(),
                err());
    }

    @Test
    void misuseIsSaid() {
        assertEquals(2, show());
        assertEquals("Missing required parameter: 'FILE|ID'. See --help." + System.lineSeparator(), err());
        assertEquals(2, show("a", "b"));
        assertEquals(2, show("--last", "none", "a"));
        assertEquals(2, show("--last", "0", "a"));
        assertEquals("--last takes a number from 1 on, not 0. See --help." + System.lineSeparator(), err());
    }

    @Test
    void aSealedTextIsPrinted() throws IOException {
        codec = Optional.of(KEY);
        byte[] mail = "Subject: Back\r\n\r\nhéllo \u001b[2J".getBytes(StandardCharsets.UTF_8);
        Path file = file("one.eml.fernet", KEY.seal(mail));
        assertEquals(0, show(file));
        assertEquals("Subject: Back\n\nhéllo [2J\n", out());
        assertEquals(1, show("--json", file));
        assertEquals(
                "FOLDER/one.eml.fernet holds no messages but a text. Show it without --last and --json."
                        + System.lineSeparator(),
                err());
        codec = Optional.empty();
        assertEquals(1, show(file));
        assertEquals(
                "FOLDER/one.eml.fernet is encrypted, and no key was given. Give the key that it was written with."
                        + System.lineSeparator(),
                err());
    }

    @Test
    void aFileWithoutMessagesSaysSo() throws IOException {
        for (Path file : List.of(file("empty.jsonl", ""), file("blank.jsonl", "\n \n"), file("empty.jsonl.gz", ""))) {
            assertEquals(0, show(file));
            assertEquals("", out());
            assertEquals("FOLDER/" + file.getFileName() + " holds no messages." + System.lineSeparator(), err());
        }
    }

    @Test
    void aDamagedFileIsReportedAndTheRestShown() throws IOException {
        byte[] ours = resource("/journal/holdfast-1.jsonl");
        String text = new String(ours, StandardCharsets.UTF_8);
        int second = text.indexOf('\n') + 1;
        ours[second + 20] ^= 1;
        int length = text.indexOf('\n', second) + 1 - second;
        NotedDamage damage = new NotedDamage();
        Path file = file("damaged.jsonl", ours);
        files().read(file, conversation -> {}, damage);
        String sentence = "The line is not as it was written: its checksum does not match.";
        assertEquals(
                "damaged line 2 at " + second + "+" + length + ": " + sentence,
                damage.notes().get(0));
        assertEquals(1, show(file));
        assertTrue(
                err().startsWith("FOLDER/damaged.jsonl, line 2, " + length + " bytes at byte " + second + ": "
                        + sentence),
                err());
        assertTrue(out().startsWith("assistant: "), out());
        assertArrayEquals(ours, Files.readAllBytes(file));
    }

    @Test
    void nothingButNulsIsDamage() throws IOException {
        assertDamaged(
                file("nul.jsonl", new byte[9000]),
                "damaged line 1 at 0+9000: The line is not a JSON object.",
                "FOLDER/nul.jsonl, line 1, 9000 bytes at byte 0: The line is not a JSON object.",
                "");
        for (String name : List.of("nul.jsonl.gz", "noise.jsonl.gz")) {
            byte[] content = new byte[500];
            if (name.startsWith("noise")) {
                new Random(1).nextBytes(content);
            }
            assertDamaged(
                    file(name, content),
                    "damaged line 1 at 0+500: Nothing in the file is whole.",
                    "FOLDER/" + name + ", line 1, 500 bytes at byte 0: Nothing in the file is whole.",
                    "");
        }
    }

    @Test
    void whatIsNoTextOrNoJsonIsDamage() throws IOException {
        assertDamaged(
                file("latin.jsonl", "{\"role\":\"user\",\"content\":\"é\"}\n".getBytes(StandardCharsets.ISO_8859_1)),
                "damaged line 1 at 0+30: The line is not UTF-8.",
                "FOLDER/latin.jsonl, line 1, 30 bytes at byte 0: The line is not UTF-8.",
                "");
        assertDamaged(
                file(
                        "mixed.jsonl",
                        "{\"role\":\"user\",\"content\":\"a\"}\n<html>\n[1]"
                                .replace("[1]", "{\"role\":\"assistant\",\"content\":\"b\"}")),
                "damaged line 2 at 30+7: The line is not a JSON object.",
                "FOLDER/mixed.jsonl, line 2, 7 bytes at byte 30: The line is not a JSON object.",
                "user: a\nassistant: b\n");
    }

    @Test
    void damageThroughoutIsSaidTwentyTimesAndThenCounted() throws IOException {
        Path file = file("prose.txt", "words\n".repeat(50));
        assertEquals(1, show(file));
        List<String> said = err().lines().toList();
        assertEquals(21, said.size());
        assertEquals("FOLDER/prose.txt, line 20, 6 bytes at byte 114: The line is not a JSON object.", said.get(19));
        assertEquals("FOLDER/prose.txt: 30 more places like these.", said.get(20));
    }

    @Test
    void aLineOfSeventeenMebibytesIsPassedOver() throws IOException {
        Path file = folder.resolve("long.jsonl");
        int size = 17 << 20;
        try (OutputStream content = Files.newOutputStream(file)) {
            content.write("{\"role\":\"user\",\"content\":\"a\"}\n{\"role\":\"user\",\"content\":\""
                    .getBytes(StandardCharsets.UTF_8));
            content.write("x".repeat(size).getBytes(StandardCharsets.UTF_8));
            content.write("\"}\n{\"role\":\"assistant\",\"content\":\"b\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        assertDamaged(
                file,
                "damaged line 2 at 30+17825821: The line has 17825820 bytes, more than can be read.",
                "FOLDER/long.jsonl, line 2, 17825821 bytes at byte 30: The line has 17825820 bytes, more than can be"
                        + " read.",
                "user: a\nassistant: b\n");
    }

    @Test
    void anObjectThatIsNoMessageIsReported() throws IOException {
        String good = "{\"role\":\"user\",\"content\":\"a\"}\n";
        assertDamaged(
                file("objects.jsonl", good + "{\"level\":\"info\"}\n"),
                "damaged line 2 at 0+0: The object is no message: it has no role. It was passed over.",
                "FOLDER/objects.jsonl, line 2: The object is no message: it has no role. It was passed over.",
                "user: a\n");
        assertDamaged(
                file("roles.jsonl", good + "{\"role\":\"critic\",\"content\":\"b\"}\n"),
                "damaged line 2 at 0+0: The message has a role that is not known. It was passed over.",
                "FOLDER/roles.jsonl, line 2: The message has a role that is not known. It was passed over.",
                "user: a\n");
        assertDamaged(
                file("parents.jsonl", good + "{\"role\":\"user\",\"content\":\"b\",\"parent\":\"gone\"}\n"),
                "damaged line 2 at 0+0: The message answers one that is not in the file; it is read as an answer to the"
                        + " one before.",
                "FOLDER/parents.jsonl, line 2: The message answers one that is not in the file; it is read as an answer"
                        + " to the one before.",
                "user: a\nuser: b\n");
    }

    @Test
    void idsThatStandTwiceLoseNoMessage() throws IOException {
        Path file = file("ids.jsonl", """
                {"role":"user","content":"a","id":"m2"}
                {"role":"assistant","content":"b"}
                {"role":"user","content":"c","id":"m2"}
                {"role":"assistant","content":"d","id":7}
                """);
        assertEquals(0, show(file));
        assertEquals("user: a\nassistant: b\nuser: c\nassistant: d\n", out());
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        String text = new String(resource("/journal/holdfast-1.jsonl"), StandardCharsets.UTF_8);
        String first = text.substring(0, text.indexOf('\n')).replace("holdfast/1", "holdfast/9");
        String body = first.substring(0, first.lastIndexOf(",\"crc\""));
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        String line = body + ",\"crc\":\"" + String.format("%08x", crc.getValue()) + "\"}";
        assertRefused(
                file("newer.jsonl", line + text.substring(text.indexOf('\n'))),
                "FOLDER/newer.jsonl has a format that this version of Holdfast does not know; it reads holdfast/1. Open"
                        + " it with the version that wrote it, or a newer one.");
    }

    @Test
    void whatIsNoFileOfLinesIsRefused() throws IOException {
        String document =
                " is one JSON document, as ChatGPT, Claude.ai, Open WebUI and LibreChat export, and no file of"
                        + " lines. Only files with a JSON object a line are read here.";
        for (String content : List.of(
                "[{\"mapping\":{}}]",
                "\ufeff[\n  {\n",
                "[]",
                "{\n  \"title\": \"a\"\n}\n",
                "{\"conversationId\":\"1\",\"messages\":[]}",
                "{\"messagesTree\":[],\"title\":\"a\"}\n",
                "{\"uuid\":\"1\",\"chat_messages\":[]}",
                "{\"title\":\"a\",\"mapping\":{}}",
                "{\"id\":\"1\",\"chat\":{\"history\":{}}}")) {
            assertRefused(file("export.json", content), "FOLDER/export.json" + document);
        }
        assertRefused(
                file("export.zip", "PK\u0003\u0004rest"),
                "FOLDER/export.zip is a ZIP archive and no file of lines. Unpack it first.");
        assertRefused(
                file("packed.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0}),
                "FOLDER/packed.gz is packed with gzip, but its name does not end in .jsonl.gz. Give a copy of it such a"
                        + " name, or unpack it.");
        String unknown =
                " has lines of JSON, but is no conversation of a kind that is known here. A file with a message"
                        + " a line has a role in each.";
        assertRefused(file("log.jsonl", "{\"level\":\"info\"}\n"), "FOLDER/log.jsonl" + unknown);
        assertRefused(file("log.jsonl", "{\"level\":\"info\"}\n".repeat(5000)), "FOLDER/log.jsonl" + unknown);
    }

    @Test
    void whatIsNotThereOrNoFileIsRefused() throws IOException {
        assertRefused(
                folder.resolve("nothing.jsonl"), "FOLDER/nothing.jsonl is not there. Look at its name and folder.");
        assertRefused(folder, "FOLDER: is not a regular file");
        assertEquals(1, show("/"));
        assertEquals("/: is not a regular file" + System.lineSeparator(), err());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSymbolicLinkIsNotFollowed() throws IOException {
        Path file = file("real.jsonl", "{\"role\":\"user\",\"content\":\"a\"}\n");
        String sentence = "FOLDER/link.jsonl: is a symbolic link; links are not followed, put the file itself here";
        Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), file);
        assertRefused(link, sentence);
        Files.delete(file);
        assertRefused(link, sentence);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.jsonl");
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        } catch (IOException e) {
            assumeTrue(false, "there is no mkfifo here");
            return;
        }
        assumeTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0, "no pipe could be made");
        assertRefused(pipe, "FOLDER/pipe.jsonl: is not a regular file");
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws IOException {
        Path file = file("secret.jsonl", "{\"role\":\"user\",\"content\":\"a\"}\n");
        disk = refusing(disk);
        assertRefused(
                file,
                "FOLDER/secret.jsonl may not be read by this user. Let its owner read it, or give yourself the right.");
    }

    private static Disk refusing(Disk disk) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, args) -> {
                    if (method.getName().equals("openToRead")) {
                        throw new AccessDeniedException(args[0].toString());
                    }
                    return method.invoke(disk, args);
                });
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileWithoutRightsIsRefused() throws IOException {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may read everything");
        Path file = file("secret.jsonl", "{\"role\":\"user\",\"content\":\"a\"}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assertRefused(
                file,
                "FOLDER/secret.jsonl may not be read by this user. Let its owner read it, or give yourself the right.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileAndAFolderThatMayNotBeWrittenAreShown() throws IOException {
        Path file = file("data/conversations/rs/" + ID + ".jsonl", resource("/journal/holdfast-1-torn.jsonl"));
        byte[] before = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertEquals(0, show("--data", folder.resolve("data"), ID));
            assertEquals("", err());
            assertTrue(out().startsWith("user: "), out());
            assertEquals(0, show("--data", folder.resolve("data"), "--last", "1", ID));
            assertArrayEquals(before, Files.readAllBytes(file));
            try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
                assertEquals(4, all.count(), "nothing was made");
            }
        } finally {
            Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ShowCommandTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
