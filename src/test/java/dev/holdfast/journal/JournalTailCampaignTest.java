package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading from every line on, of files long, packed, torn at every byte and damaged by lot. */
@Tag("slow")
@ParameterizedClass
@EnumSource(JournalForm.class)
class JournalTailCampaignTest {
    private final JournalForm form;
    private final MemoryDisk memory = new MemoryDisk();
    private final CountingDisk disk = new CountingDisk(memory);
    private final NotedDamage damage = new NotedDamage();

    JournalTailCampaignTest(JournalForm form) {
        this.form = form;
    }

    private static Predicate<JournalLine> newest(int count) {
        int[] shown = {0};
        return line -> ++shown[0] == count;
    }

    private List<JournalLine> tail(int count) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Lines.journals(disk, Runnable::run).readTail(Lines.file(form), newest(count), lines::add, damage);
        return lines;
    }

    private List<JournalLine> from(long seq) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Lines.journals(disk, Runnable::run).readFrom(Lines.file(form), seq, lines::add, damage);
        return lines;
    }

    private List<JournalLine> all() throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        Lines.journals(disk, Runnable::run).read(Lines.file(form), lines::add, new NotedDamage());
        return lines;
    }

    /** Lines of very different lengths, some of them appended together. */
    private void write(int count) throws IOException {
        disk.createFolders(Lines.FILE.getParent());
        Random random = new Random(7);
        HandExecutor io = new HandExecutor();
        Journal journal = Lines.journals(disk, io).create(Lines.file(form), Lines.first());
        for (int n = 1; n <= count; n++) {
            JsonObject body = n % 5 == 0 ? Lines.delta(n) : Lines.message(n);
            byte[] text = new byte[random.nextInt(n % 50 == 0 ? 100_000 : 600)];
            random.nextBytes(text);
            body.addProperty("content", Base64.getEncoder().encodeToString(text));
            journal.append(body, n % 5 == 0 ? Durability.WRITTEN : Durability.FORCED);
            if (random.nextInt(3) == 0) {
                io.runAll();
            }
        }
        journal.closed();
        io.runAll();
    }

    @Test
    void theNewestLinesAreThoseOfAFullReadBehindTheFirst() throws IOException {
        write(200);
        List<JournalLine> all = all();
        assertEquals(201, all.size());
        for (int count = 1; count <= 205; count++) {
            List<JournalLine> expected = new ArrayList<>(all.subList(Math.max(0, 201 - count), 201));
            if (count < 201) {
                expected.add(0, all.get(0));
            }
            assertEquals(expected, tail(count), count + " lines");
        }
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void fromANumberOnIsTheEndOfAFullRead() throws IOException {
        write(120);
        List<JournalLine> all = all();
        for (int seq = 0; seq <= 121; seq++) {
            assertEquals(all.subList(seq, all.size()), from(seq), "from " + seq);
        }
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void theNewestLinesOfALongFileAreReadFromItsEnd() throws IOException {
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 5_000; n++) {
            bodies.add(Lines.message(n));
            bodies.get(n - 1).addProperty("text", "some words that were said here. ".repeat(30));
        }
        memory.put(Lines.file(form), Lines.file(form, bodies));
        disk.bytesRead();
        assertEquals(51, tail(50).size());
        long read = disk.bytesRead();
        assertTrue(read <= 256 << 10, () -> read + " bytes");
        assertEquals(51, from(4_950).size());
        long readFrom = disk.bytesRead();
        assertTrue(readFrom <= 256 << 10, () -> readFrom + " bytes");
    }

    @Test
    void theNewestLinesOfAPackedFileAreReadFromItsEnd() throws IOException {
        Random random = new Random(3);
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 3_000; n++) {
            bodies.add(Lines.message(n));
            byte[] text = new byte[1_200]; // Hardly smaller when packed: no text is worse.
            random.nextBytes(text);
            bodies.get(n - 1).addProperty("text", Base64.getEncoder().encodeToString(text));
        }
        memory.put(Lines.file(form), Lines.file(form, bodies));
        Lines.journals(memory, Runnable::run)
                .rewrite(Lines.file(form), Rewriting.to(form).packing(), damage);
        assertEquals(51, tail(50).size());
        long read = disk.bytesRead();
        assertTrue(read <= 256 << 10, () -> read + " bytes");
        List<JournalLine> opened = new ArrayList<>();
        Lines.journals(disk, Runnable::run)
                .openAtTail(Lines.file(form), newest(50), opened::add, damage)
                .close();
        assertEquals(tail(50), opened);
        assertEquals(0, disk.open());
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void openingAtTheTailHealsAndGoesOn() throws IOException {
        List<JsonObject> bodies = LongStream.rangeClosed(1, 300)
                .mapToObj(n -> Lines.message((int) n))
                .toList();
        byte[] whole = Lines.file(form, bodies);
        byte[] shorter = Lines.file(form, bodies.subList(0, 299));
        for (int cut = shorter.length + 1; cut < whole.length; cut++) {
            MemoryDisk torn = new MemoryDisk();
            torn.put(Lines.file(form), Arrays.copyOf(whole, cut));
            NotedDamage noted = new NotedDamage();
            List<JournalLine> lines = new ArrayList<>();
            Journal journal =
                    Lines.journals(torn, Runnable::run).openAtTail(Lines.file(form), newest(10), lines::add, noted);
            int last = (int) journal.lastSeq();
            assertEquals(11, lines.size());
            assertEquals(last - 9, lines.get(1).seq());
            assertTrue(last == 300 || noted.notes().size() == 1, "cut at " + cut);
            assertEquals(
                    last + 1L,
                    journal.append(Lines.message(9), Durability.FORCED).join());
            journal.close();
            List<JournalLine> again = new ArrayList<>();
            NotedDamage after = new NotedDamage();
            Lines.open(torn, form, again, after).close();
            assertEquals(List.of(), after.notes());
            assertEquals(last + 2, again.size());
        }
    }

    @Test
    void aGoodPieceOfADamagedFileIsTheSameFromBothEnds() throws IOException {
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 1; n <= 30; n++) {
            bodies.add(n % 4 == 0 ? Lines.delta(n) : Lines.message(n));
        }
        byte[] whole = Lines.file(form, bodies);
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            byte[] file = Arrays.copyOf(whole, whole.length - (round % 3 == 0 ? random.nextInt(200) : 0));
            for (int spot = random.nextInt(4); spot >= 0; spot--) {
                int at = 200 + random.nextInt(file.length - 200);
                int length = Math.min(file.length - at, 1 + random.nextInt(round % 2 == 0 ? 1 : 90));
                Arrays.fill(file, at, at + length, (byte) (random.nextBoolean() ? 0 : random.nextInt(256)));
            }
            memory.put(Lines.file(form), file);
            List<JournalLine> all = all();
            assertEquals(all, tail(1_000), "round " + round);
            List<JournalLine> some = tail(7);
            assertEquals(all.subList(all.size() - some.size() + 1, all.size()), some.subList(1, some.size()));
        }
    }
}
