package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rewriting refuses to replace, and what it makes of files that are not as they should be. */
class RewriteRefusalTest {
    private static final Path FOLDER = Lines.FILE.getParent();

    private final MemoryDisk disk = new MemoryDisk();
    private final NotedDamage damage = new NotedDamage();

    private static List<JsonObject> talk() {
        return List.of(Lines.message(1), Lines.delta(2), Lines.message(3), Lines.delta(4));
    }

    private Path rewrite(Rewriting how) throws IOException {
        return Lines.journals(disk, Runnable::run).rewrite(Lines.FILE, how, damage);
    }

    @Test
    void aFileThatStandsWhereTheNewOneWouldIsNotReplaced() {
        byte[] file = Lines.file(talk());
        disk.put(Lines.FILE, file);
        disk.put(Lines.file(JournalForm.GZIP), Lines.utf8("another"));
        JournalException refused = assertThrows(JournalException.class, () -> rewrite(Rewriting.to(JournalForm.GZIP)));
        assertEquals(
                Lines.file(JournalForm.GZIP) + " is there already. Look for the journal first, which decides.",
                refused.getMessage());
        assertArrayEquals(file, disk.bytes(Lines.FILE));
        assertArrayEquals(Lines.utf8("another"), disk.bytes(Lines.file(JournalForm.GZIP)));
    }

    @Test
    void aFileOfWhichAForceFailedIsReplacedBeforeItIsRead() throws IOException {
        disk.put(Lines.FILE, Lines.file(talk()));
        disk.put(Distrust.warning(Lines.FILE), new byte[0]);
        rewrite(Rewriting.to(JournalForm.PLAIN));
        assertFalse(disk.exists(Distrust.warning(Lines.FILE)));
        List<JournalLine> lines = new ArrayList<>();
        Lines.open(disk, lines, damage).close();
        assertEquals(talk().size() + 1, lines.size());
    }

    @Test
    void linesThatAreMissingStayMissingAndNothingIsPutAside() throws IOException {
        disk.put(Lines.FILE, Lines.join(Lines.file(List.of(Lines.message(1))), Lines.line(Lines.message(5), 5)));
        Path target = rewrite(Rewriting.to(JournalForm.GZIP));
        assertEquals(1, damage.notes().size());
        assertEquals(List.of(), disk.list(Lines.QUARANTINE));
        assertEquals(5, Lines.journals(disk, Runnable::run).check(target).lastSeq());
    }

    @Test
    void aFirstLineThatTellsNoGenerationIsTheFirst() throws IOException {
        disk.createFolders(FOLDER);
        Lines.journals(disk, Runnable::run)
                .create(Lines.FILE, Lines.json("{\"a\":1}"))
                .close();
        assertEquals("{\"format\":\"holdfast/1\",\"a\":1", new String(disk.bytes(Lines.FILE)).split(",\"seq")[0]);
        rewrite(Rewriting.to(JournalForm.PLAIN));
        assertEquals(1, Lines.journals(disk, Runnable::run).check(Lines.FILE).generation());
    }

    /** A codec that seals otherwise than asked: what it made is read back, and the old file stays. */
    @ParameterizedTest
    @ValueSource(strings = {"unopened", "torn", "another"})
    void whatDoesNotHoldTheSameLinesDoesNotTakeThePlaceOfTheOld(String fault) {
        byte[] file = Lines.file(talk());
        disk.put(Lines.FILE, file);
        Framing framing = Lines.framing(JournalForm.SEALED);
        byte[] last = framing.line(JournalFormat.encodeBody(talk().get(talk().size() - 1)), talk().size());
        byte[] other = framing.line(JournalFormat.encodeBody(Lines.delta(7)), talk().size());
        LineCodec faulty = new LineCodec() {
            @Override
            public byte[] seal(byte[] plain) {
                if (!Arrays.equals(plain, Arrays.copyOf(last, last.length - 1))) {
                    return Lines.CODEC.seal(plain);
                }
                return switch (fault) {
                    case "unopened" -> Lines.utf8("sealed");
                    case "torn" -> new byte[] {1, 2, 3};
                    default -> Lines.CODEC.seal(Arrays.copyOf(other, other.length - 1));
                };
            }

            @Override
            public byte[] open(byte[] sealed) throws UnsealException {
                return Lines.CODEC.open(sealed);
            }
        };
        Journals journals = new Journals(disk, Lines.QUARANTINE, Runnable::run, faulty);
        JournalException refused = assertThrows(
                JournalException.class, () -> journals.rewrite(Lines.FILE, Rewriting.to(JournalForm.SEALED), damage));
        assertEquals(
                WholeFile.temporary(Lines.file(JournalForm.SEALED)).toAbsolutePath()
                        + " does not hold the lines that it was written for. Report this; nothing is lost.",
                refused.getMessage());
        assertArrayEquals(file, disk.bytes(Lines.FILE));
        assertEquals(List.of(Lines.FILE), disk.list(FOLDER));
    }
}
