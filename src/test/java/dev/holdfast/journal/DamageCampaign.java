package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Cuts a file at every byte, flips every bit of it, puts foreign bytes between its frames, doubles and swaps them, and
 * opens what came of it. Whatever was done: no line is changed, and none is missing without a report.
 */
final class DamageCampaign implements Callable<String> {
    private final JournalForm form;
    private final int lines;
    private final List<byte[]> frames = new ArrayList<>();
    private final List<JournalLine> original;
    private final byte[] whole;

    /** @param lines that the file has */
    DamageCampaign(JournalForm form, int lines) throws IOException {
        this.form = form;
        this.lines = lines;
        frames.add(Lines.frame(form, JournalFormat.encodeFirst(Lines.first()), 0));
        for (int n = 1; n < lines; n++) {
            JsonObject body = n % 4 == 0 ? Lines.delta(n) : Lines.message(n);
            frames.add(Lines.line(form, body, n));
        }
        whole = Lines.join(frames.toArray(byte[][]::new));
        original = List.copyOf(open(whole, new NotedDamage()));
        assertEquals(lines, original.size());
    }

    @Override
    public String call() {
        return String.join("; ", cutAtEveryByte(), flipEveryBit(), putStrangersBetween(), doubleSwapAndMiss())
                + ", 0 lost";
    }

    private String line(String counts) {
        return "damage campaign, " + form + ", " + lines + " lines: " + counts;
    }

    /** On all cores: the files are many, and each is opened for itself. */
    private static void forEach(int count, IntConsumer check) {
        IntStream.range(0, count).parallel().forEach(check);
    }

    /** What is found, now and again; a journal that can be written to is. */
    private List<JournalLine> open(byte[] content, NotedDamage noted) {
        MemoryDisk disk = new MemoryDisk();
        disk.put(Lines.file(form), content);
        List<JournalLine> found = new ArrayList<>();
        List<JournalLine> again = new ArrayList<>();
        boolean writable;
        try (Journal journal = Lines.open(disk, form, found, noted)) {
            writable = journal.refusal().isEmpty();
            if (writable) {
                journal.append(Lines.message(9_999), Durability.FORCED).join();
            }
            journal.close();
            Lines.open(disk, form, again, new NotedDamage()).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals(found, writable ? again.subList(0, again.size() - 1) : again);
        if (writable) {
            assertEquals(Lines.message(9_999), again.get(again.size() - 1).json());
        }
        return found;
    }

    /** Nothing is changed, and what is missing was reported; {@code most} lines may be. */
    private void check(byte[] content, int most, String what) {
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
        assertTrue(found.size() == lines || !noted.notes().isEmpty(), () -> what + " is not reported");
        assertTrue(found.size() >= lines - most, () -> what + ": " + found.size() + " lines, " + noted.notes());
    }

    /** Nothing is lost but the frame that is cut. */
    String cutAtEveryByte() {
        int[] ends = new int[lines];
        Arrays.setAll(ends, frame -> frames.get(frame).length);
        Arrays.parallelPrefix(ends, Integer::sum);
        forEach(whole.length, cut -> {
            int frame = 0;
            while (ends[frame] <= cut) {
                frame++;
            }
            checkCut(cut, frame, cut - ends[frame] + frames.get(frame).length);
        });
        return line(whole.length + " cuts, nothing lost but what was cut");
    }

    private void checkCut(int cut, int frame, int into) {
        NotedDamage noted = new NotedDamage();
        List<JournalLine> found = cut == 0 ? List.of() : open(Arrays.copyOf(whole, cut), noted);
        String where = "cut at " + into + " of frame " + frame;
        boolean complete = found.size() == frame + 1;
        assertTrue(complete || found.size() == frame, where);
        assertEquals(original.subList(0, found.size()), found, where);
        assertTrue(into == 0 || complete || frame == 0 || !noted.notes().isEmpty(), where);
    }

    /** Each is reported or harmless. */
    String flipEveryBit() {
        AtomicInteger harmless = new AtomicInteger();
        forEach(whole.length * 8, bit -> {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            NotedDamage noted = new NotedDamage();
            List<JournalLine> found = open(flipped, noted);
            String where = "bit " + bit % 8 + " of byte " + bit / 8;
            assertTrue(original.containsAll(found), where);
            assertTrue(found.size() >= lines - 2, where);
            if (noted.notes().isEmpty()) {
                assertEquals(original, found, where);
                harmless.incrementAndGet();
            }
        });
        assertTrue(harmless.get() <= (form == JournalForm.GZIP ? whole.length / 8 : 0), harmless + " harmless bits");
        return line(whole.length * 8 + " bits flipped, " + harmless + " harmless, 0 unreported");
    }

    /** Each is reported. */
    String putStrangersBetween() {
        List<byte[]> strangers = List.of(
                new byte[1],
                new byte[4096],
                Lines.utf8("\r\n"),
                Lines.utf8("\n"),
                Lines.utf8("not ours\n"),
                GzipMember.mark(77),
                GzipMember.pack(Lines.utf8("not ours\n"), 9, 6),
                Lines.line(form == JournalForm.GZIP ? JournalForm.PLAIN : JournalForm.GZIP, Lines.message(7), 7));
        int count = lines * strangers.size();
        forEach(count, i -> {
            int at = 1 + i / strangers.size();
            byte[] stranger = strangers.get(i % strangers.size());
            NotedDamage noted = new NotedDamage();
            List<JournalLine> found = open(changed(all -> add(all, at, stranger)), noted);
            String what = "stranger " + i % strangers.size() + " before frame " + at;
            assertTrue(original.containsAll(found) && found.size() >= lines - 2, what + noted.notes());
            assertFalse(noted.notes().isEmpty(), what);
        });
        return line(count + " strangers, 0 unreported");
    }

    /** Each is reported. */
    String doubleSwapAndMiss() {
        forEach(lines * lines, pair -> {
            int one = pair / lines;
            int two = pair % lines;
            if (one < two) {
                check(changed(all -> swap(all, one, two)), lines, "swapping " + one + " and " + two);
            }
            if (two < lines - 1) { // Sound lines that are missing from the end are not noticed.
                int hidden = one > two ? lines : 2; // A line that stands too early hides those before its place.
                check(changed(all -> add(all, two, all.get(one))), hidden, one + " doubled before " + two);
            }
            if (one == two && one < lines - 1) {
                check(changed(all -> remove(all, one)), 1, "frame " + one + " missing");
            }
        });
        return line(lines * (lines - 1) / 2 + " swapped, " + lines * (lines - 1) + " doubled, " + (lines - 1)
                + " missing, 0 unreported");
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
