package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.store.Outbox.Letter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters that wait to be mailed: there after a power cut, sealed where that is set, and gone once they are sent. */
class OutboxTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Path FOLDER = DATA.resolve("people").resolve("outbox");
    private static final Owner OLGA = new Owner("h:olga");
    private static final ConversationId ONE = new ConversationId("01j0000000aaaaaaaaaaaaaaaa");
    private static final Instant NOW = HandClock.START;
    private static final Instant NEXT = NOW.plusSeconds(60);

    private final MemoryDisk disk = new MemoryDisk();

    private Outbox open(MemoryDisk of, Storage storage) throws IOException {
        return Outbox.open(of, DATA, storage, new Random(8));
    }

    private Letter add(Outbox outbox) throws IOException {
        return outbox.add(ONE, OLGA, "olga@example.org", NOW, NEXT);
    }

    @ParameterizedTest
    @EnumSource(KeptAs.class)
    void letterIsThereAfterAPowerCutAsItWasLastKept(KeptAs kept) throws IOException {
        Outbox outbox = open(disk, kept.storage());
        Letter first = add(outbox);
        Letter second = add(outbox).failed("It is away.", Optional.of(NEXT));
        outbox.keep(second);
        Letter third = outbox.add(ONE, OLGA, "p@example.org", NOW.minusSeconds(1), NEXT)
                .failed("No.", Optional.empty());
        outbox.keep(third);

        Outbox again = open(disk.crash(3), kept.storage());

        assertEquals(third, again.letters().get(0), "the oldest first");
        assertEquals(3, again.letters().size());
        assertTrue(again.letters().containsAll(List.of(first, second)));
        assertEquals(
                new Letter(first.name(), ONE, OLGA, "olga@example.org", NOW, 0, Optional.of(NEXT), Optional.empty()),
                first);
        assertEquals(1, second.tries());
        for (Path file : disk.list(FOLDER)) {
            String content = new String(disk.bytes(file), StandardCharsets.UTF_8);
            assertEquals(!kept.sealed(), content.contains("example.org"), content);
        }
    }

    @Test
    void whatIsSentIsGoneAlsoAfterAPowerCut() throws IOException {
        Outbox outbox = open(disk, Storage.PLAIN);
        Letter letter = add(outbox);
        outbox.remove(letter);
        assertEquals(List.of(), outbox.letters());
        assertEquals(List.of(), open(disk.crash(4), Storage.PLAIN).letters());
        outbox.remove(letter);
    }

    @Test
    void letterThatCannotBeWrittenIsNoneAndOneThatCannotBeChangedIsAsItWas() throws IOException {
        FailingDisk failing = new FailingDisk(disk);
        Outbox outbox = Outbox.open(failing, DATA, Storage.PLAIN, new Random(8));
        Letter letter = add(outbox);
        failing.failEvery("write");
        assertThrows(IOException.class, () -> add(outbox));
        assertThrows(IOException.class, () -> outbox.keep(letter.failed("No.", Optional.empty())));
        assertEquals(List.of(letter), outbox.letters());
        assertEquals(List.of(letter), open(disk, Storage.PLAIN).letters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "\0\0\0", "{\"conversation\":\"01j0000000aaaaaaaaaaaaaaaa\",\"by\":7}"})
    void whatIsNoLetterIsPassedOverAndLeftAsItIs(String content) throws IOException {
        add(open(disk, Storage.PLAIN));
        Path file = FOLDER.resolve(ONE + ".0000000000000000.json");
        disk.put(file, content.getBytes(StandardCharsets.UTF_8));
        disk.put(FOLDER.resolve(ONE + ".20261121T053100Z-9f2c11ab04d7e655.eml"), new byte[] {7});
        assertEquals(1, open(disk, Storage.PLAIN).letters().size());
        assertEquals(content, new String(disk.bytes(file), StandardCharsets.UTF_8));
    }

    @Test
    void withoutItsKeyALetterIsNoneAndIsLeftAsItIs() throws IOException {
        Letter letter = add(open(disk, KeptAs.SEALED.storage()));
        assertEquals(List.of(), open(disk, Storage.PLAIN).letters());
        assertEquals(List.of(letter), open(disk, KeptAs.SEALED.storage()).letters());
        assertFalse(disk.list(FOLDER).isEmpty());
    }
}
