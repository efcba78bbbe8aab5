package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts a file at every byte, flips every bit of it, puts foreign bytes between its frames, doubles and swaps them, and
 * opens what came of it. Whatever was done: no line is changed, and none is missing without a report.
 */
@ParameterizedClass
@EnumSource(JournalForm.class)
class DamageCampaignTest {
    private static final int LINES = 20;

    private final JournalForm form;
    private final List<byte[]> frames = new ArrayList<>();
    private final List<JournalLine> original = new ArrayList<>();

    DamageCampaignTest(JournalForm form) throws IOException {
        this.form = form;
        byte[] before = {};
        List<JsonObject> bodies = new ArrayList<>();
        for (int n = 0; n < LINES; n++) {
            byte[] file = Lines.file(form, bodies);
            frames.add(Arrays.copyOfRange(file, before.length, file.length));
            before = file;
            bodies.add(n % 4 == 3 ? Lines.delta(n + 1) : Lines.message(n + 1));
        }
        original.addAll(open(whole(), new NotedDamage()));
        assertEquals(LINES, original.size());
    }

    private byte[] whole() {
        return Lines.join(frames.toArray(byte[][]::new));
    }

    /** What is found, now and again; a journal that can be written to is. */
    private List<JournalLine> open(byte[] content, NotedDamage noted) throws IOException {
        MemoryDisk disk = new MemoryDisk();
        disk.put(Lines.file(form), content);
        List<JournalLine> lines = new ArrayList<>();
        boolean writable;
        try (Journal journal = Lines.open(disk, form, lines, noted)) {
            writable = journal.refusal().isEmpty();
            if (writable) {
                journal.append(Lines.message(99), Durability.FORCED).join();
            }
        }
        List<JournalLine> again = new ArrayList<>();
        Lines.open(disk, form, again, new NotedDamage()).close();
        assertEquals(lines, writable ? again.subList(0, again.size() - 1) : again);
        if (writable) {
            assertEquals(Lines.message(99), again.get(again.size() - 1).json());
        }
        return lines;
    }

    /** Nothing is changed, and what is missing was reported; {@code most} lines may be. */
    private void check(byte[] content, int most, String what) throws IOException {
        NotedDamage noted = new NotedDamage();
        List<JournalLine> found;
        try {
            found = open(content, noted);
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + e.getMessage() + noted.notes(), e);
        }
        assertTrue(original.containsAll(found), what);
        for (int i = 1; i < found.size(); i++) {
            assertTrue(found.get(i - 1).seq() < found.get(i).seq(), what);
        }
        assertTrue(found.size() == LINES || !noted.notes().isEmpty(), () -> what + " is not reported");
        assertTrue(found.size() >= LINES - most, () -> what + ": " + found.size() + " lines, " + noted.notes());
    }

    @Test
    void cutAtEveryByteNothingIsLostButTheFrameThatIsCut() throws IOException {
        byte[] whole = whole();
        int end = 0;
        for (int frame = 0; frame < LINES; frame++) {
            for (int cut = 0; cut < frames.get(frame).length; cut++) {
                NotedDamage noted = new NotedDamage();
                List<JournalLine> found = end + cut == 0 ? List.of() : open(Arrays.copyOf(whole, end + cut), noted);
                String where = "cut at " + cut + " of frame " + frame;
                boolean complete = found.size() == frame + 1;
                assertTrue(complete || found.size() == frame, where);
                assertEquals(original.subList(0, found.size()), found, where);
                assertTrue(cut == 0 || complete || frame == 0 || !noted.notes().isEmpty(), where);
            }
            end += frames.get(frame).length;
        }
    }

    @Test
    void everyBitFlippedIsReportedOrHarmless() throws IOException {
        byte[] whole = whole();
        int harmless = 0;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            NotedDamage noted = new NotedDamage();
            List<JournalLine> found = open(flipped, noted);
            String where = "bit " + bit % 8 + " of byte " + bit / 8;
            assertTrue(original.containsAll(found), where);
            assertTrue(found.size() >= LINES - 2, where);
            if (noted.notes().isEmpty()) {
                assertEquals(original, found, where);
                harmless++;
            }
        }
        assertTrue(harmless <= (form == JournalForm.GZIP ? whole.length / 8 : 0), harmless + " harmless bits");
        System.out.println("damage campaign, " + form + ": " + whole.length * 8 + " bits flipped, " + harmless
                + " harmless, 0 unreported");
    }

    @Test
    void whateverStandsBetweenFramesIsReported() throws IOException {
        List<byte[]> strangers = List.of(
                new byte[1],
                new byte[4096],
                Lines.utf8("\r\n"),
                Lines.utf8("\n"),
                Lines.utf8("not ours\n"),
                GzipMember.mark(77),
                GzipMember.pack(Lines.utf8("not ours\n"), 9, 6),
                Lines.line(form == JournalForm.GZIP ? JournalForm.PLAIN : JournalForm.GZIP, Lines.message(7), 7));
        for (int at = 1; at <= LINES; at++) {
            for (int i = 0; i < strangers.size(); i++) {
                List<byte[]> changed = new ArrayList<>(frames);
                changed.add(at, strangers.get(i));
                byte[] content = Lines.join(changed.toArray(byte[][]::new));
                NotedDamage noted = new NotedDamage();
                List<JournalLine> found = open(content, noted);
                String what = "stranger " + i + " before frame " + at;
                assertTrue(original.containsAll(found) && found.size() >= LINES - 2, what + noted.notes());
                assertFalse(noted.notes().isEmpty(), what);
            }
        }
    }

    @Test
    void framesThatAreDoubledSwappedOrMissingAreReported() throws IOException {
        for (int one = 0; one < LINES; one++) {
            for (int two = 0; two < LINES; two++) {
                int from = one;
                int to = two;
                if (one < two) {
                    check(changed(all -> swap(all, from, to)), LINES, "swapping " + one + " and " + two);
                }
                if (to < LINES - 1) { // Sound lines that are missing from the end are not noticed.
                    int hidden = from > to ? LINES : 2; // A line that stands too early hides those before its place.
                    check(changed(all -> add(all, to, all.get(from))), hidden, one + " doubled before " + two);
                }
            }
            if (one < LINES - 1) {
                int missing = one;
                check(changed(all -> remove(all, missing)), 1, "frame " + one + " missing");
            }
        }
    }

    private byte[] changed(UnaryOperator<List<byte[]>> change) {
        return Lines.join(change.apply(new ArrayList<>(frames)).toArray(byte[][]::new));
    }

    private static List<byte[]> swap(List<byte[]> all, int one, int two) {
        byte[] first = all.get(one);
        all.set(one, all.get(two));
        all.set(two, first);
        return all;
    }

    private static List<byte[]> add(List<byte[]> all, int at, byte[] frame) {
        all.add(at, frame);
        return all;
    }

    private static List<byte[]> remove(List<byte[]> all, int at) {
        all.remove(at);
        return all;
    }
}
