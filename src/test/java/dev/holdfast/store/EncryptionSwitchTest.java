package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.DiskFile;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.protect.FernetKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encryption that is switched on, off, or has the wrong key. */
class EncryptionSwitchTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Owner OLGA = new Owner("h:olga-the-owner");
    private static final List<String> SECRETS =
            List.of("sesame", "greetings", "h:olga-the-owner", "web:the-channel", "the-link", "what-was-torn");

    private final MemoryDisk disk = new MemoryDisk();
    private final HandClock clock = new HandClock();
    private final NotedDamage damage = new NotedDamage();

    private static Storage sealing(Storage.Gzip gzip, FernetKey... keys) {
        return new Storage(gzip, Optional.of(KeptAs.ring(keys)), true, List::of);
    }

    /** Knows the keys, and writes in the clear. */
    private static Storage opening(Storage.Gzip gzip, FernetKey... keys) {
        return new Storage(gzip, Optional.of(KeptAs.ring(keys)), false, List::of);
    }

    private FileConversationStore store(Storage storage) {
        return new FileConversationStore(
                disk, DATA, storage, Runnable::run, Runnable::run, clock, new Random(4), damage);
    }

    private static Path folder(ConversationId id) {
        return DATA.resolve("conversations").resolve(id.value().substring(24));
    }

    private Path file(ConversationId id) throws IOException {
        return KeptAs.file(disk, folder(id), id.value());
    }

    private static List<String> texts(StoredConversation conversation) {
        return conversation.locked(transcript ->
                transcript.tree().path().stream().map(Message::text).toList());
    }

    private ConversationId talk(Storage storage, boolean resting) throws IOException {
        try (FileConversationStore store = store(storage)) {
            StoredConversation conversation = store.create(OLGA, "web:the-channel");
            for (int n = 1; n <= 30; n++) {
                Optional<String> parent = n == 1 ? Optional.empty() : Optional.of("m" + (n - 1));
                conversation
                        .append(Message.user("m" + n, parent, "sesame " + n, clock.instant(), Optional.empty()))
                        .join();
            }
            conversation.append(new Entry.Title("greetings", clock.instant())).join();
            if (resting) {
                conversation.rest().join();
            }
            return conversation.id();
        }
    }

    /** Cuts off an unfinished line, so that it is in quarantine. */
    private void tear(ConversationId id, Storage storage) throws IOException {
        Path file = file(id);
        try (DiskFile opened = disk.open(file)) {
            byte[] torn = "{\"role\":\"user\",\"content\":\"what-was-torn".getBytes(StandardCharsets.UTF_8);
            opened.writeFully(ByteBuffer.wrap(torn), opened.size());
        }
        try (FileConversationStore store = store(storage)) {
            store.open(id).orElseThrow();
        }
        assertEquals(1, damage.keptIn().size());
    }

    private void link(ConversationId id, Storage storage) throws IOException {
        try (Access access = open(storage)) {
            Access.Link link = new Access.Link(
                    "the-link",
                    Access.Kind.MAIL,
                    id,
                    OLGA,
                    Optional.empty(),
                    clock.instant(),
                    clock.instant().plus(Duration.ofDays(1)));
            access.add(link).join();
            access.grant(link, new Owner("h:paul"), clock.instant()).join();
        }
    }

    private Access open(Storage storage) throws IOException {
        return Access.open(disk, DATA, storage, Runnable::run, damage);
    }

    private void everyFile(Path folder, List<Path> into) {
        for (Path path : disk.list(folder)) {
            if (disk.list(path).isEmpty()) {
                into.add(path);
            } else {
                everyFile(path, into);
            }
        }
    }

    /** Which of the secrets stand on the disk in the clear. */
    private List<String> inTheClear() {
        List<Path> files = new ArrayList<>();
        everyFile(DATA, files);
        StringBuilder all = new StringBuilder();
        files.forEach(file -> all.append(new String(disk.bytes(file), StandardCharsets.ISO_8859_1)));
        return SECRETS.stream().filter(secret -> all.indexOf(secret) >= 0).toList();
    }

    @ParameterizedTest
    @EnumSource(Storage.Gzip.class)
    void onceItIsOnTheNextOpeningLeavesNothingInTheClear(Storage.Gzip gzip) throws IOException {
        Storage clear = Storage.PLAIN;
        ConversationId id = talk(clear, false);
        tear(id, clear);
        link(id, clear);
        assertEquals(SECRETS, inTheClear(), "the search would find them");

        Storage sealed = sealing(gzip, KeptAs.key(1));
        try (FileConversationStore store = store(sealed)) {
            StoredConversation conversation = store.open(id).orElseThrow();
            assertEquals(30, texts(conversation).size());
            assertEquals("greetings", conversation.title());
        }
        try (Access access = open(sealed)) {
            assertTrue(access.granted(id, new Owner("h:paul")));
        }
        assertEquals(JournalForm.SEALED, JournalForm.of(file(id)));
        assertEquals(List.of(), inTheClear());
    }

    @Test
    void whatWasPackedIsSealedToo() throws IOException {
        ConversationId id = talk(new Storage(Storage.Gzip.PAUSED, Optional.empty(), false, List::of), true);
        assertEquals(JournalForm.GZIP, JournalForm.of(file(id)));
        try (FileConversationStore store = store(sealing(Storage.Gzip.PAUSED, KeptAs.key(1)))) {
            StoredConversation conversation = store.open(id).orElseThrow();
            assertEquals(JournalForm.SEALED, JournalForm.of(file(id)));
            conversation.rest().join();
            assertEquals(JournalForm.SEALED, JournalForm.of(file(id)));
            assertEquals(30, texts(conversation).size());
        }
        assertEquals(1, disk.list(folder(id)).size());
    }

    @ParameterizedTest
    @EnumSource(Storage.Gzip.class)
    void onceItIsOffTheNextOpeningWritesInTheClear(Storage.Gzip gzip) throws IOException {
        Storage sealed = sealing(gzip, KeptAs.key(1));
        ConversationId id = talk(sealed, true);
        link(id, sealed);
        assertEquals(List.of(), inTheClear());

        Storage clear = opening(gzip, KeptAs.key(1));
        try (FileConversationStore store = store(clear)) {
            StoredConversation conversation = store.open(id).orElseThrow();
            assertEquals(30, texts(conversation).size());
            assertEquals("greetings", conversation.title());
        }
        try (Access access = open(clear)) {
            assertTrue(access.granted(id, new Owner("h:paul")));
        }
        assertFalse(JournalForm.of(file(id)) == JournalForm.SEALED);
        assertEquals(List.of("sesame", "greetings", "h:olga-the-owner", "web:the-channel", "the-link"), inTheClear());
        try (FileConversationStore store = store(new Storage(gzip, Optional.empty(), false, List::of))) {
            assertEquals(30, texts(store.open(id).orElseThrow()).size(), "without the key");
        }
    }

    @Test
    void anOlderKeyIsEnoughToOpenAndTheNewOneWrites() throws IOException {
        ConversationId id = talk(sealing(Storage.Gzip.OFF, KeptAs.key(1)), false);
        try (FileConversationStore store = store(sealing(Storage.Gzip.OFF, KeptAs.key(2), KeptAs.key(1)))) {
            StoredConversation conversation = store.open(id).orElseThrow();
            conversation
                    .append(Message.user("m31", Optional.of("m30"), "more", clock.instant(), Optional.empty()))
                    .join();
        }
        try (FileConversationStore store = store(sealing(Storage.Gzip.OFF, KeptAs.key(1), KeptAs.key(2)))) {
            assertEquals(31, texts(store.open(id).orElseThrow()).size());
        }
    }

    private void assertRefused(ConversationId id, Storage storage, String sentence) throws IOException {
        byte[] before = disk.bytes(file(id));
        try (FileConversationStore store = store(storage)) {
            for (int i = 0; i < 2; i++) {
                IOException refused = assertThrows(IOException.class, () -> store.open(id));
                assertEquals(file(id) + " " + sentence, refused.getMessage());
            }
        }
        assertArrayEquals(before, disk.bytes(file(id)));
        assertEquals(1, disk.list(folder(id)).size());
        assertEquals(List.of(), disk.list(DATA.resolve("quarantine")));
        assertEquals(List.of(), disk.list(DATA.resolve("trash")));
    }

    @ParameterizedTest
    @EnumSource(Storage.Gzip.class)
    void withAnotherKeyItIsRefusedAndLeftAsItIs(Storage.Gzip gzip) throws IOException {
        ConversationId id = talk(sealing(gzip, KeptAs.key(1)), true);
        assertRefused(
                id,
                sealing(gzip, KeptAs.key(2)),
                "ends in lines that no key opens, and is only read. Give the key that they were written with.");
        assertRefused(
                id,
                opening(gzip, KeptAs.key(2)),
                "has lines that no key opens, and is left as it is. Give the keys that they were written with.");
        try (FileConversationStore store = store(sealing(gzip, KeptAs.key(1)))) {
            assertEquals(30, texts(store.open(id).orElseThrow()).size());
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.Gzip.class)
    void withoutAKeyItIsRefusedAndLeftAsItIs(Storage.Gzip gzip) throws IOException {
        ConversationId id = talk(sealing(gzip, KeptAs.key(1)), true);
        assertRefused(
                id,
                new Storage(gzip, Optional.empty(), false, List::of),
                "is encrypted, and no key was given. Give the key that it was written with.");
    }

    @Test
    void theLinksOfAnotherKeyAreRefusedAndLeftAsTheyAre() throws IOException {
        ConversationId id = talk(sealing(Storage.Gzip.OFF, KeptAs.key(1)), false);
        link(id, sealing(Storage.Gzip.OFF, KeptAs.key(1)));
        Path file = KeptAs.file(disk, DATA.resolve("people"), "access");
        byte[] before = disk.bytes(file);
        IOException refused = assertThrows(IOException.class, () -> open(sealing(Storage.Gzip.OFF, KeptAs.key(2))));
        assertEquals(
                file + " ends in lines that no key opens, and is only read. Give the key that they were written with.",
                refused.getMessage());
        IOException notDecrypted =
                assertThrows(IOException.class, () -> open(opening(Storage.Gzip.OFF, KeptAs.key(2))));
        assertEquals(
                file + " has lines that no key opens, and is left as it is. Give the keys that they were written with.",
                notDecrypted.getMessage());
        IOException lost = assertThrows(IOException.class, () -> open(Storage.PLAIN));
        assertEquals(
                file + " is encrypted, and no key was given. Give the key that it was written with.",
                lost.getMessage());
        assertArrayEquals(before, disk.bytes(file));
    }

    @Test
    void withoutAKeyNothingIsPromisedToBeEncrypted() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new Storage(Storage.Gzip.OFF, Optional.empty(), true, List::of));
        assertEquals("without a key nothing can be encrypted", refused.getMessage());
    }

    @Test
    void whatIsNoJournalIsOneTokenThatTheKeyOpens() throws Exception {
        byte[] mail = "sesame".getBytes(StandardCharsets.UTF_8);
        Storage.Sealed kept = sealing(Storage.Gzip.OFF, KeptAs.key(1)).seal("one.eml", mail);
        assertEquals("one.eml.fernet", kept.name());
        assertFalse(new String(kept.content(), StandardCharsets.ISO_8859_1).contains("sesame"));
        assertArrayEquals(mail, KeptAs.ring(KeptAs.key(1)).openWholeFile(kept.content()));
        Storage.Sealed clear = opening(Storage.Gzip.OFF, KeptAs.key(1)).seal("one.eml", mail);
        assertEquals("one.eml", clear.name());
        assertArrayEquals(mail, clear.content());
    }
}
