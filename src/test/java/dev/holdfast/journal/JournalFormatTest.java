package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files of version holdfast/1. They are never changed: files like them are on people's disks. */
class JournalFormatTest {
    private static final List<JsonObject> BODIES = List.of(
            Lines.json("{\"_type\":\"metadata\",\"generation\":1,\"created_at\":\"2026-11-21T05:31:00Z\"}"),
            Lines.json("{\"role\":\"user\",\"content\":\"My name is Olga\",\"id\":\"m1\",\"parent\":null}"),
            Lines.json("{\"_type\":\"reply\",\"id\":\"m2\",\"parent\":\"m1\",\"model\":\"built-in\"}"),
            Lines.json("{\"_type\":\"delta\",\"id\":\"m2\",\"block\":0,\"at\":0,\"text\":\"Nice to meet you, Ol\"}"),
            Lines.json("{\"role\":\"assistant\",\"content\":\"Nice to meet you,"
                    + " Olga!\",\"id\":\"m2\",\"parent\":\"m1\"}"));

    private final MemoryDisk disk = new MemoryDisk();
    private final NotedDamage damage = new NotedDamage();

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = JournalFormatTest.class.getResourceAsStream("/journal/" + name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private List<JournalLine> open(byte[] content) throws IOException {
        disk.put(Lines.FILE, content);
        List<JournalLine> lines = new ArrayList<>();
        Lines.open(disk, lines, damage).close();
        return lines;
    }

    @Test
    void whatIsWrittenIsTheGoldenFile() throws IOException {
        disk.createFolders(Lines.FILE.getParent());
        Journal journal = Lines.journals(disk, Runnable::run).create(Lines.FILE, BODIES.get(0));
        for (JsonObject body : BODIES.subList(1, BODIES.size())) {
            Durability durability = JournalFormat.isDelta(body) ? Durability.WRITTEN : Durability.FORCED;
            journal.append(body, durability).join();
        }
        journal.close();
        assertEquals(
                new String(golden("holdfast-1.jsonl"), StandardCharsets.UTF_8),
                new String(disk.bytes(Lines.FILE), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(JournalForm.class)
    void theGoldenFileOfEachFormIsReadAndItsTornOneHealed(JournalForm form) throws IOException {
        for (String variant : List.of("", "-packed", "-torn")) {
            byte[] content = golden("holdfast-1" + variant + form.ending());
            if (content.length == 0) {
                assertEquals(JournalForm.PLAIN, form);
                continue;
            }
            disk.put(Lines.file(form), content);
            List<JournalLine> lines = new ArrayList<>();
            NotedDamage noted = new NotedDamage();
            Lines.open(disk, form, lines, noted).close();
            boolean torn = variant.equals("-torn");
            assertEquals(torn ? 4 : 5, lines.size());
            assertEquals(torn ? 1 : 0, noted.notes().size());
            for (int i = 1; i < lines.size(); i++) {
                assertEquals(new JournalLine(i, BODIES.get(i), true), lines.get(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(JournalForm.class)
    void whatIsWrittenInEachFormIsItsGoldenFile(JournalForm form) throws IOException {
        disk.createFolders(Lines.FILE.getParent());
        Journals journals = Lines.journals(disk, Runnable::run);
        Journal journal = journals.create(Lines.file(form), BODIES.get(0));
        for (JsonObject body : BODIES.subList(1, BODIES.size())) {
            journal.append(body, Durability.FORCED).join();
        }
        journal.close();
        assertSame(form, golden("holdfast-1" + form.ending()), disk.bytes(Lines.file(form)));
    }

    /** Another version of the system's packer may pack otherwise, so packed bytes are compared unpacked. */
    private static void assertSame(JournalForm form, byte[] expected, byte[] actual) throws IOException {
        if (form == JournalForm.GZIP) {
            assertArrayEquals(unpacked(expected), unpacked(actual));
        } else {
            assertArrayEquals(expected, actual);
        }
    }

    private static byte[] unpacked(byte[] members) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(members)).readAllBytes();
    }

    @Test
    void theGoldenFileIsRead() throws IOException {
        List<JournalLine> lines = open(golden("holdfast-1.jsonl"));
        assertEquals(BODIES.size(), lines.size());
        for (int i = 1; i < BODIES.size(); i++) {
            assertEquals(new JournalLine(i, BODIES.get(i), true), lines.get(i));
        }
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void theTornGoldenFileIsHealed() throws IOException {
        assertEquals(4, open(golden("holdfast-1-torn.jsonl")).size());
        assertEquals(List.of("healed 60"), damage.notes());
    }

    @Test
    void unusualJsonOfTheGoldenFileIsWrittenAgainAsItWas() throws IOException {
        byte[] golden = golden("holdfast-1-unusual.jsonl");
        List<byte[]> bodies = new ArrayList<>();
        for (JournalLine line : open(golden)) {
            bodies.add(JournalFormat.encodeBody(line.json()));
        }
        assertEquals(List.of(), damage.notes());
        ByteBuffer written = JournalFormat.seal(bodies, 0);
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        assertArrayEquals(golden, bytes);
    }

    @Test
    void theChecksumIsCrc32cOfTheBytesBeforeIt() throws IOException {
        String text = new String(golden("holdfast-1.jsonl"), StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            int end = line.lastIndexOf(",\"crc\"");
            CRC32C crc = new CRC32C();
            crc.update(Lines.utf8(line.substring(0, end)));
            assertEquals(String.format(",\"crc\":\"%08x\"}", crc.getValue()), line.substring(end));
        }
    }

    /** The field {@code seq} as it stands in a line whose checksum is right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"seq\":null",
                "\"seq\":[1]",
                "\"seq\":\"one\"",
                "\"seq\":-1",
                "\"seq\":1.5",
                "\"seq\":1234567890123456789"
            })
    void lineWithoutANumberIsDamage(String field) throws IOException {
        byte[] body = Lines.utf8("{\"role\":\"user\"" + (field.isEmpty() ? "" : "," + field));
        CRC32C crc = new CRC32C();
        crc.update(body);
        byte[] line = Lines.utf8(String.format(",\"crc\":\"%08x\"}\n", crc.getValue()));
        byte[] head = Lines.file(List.of(Lines.message(1)));
        assertEquals(
                3,
                open(Lines.join(head, body, line, Lines.line(Lines.message(3), 3)))
                        .size());
        assertEquals(
                List.of("damaged line 3 at " + head.length + "+" + (body.length + line.length)
                        + ": The line has no number."),
                damage.notes());
    }

    @Test
    void onlyALineOfThatTypeIsADelta() {
        assertTrue(JournalFormat.isDelta(Lines.json("{\"_type\":\"delta\"}")));
        assertFalse(JournalFormat.isDelta(Lines.json("{\"_type\":\"deltas\"}")));
        assertFalse(JournalFormat.isDelta(Lines.json("{\"_type\":[\"delta\"]}")));
        assertFalse(JournalFormat.isDelta(Lines.json("{\"_type\":null}")));
        assertFalse(JournalFormat.isDelta(Lines.json("{}")));
    }

    @Test
    void lineInThePlaceOfDroppedOnesBeginsWithTheFirstOfThem() {
        assertEquals(3, firstNumber("{\"_type\":\"dropped\",\"from\":3,\"to\":7}"));
        assertEquals(7, firstNumber("{\"_type\":\"dropped\",\"from\":9,\"to\":7}"));
        assertEquals(7, firstNumber("{\"_type\":\"dropped\",\"from\":\"x\"}"));
        assertEquals(7, firstNumber("{\"_type\":\"dropped\",\"from\":{}}"));
        assertEquals(7, firstNumber("{\"_type\":\"dropped\"}"));
        assertEquals(7, firstNumber("{\"_type\":\"delta\",\"from\":3}"));
    }

    private static long firstNumber(String json) {
        return JournalFormat.firstNumber(new JournalLine(7, Lines.json(json), true));
    }

    @Test
    void bodyThatBringsAFieldOfTheJournalIsRefused() {
        for (String field : List.of("seq", "crc", "_file")) {
            JsonObject body = Lines.message(1);
            body.addProperty(field, 1);
            assertEquals(
                    "seq, crc and _file are the journal's own fields",
                    assertThrows(IllegalArgumentException.class, () -> JournalFormat.encodeBody(body))
                            .getMessage());
        }
    }

    @Test
    void typeAndFormatComeFirstInAFirstLine() {
        assertEquals(
                "{\"_type\":\"metadata\",\"format\":\"holdfast/1\",\"a\":1",
                text(JournalFormat.encodeFirst(Lines.json("{\"a\":1,\"format\":\"x\",\"_type\":\"metadata\"}"))));
        assertEquals("{\"format\":\"holdfast/1\",\"a\":1", text(JournalFormat.encodeFirst(Lines.json("{\"a\":1}"))));
    }

    @Test
    void firstLineOfOursIsToldByItsSealOrItsFormat() {
        assertTrue(JournalFormat.looksLikeOurs(Lines.utf8("{\"format\":\"holdfast/9\"}")));
        assertTrue(JournalFormat.looksLikeOurs(Lines.utf8("damaged \"format\":\"holdfast/")));
        assertTrue(JournalFormat.looksLikeOurs(Lines.utf8("{\"x\":1,\"crc\":\"00000000\"}")));
        assertFalse(JournalFormat.looksLikeOurs(Lines.utf8("{\"format\":\"holdfas")));
        assertFalse(JournalFormat.looksLikeOurs(Lines.utf8("{\"format\":\"other/1\"}")));
        assertFalse(JournalFormat.looksLikeOurs(Lines.utf8(",\"crc\":\"00000000\"}")));
        assertFalse(JournalFormat.looksLikeOurs(Lines.utf8("{\"x\":1,\"crc\":\"00000000\" ")));
        assertFalse(JournalFormat.looksLikeOurs(Lines.utf8("{\"x\":1,\"crc\":\"00000000'}")));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void theFormatsDocumentShowsTheGoldenFile() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/holdfast/journal/JournalFormat.java"));
        for (String line : new String(golden("holdfast-1.jsonl"), StandardCharsets.UTF_8).split("\n")) {
            assertTrue(source.contains(" * " + line + "\n"), line);
        }
    }

    @Test
    void whatWasDroppedIsSaidFromItsFirstNumberToItsLast() {
        assertEquals(Lines.json("{\"_type\":\"dropped\",\"from\":3,\"to\":5}"), JournalFormat.dropped(3, 5));
    }

    @Test
    void aLineHasNoMoreBytesThanItsBodyPromisesAndTheLongestHasAsMany() {
        byte[] body = JournalFormat.encodeBody(Lines.message(1));
        assertEquals(
                JournalFormat.lineBytes(body),
                JournalFormat.seal(List.of(body), Long.MAX_VALUE).remaining());
        assertTrue(JournalFormat.seal(List.of(body), 7).remaining() < JournalFormat.lineBytes(body));
    }
}
