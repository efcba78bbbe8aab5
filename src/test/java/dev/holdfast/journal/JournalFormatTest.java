package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

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
            return in.readAllBytes();
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
        Journal journal = Journal.create(disk, Lines.FILE, Runnable::run, BODIES.get(0));
        for (JsonObject body : BODIES.subList(1, BODIES.size())) {
            Durability durability = JournalFormat.isDelta(body) ? Durability.WRITTEN : Durability.FORCED;
            journal.append(body, durability).join();
        }
        journal.close();
        assertEquals(
                new String(golden("holdfast-1.jsonl"), StandardCharsets.UTF_8),
                new String(disk.bytes(Lines.FILE), StandardCharsets.UTF_8));
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

    @Test
    void theFormatsDocumentShowsTheGoldenFile() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/holdfast/journal/JournalFormat.java"));
        for (String line : new String(golden("holdfast-1.jsonl"), StandardCharsets.UTF_8).split("\n")) {
            assertTrue(source.contains(" * " + line + "\n"), line);
        }
    }
}
