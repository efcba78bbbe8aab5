package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SavedDraft;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was typed and not sent: kept whole or as it was before, in the form that is set, and gone when it is to be. */
class DraftsTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Path FOLDER = DATA.resolve("people").resolve("drafts");
    private static final Owner OLGA = new Owner("h:olga");
    private static final Owner PAUL = new Owner("h:paul");
    private static final ConversationId ONE = new ConversationId("01j0000000aaaaaaaaaaaaaaaa");
    private static final ConversationId TWO = new ConversationId("01j0000000bbbbbbbbbbbbbbbb");

    private final MemoryDisk disk = new MemoryDisk();
    private final HandClock clock = new HandClock();

    private Drafts drafts(Storage storage) {
        return new Drafts(disk, FOLDER, storage, clock);
    }

    private static Storage sealing(FernetKey... keys) {
        return new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(keys)), true, List::of);
    }

    /** Knows the keys, and writes in the clear. */
    private static Storage opening(FernetKey... keys) {
        return new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(keys)), false, List::of);
    }

    private static Optional<String> text(Drafts drafts, Owner owner, ConversationId id) {
        return drafts.find(owner, id).map(SavedDraft::text);
    }

    private Path onlyFile() {
        List<Path> files = disk.list(FOLDER);
        assertEquals(1, files.size(), files.toString());
        return files.get(0);
    }

    private String content(Path file) {
        return new String(disk.bytes(file), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(KeptAs.class)
    void draftIsFoundAgainAfterAPowerCutAndIsItsOwnersInItsConversationAlone(KeptAs kept) throws IOException {
        Instant at = drafts(kept.storage()).keep(OLGA, ONE, "Dear neighbour,\n\uD83D\uDC1D");

        Drafts again = new Drafts(disk.crash(7), FOLDER, kept.storage(), clock);

        assertEquals(Optional.of(new SavedDraft("Dear neighbour,\n\uD83D\uDC1D", at)), again.find(OLGA, ONE));
        assertEquals(Optional.empty(), again.find(PAUL, ONE));
        assertEquals(Optional.empty(), again.find(OLGA, TWO));
        assertEquals(kept.sealed(), onlyFile().toString().endsWith(".json.fernet"));
        assertEquals(!kept.sealed(), content(onlyFile()).contains("Dear neighbour"));
    }

    @Test
    void draftIsALineOfJsonInAFileThatTellsItsConversationAndNotItsOwner() throws IOException {
        drafts(Storage.PLAIN).keep(OLGA, ONE, "Dear neighb");
        assertEquals("""
                {"conversation":"01j0000000aaaaaaaaaaaaaaaa","owner":"h:olga","saved_at":"2026-11-21T05:31:00Z","text":"Dear neighb"}
                """, content(onlyFile()));
        String name = onlyFile().getFileName().toString();
        assertTrue(name.matches(ONE + "\\.[0-9a-f]{32}\\.json"), name);
        drafts(Storage.PLAIN).keep(OLGA, TWO, "Dear neighb");
        List<String> hashes = disk.list(FOLDER).stream()
                .map(file -> file.getFileName().toString().split("\\.")[1])
                .toList();
        assertEquals(2, hashes.stream().distinct().count(), "nor which other is theirs");
    }

    @Test
    void laterDraftTakesThePlaceOfTheEarlierAndABlankOneLeavesNothing() throws IOException {
        Drafts drafts = drafts(Storage.PLAIN);
        drafts.keep(OLGA, ONE, "Dear");
        drafts.keep(PAUL, ONE, "No");
        clock.advance(Duration.ofMillis(1_500));
        assertEquals(HandClock.START.plusMillis(1_500), drafts.keep(OLGA, ONE, "Dear neighbour"));
        assertEquals(Optional.of("Dear neighbour"), text(drafts, OLGA, ONE));
        drafts.keep(OLGA, ONE, " \n");
        drafts.keep(OLGA, ONE, "");
        assertEquals(Optional.empty(), text(drafts, OLGA, ONE));
        assertEquals(Optional.of("No"), text(drafts, PAUL, ONE));
        onlyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dear neighbour", "  Dear neighbour\n", "Dear neighbour, how are you?"})
    void whatWasSentIsNoDraftAnyMore(String said) throws IOException {
        Drafts drafts = drafts(Storage.PLAIN);
        drafts.keep(OLGA, ONE, " Dear neighbour ");
        drafts.keep(PAUL, ONE, "Dear neighbour");
        drafts.keep(OLGA, TWO, "Dear neighbour");
        drafts.sent(OLGA, ONE, said);
        assertEquals(Optional.empty(), text(drafts, OLGA, ONE));
        assertEquals(Optional.of("Dear neighbour"), text(drafts, PAUL, ONE));
        assertEquals(Optional.of("Dear neighbour"), text(drafts, OLGA, TWO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Something else", "Dear"})
    void draftOfSomethingElseStaysWhenSomethingIsSent(String said) throws IOException {
        Drafts drafts = drafts(Storage.PLAIN);
        drafts.keep(OLGA, ONE, "Dear neighbour");
        drafts.sent(OLGA, ONE, said);
        assertEquals(Optional.of("Dear neighbour"), text(drafts, OLGA, ONE));
    }

    /** Each operation fails in turn, once and for good: the draft before or the new one is there, and the next is kept. */
    @Test
    void failingDiskLeavesTheDraftBeforeOrTheNewOne() throws IOException {
        int failures = 0;
        for (boolean forGood : List.of(false, true)) {
            boolean failed = true;
            for (int operation = 1; failed; operation++) {
                MemoryDisk memory = new MemoryDisk();
                FailingDisk failing = new FailingDisk(memory);
                Drafts drafts = new Drafts(failing, FOLDER, Storage.PLAIN, clock);
                drafts.keep(OLGA, ONE, "before");
                if (forGood) {
                    failing.failForGoodAt(operation);
                } else {
                    failing.failOnceAt(operation);
                }
                failed = fails(() -> drafts.keep(OLGA, ONE, "after"));
                failures += failed ? 1 : 0;
                failing.mend();

                for (MemoryDisk found : List.of(memory, memory.crash(operation))) {
                    Optional<String> text = text(new Drafts(found, FOLDER, Storage.PLAIN, clock), OLGA, ONE);
                    assertTrue(List.of("before", "after").contains(text.orElse("nothing")), operation + ": " + text);
                    assertTrue(failed || text.get().equals("after"), "what was acknowledged is there");
                }
                drafts.keep(OLGA, ONE, "again");
                assertEquals(Optional.of("again"), text(drafts, OLGA, ONE));
            }
        }
        assertTrue(failures > 10, failures + " failures");
    }

    private interface Work {
        void run() throws IOException;
    }

    private static boolean fails(Work work) {
        try {
            work.run();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\0\0\0\0",
                "{\"conversation\":\"01j0000000aaaaaaaaaaaaaaaa\",\"owner\":\"h:olga\"}",
                "{\"conversation\":\"01j0000000aaaaaaaaaaaaaaaa\",\"owner\":\"h:olga\",\"saved_at\":\"soon\",\"text\":\"x\"}",
                "{\"conversation\":\"01j0000000aaaaaaaaaaaaaaaa\",\"owner\":\"h:paul\",\"saved_at\":\"2026-11-21T05:31:00Z\",\"text\":\"x\"}",
                "{\"conversation\":\"01j0000000bbbbbbbbbbbbbbbb\",\"owner\":\"h:olga\",\"saved_at\":\"2026-11-21T05:31:00Z\",\"text\":\"x\"}",
                "{\"conversation\":\"01j0000000aaaaaaaaaaaaaaaa\",\"owner\":\"h:olga\",\"saved_at\":\"2026-11-21T05:31:00Z\",\"text\":\" \"}"
            })
    void damagedDraftIsNoneAndTheNextOneIsKept(String damaged) throws IOException {
        Drafts drafts = drafts(Storage.PLAIN);
        drafts.keep(OLGA, ONE, "a word that nobody else should read");
        disk.put(onlyFile(), damaged.getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), drafts.find(OLGA, ONE));
        drafts.sent(OLGA, ONE, "Something");
        drafts.keep(OLGA, ONE, "Dear");
        assertEquals(Optional.of("Dear"), text(drafts, OLGA, ONE));
    }

    @Test
    void diskThatCannotBeReadHidesTheDraftAndNothingElse() throws IOException {
        FailingDisk failing = new FailingDisk(disk);
        Drafts drafts = new Drafts(failing, FOLDER, Storage.PLAIN, clock);
        drafts.keep(OLGA, ONE, "Dear");
        for (String operation : List.of("exists", "openToRead", "read")) {
            failing.failEvery(operation);
            assertEquals(Optional.empty(), drafts.find(OLGA, ONE), operation);
            drafts.sent(OLGA, ONE, "Dear");
            failing.mend();
        }
        assertEquals(Optional.of("Dear"), text(drafts, OLGA, ONE));
    }

    @Test
    void whatACrashLeftUnfinishedIsRemovedWhenItStarts() throws IOException {
        drafts(Storage.PLAIN).keep(OLGA, ONE, "Dear");
        Path kept = onlyFile();
        disk.put(FOLDER.resolve(TWO + ".00.json.tmp"), new byte[] {1});
        assertEquals(Optional.of("Dear"), text(drafts(Storage.PLAIN), OLGA, ONE));
        assertEquals(List.of(kept), disk.list(FOLDER));
    }

    @Test
    void onceEncryptionIsOnReadingItLeavesNothingInTheClear() throws IOException {
        Instant at = drafts(Storage.PLAIN).keep(OLGA, ONE, "sesame");
        clock.advance(Duration.ofMinutes(1));
        Drafts sealed = drafts(sealing(KeptAs.key(1)));
        assertEquals(Optional.of(new SavedDraft("sesame", at)), sealed.find(OLGA, ONE), "with its own time");
        assertTrue(onlyFile().toString().endsWith(".json.fernet"));
        assertFalse(content(onlyFile()).contains("sesame"));
    }

    @Test
    void onceEncryptionIsOffReadingItWritesInTheClear() throws IOException {
        drafts(sealing(KeptAs.key(1))).keep(OLGA, ONE, "sesame");
        assertEquals(Optional.of("sesame"), text(drafts(opening(KeptAs.key(1))), OLGA, ONE));
        assertTrue(content(onlyFile()).contains("sesame"));
    }

    @Test
    void draftInTwoFormsIsTheLaterOne() throws IOException {
        drafts(Storage.PLAIN).keep(OLGA, ONE, "earlier");
        Path clear = onlyFile();
        byte[] earlier = disk.bytes(clear);
        clock.advance(Duration.ofSeconds(1));
        drafts(sealing(KeptAs.key(1))).keep(OLGA, ONE, "later");
        disk.put(clear, earlier);
        Drafts drafts = drafts(opening(KeptAs.key(1)));
        assertEquals(Optional.of("later"), text(drafts, OLGA, ONE));
        assertTrue(content(onlyFile()).contains("later"));
    }

    @Test
    void ofADraftInTwoFormsRepackingKeepsTheLaterOne() throws IOException {
        drafts(Storage.PLAIN).keep(OLGA, ONE, "earlier");
        Path clear = onlyFile();
        byte[] earlier = disk.bytes(clear);
        clock.advance(Duration.ofSeconds(1));
        drafts(sealing(KeptAs.key(1))).keep(OLGA, ONE, "later");
        disk.put(clear, earlier);
        drafts(opening(KeptAs.key(1))).renew(Optional.empty());
        assertEquals(clear, onlyFile());
        assertTrue(content(clear).contains("later"));
    }

    @Test
    void draftThatCannotBeWrittenInItsNewFormIsReadAllTheSame() throws IOException {
        drafts(Storage.PLAIN).keep(OLGA, ONE, "sesame");
        byte[] before = disk.bytes(onlyFile());
        FailingDisk full = new FailingDisk(disk).failEvery("create");
        Drafts drafts = new Drafts(full, FOLDER, sealing(KeptAs.key(1)), clock);
        assertEquals(Optional.of("sesame"), text(drafts, OLGA, ONE));
        assertArrayEquals(before, disk.bytes(onlyFile()));
    }

    @Test
    void withoutItsKeyADraftIsNoneAndIsLeftAsItIs() throws IOException {
        drafts(sealing(KeptAs.key(1))).keep(OLGA, ONE, "sesame");
        byte[] before = disk.bytes(onlyFile());
        for (Storage other : List.of(Storage.PLAIN, sealing(KeptAs.key(2)), opening(KeptAs.key(2)))) {
            Drafts drafts = drafts(other);
            assertEquals(Optional.empty(), drafts.find(OLGA, ONE));
            drafts.renew(Optional.empty());
            assertArrayEquals(before, disk.bytes(onlyFile()));
        }
        assertEquals(Optional.of("sesame"), text(drafts(sealing(KeptAs.key(1))), OLGA, ONE));
    }

    /** A store with one draft of Olga's in each of two conversations. */
    private Maintenance maintenance(FileConversationStore store, Access access) throws IOException {
        Outbox outbox = Outbox.open(disk, DATA, Storage.PLAIN, new Random(5));
        return store.maintenance(
                access,
                outbox,
                SignIns.open(disk, DATA, Storage.PLAIN),
                Spending.open(disk, DATA, Storage.PLAIN, Runnable::run, clock),
                new Maintenance.Moves() {
                    @Override
                    public void delete(ConversationId id) throws IOException {
                        store.delete(id);
                    }

                    @Override
                    public void restore(ConversationId id) throws IOException {
                        store.restore(id);
                    }
                });
    }

    private FileConversationStore store(Storage storage) {
        return new FileConversationStore(
                disk, DATA, storage, Runnable::run, Runnable::run, clock, new Random(4), new NotedDamage());
    }

    private Access access(Storage storage) throws IOException {
        return Access.open(disk, DATA, storage, Runnable::run, new NotedDamage());
    }

    private ConversationId talk(FileConversationStore store) throws IOException {
        StoredConversation talk = store.create(OLGA, "web:1");
        talk.append(Message.user("m1", Optional.empty(), "Hello", clock.instant(), Optional.empty()))
                .join();
        store.drafts().keep(OLGA, talk.id(), "sesame " + talk.id());
        return talk.id();
    }

    @Test
    void draftOutlivesTheTrashAndIsPurgedWithItsConversation() throws IOException {
        try (FileConversationStore store = store(Storage.PLAIN);
                Access access = access(Storage.PLAIN)) {
            Maintenance maintenance = maintenance(store, access);
            ConversationId gone = talk(store);
            ConversationId kept = talk(store);
            store.drafts().keep(PAUL, gone, "Paul was here, too");
            maintenance.delete(gone);
            maintenance.restore(gone);
            assertEquals(Optional.of("sesame " + gone), text(store.drafts(), OLGA, gone));
            disk.put(FOLDER.resolve(gone + ".00.json.tmp"), new byte[] {1});

            maintenance.delete(gone);
            assertEquals(1, maintenance.purge(Optional.of(gone), Instant.MAX, step -> {}));

            assertEquals(Optional.of("sesame " + kept), text(store.drafts(), OLGA, kept));
            for (MemoryDisk found : List.of(disk, disk.crash(3))) {
                assertEquals(1, found.list(FOLDER).size());
                assertTrue(found.list(FOLDER).get(0).getFileName().toString().startsWith(kept + "."));
            }
        }
    }

    @Test
    void repackSealsAllOrThatOfOneConversation() throws IOException {
        ConversationId one;
        try (FileConversationStore store = store(Storage.PLAIN)) {
            one = talk(store);
            talk(store);
        }
        Storage sealing = sealing(KeptAs.key(1));
        try (FileConversationStore store = store(sealing);
                Access access = access(sealing)) {
            maintenance(store, access).repack(Optional.of(one), step -> {});
            assertEquals(1, inTheClear());
            maintenance(store, access).repack(Optional.empty(), step -> {});
            assertEquals(0, inTheClear());
            assertEquals(2, disk.list(FOLDER).size());
            assertEquals(Optional.of("sesame " + one), text(store.drafts(), OLGA, one));
        }
    }

    private long inTheClear() {
        return disk.list(FOLDER).stream()
                .filter(file -> content(file).contains("sesame"))
                .count();
    }

    private static List<String> checked(Drafts drafts, Optional<ConversationId> only) throws IOException {
        List<String> found = new ArrayList<>();
        drafts.check(only, file -> found.add(file.health() + (file.sentence().isEmpty() ? "" : " with a word")));
        return found.stream().sorted().toList();
    }

    @Test
    void checkTellsWhichDraftsCanBeReadAndChangesNothing() throws IOException {
        Drafts sealed = drafts(sealing(KeptAs.key(1)));
        assertEquals(List.of(), checked(sealed, Optional.empty()));
        sealed.keep(OLGA, ONE, "Dear neighbour");
        drafts(Storage.PLAIN).keep(PAUL, ONE, "Dear friend");
        drafts(Storage.PLAIN).keep(OLGA, TWO, "Dear all");
        Path damaged = disk.list(FOLDER).stream()
                .filter(file -> file.toString().contains(TWO.value()))
                .findFirst()
                .orElseThrow();
        disk.put(damaged, "{\"conversation\":".getBytes(StandardCharsets.UTF_8));
        disk.put(FOLDER.resolve("notes.txt"), new byte[0]);
        List<Path> before = disk.list(FOLDER);

        assertEquals(List.of("SOUND", "SOUND", "UNREADABLE with a word"), checked(sealed, Optional.empty()));
        assertEquals(List.of("SOUND", "SOUND"), checked(sealed, Optional.of(ONE)));
        assertEquals(
                List.of("LOCKED with a word", "SOUND"), checked(drafts(Storage.PLAIN), Optional.of(ONE)), "no key");
        Drafts otherKey = drafts(sealing(KeptAs.key(2)));
        assertEquals(List.of("LOCKED with a word", "SOUND"), checked(otherKey, Optional.of(ONE)));
        assertEquals(before, disk.list(FOLDER));
    }

    @Test
    void checkOfAllLooksAtDraftsAsWell() throws IOException {
        FileConversationStore store = store(Storage.PLAIN);
        ConversationId id = talk(store);
        store.drafts().keep(OLGA, id, "Dear neighbour");
        disk.put(onlyFile(), new byte[] {7});
        List<Maintenance.Finding> found = new ArrayList<>();

        maintenance(store, access(Storage.PLAIN)).check(Optional.of(id), found::add);

        assertEquals(
                List.of(Maintenance.Health.SOUND, Maintenance.Health.UNREADABLE),
                found.stream().map(Maintenance.Finding::health).toList());
        assertEquals(id.value(), found.get(1).conversation());
        assertEquals("people/drafts/" + onlyFile().getFileName(), found.get(1).file());
        assertEquals("plain", found.get(1).form());
    }

    @Test
    void rekeySealsWithTheNewKeyAloneWhatAnOlderOneSealed() throws IOException {
        List<FernetKey> both = List.of(KeptAs.key(2), KeptAs.key(1));
        KeyRing ring = KeptAs.ring(KeptAs.key(1));
        Storage sealing = new Storage(Storage.Gzip.OFF, Optional.of(ring), true, () -> both);
        try (FileConversationStore store = store(sealing);
                Access access = access(sealing)) {
            ConversationId id = talk(store);
            maintenance(store, access).rekey(step -> {});
            byte[] renewed = disk.bytes(onlyFile());
            Drafts withTheNew = drafts(sealing(KeptAs.key(2)));
            assertEquals(Optional.of("sesame " + id), text(withTheNew, OLGA, id));

            maintenance(store, access).rekey(step -> {});
            assertTrue(Arrays.equals(renewed, disk.bytes(onlyFile())), "what is so already stays as it is");
        }
    }

    @Test
    void draftThatCannotBeRemovedFailsThePurgeWhichCanBeBegunAgain() throws IOException {
        FailingDisk failing = new FailingDisk(disk);
        try (FileConversationStore store = new FileConversationStore(
                        failing,
                        DATA,
                        Storage.PLAIN,
                        Runnable::run,
                        Runnable::run,
                        clock,
                        new Random(4),
                        new NotedDamage());
                Access access = access(Storage.PLAIN)) {
            Maintenance maintenance = maintenance(store, access);
            ConversationId id = talk(store);
            maintenance.delete(id);
            failing.failOnceAt(1, "delete");
            assertThrows(IOException.class, () -> maintenance.purge(Optional.of(id), Instant.MAX, step -> {}));
            assertEquals(1, maintenance.trash().size(), "the file itself goes last");
            assertEquals(1, maintenance.purge(Optional.of(id), Instant.MAX, step -> {}));
            assertEquals(List.of(), disk.list(FOLDER));
        }
    }
}
