package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.Maintenance.Outcome;
import dev.holdfast.store.Maintenance.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A change of keys while the program runs. */
class RekeyTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Owner OLGA = new Owner("h:olga");
    private static final Maintenance.Moves NONE = new Maintenance.Moves() {
        @Override
        public void delete(ConversationId id) {
            throw new AssertionError("nothing is moved");
        }

        @Override
        public void restore(ConversationId id) {
            throw new AssertionError("nothing is moved");
        }
    };

    private final MemoryDisk disk = new MemoryDisk();
    private final HandClock clock = new HandClock();
    private final NotedDamage damage = new NotedDamage();
    private final List<Step> steps = new ArrayList<>();
    /** What stands in the key file. */
    private List<FernetKey> given = List.of(KeptAs.key(1));

    private FileConversationStore store(Storage storage) {
        return new FileConversationStore(
                disk, DATA, storage, Runnable::run, Runnable::run, clock, new Random(4), damage);
    }

    private Access access(Storage storage) throws IOException {
        return Access.open(disk, DATA, storage, Runnable::run, damage);
    }

    private Storage sealed(FernetKey... keys) {
        return new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(keys)), true, () -> given);
    }

    private StoredConversation talk(FileConversationStore store) throws IOException {
        StoredConversation conversation = store.create(OLGA, "web:1");
        conversation
                .append(Message.user("m1", Optional.empty(), "Hello", clock.instant(), Optional.empty()))
                .join();
        return conversation;
    }

    private static byte[] lines(byte[]... lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
            all.write('\n');
        }
        return all.toByteArray();
    }

    private List<Outcome> rekey(Maintenance maintenance) throws IOException {
        steps.clear();
        maintenance.rekey(steps::add);
        return steps.stream().map(Step::outcome).toList();
    }

    private Maintenance maintenance(FileConversationStore store, Access access, Storage storage) throws IOException {
        return store.maintenance(
                access,
                Outbox.open(disk, DATA, storage, new Random(5)),
                SignIns.open(disk, DATA, storage),
                spending(storage),
                NONE);
    }

    private Spending spending(Storage storage) throws IOException {
        return Spending.open(disk, DATA, storage, Runnable::run, clock);
    }

    @Test
    void whatWasSpentIsSealedAnewAndGoesOnBeingCounted() throws IOException {
        Storage storage = sealed(KeptAs.key(1));
        try (FileConversationStore store = store(storage);
                Access access = access(storage)) {
            Spending spending = spending(storage);
            spend(spending, OLGA, "m", new Usage(7, 0, 0, 0));
            assertEquals(0, spending(sealed(KeptAs.key(2))).today().tokens());
            given = List.of(KeptAs.key(2), KeptAs.key(1));
            rekey(maintenance(store, access, storage));

            assertEquals(7, spending(sealed(KeptAs.key(2))).today().tokens());
            spend(spending, OLGA, "m", new Usage(1, 0, 0, 0));
            assertEquals(8, spending(sealed(KeptAs.key(2))).today().tokens());
        }
    }

    @Test
    void lettersAreSealedAnewAsTheyAreNow() throws IOException {
        Storage storage = sealed(KeptAs.key(1));
        try (FileConversationStore store = store(storage);
                Access access = access(storage)) {
            ConversationId id = talk(store).id();
            Outbox outbox = Outbox.open(disk, DATA, storage, new Random(5));
            Outbox.Letter letter = outbox.add(id, OLGA, "olga@example.org", clock.instant(), clock.instant());
            outbox.keep(letter.failed("It is away.", Optional.empty()));
            given = List.of(KeptAs.key(2), KeptAs.key(1));
            rekey(store.maintenance(access, outbox, SignIns.open(disk, DATA, storage), spending(storage), NONE));

            assertEquals(
                    outbox.letters(),
                    Outbox.open(disk, DATA, sealed(KeptAs.key(2)), new Random(5))
                            .letters());
            assertEquals(1, outbox.letters().get(0).tries());
        }
    }

    @Test
    void whatIsSealedIsSealedAnewAndTheOldKeyIsNeededNoMore() throws Exception {
        Storage storage = sealed(KeptAs.key(1));
        KeyRing old = KeptAs.ring(KeptAs.key(1));
        byte[] noToken = "no token".getBytes(StandardCharsets.UTF_8);
        byte[] cut = "cut off".getBytes(StandardCharsets.UTF_8);
        Path quarantined = DATA.resolve("quarantine/one.fernet");
        Path mail = DATA.resolve("people/outbox/one.eml.fernet");
        List<ConversationId> ids = new ArrayList<>();
        try (FileConversationStore store = store(storage);
                Access access = access(storage)) {
            StoredConversation open = talk(store);
            ConversationId closed = talk(store).id();
            store.release(closed);
            ids.addAll(List.of(open.id(), closed));
            Access.Link link = new Access.Link(
                    "hash",
                    Access.Kind.CODE,
                    closed,
                    OLGA,
                    Optional.empty(),
                    clock.instant(),
                    clock.instant().plus(Duration.ofDays(1)));
            access.add(link).join();
            disk.createFolders(quarantined.getParent());
            disk.createFolders(mail.getParent());
            disk.put(quarantined, lines(old.seal(cut), noToken));
            disk.put(mail, old.seal(cut));

            given = List.of(KeptAs.key(2), KeptAs.key(1));
            Maintenance maintenance = maintenance(store, access, storage);
            assertEquals(List.of(Outcome.DONE, Outcome.DONE), rekey(maintenance));
            assertEquals(List.of(Outcome.UNCHANGED, Outcome.UNCHANGED), rekey(maintenance));
            open.append(new Entry.Title("It goes on", clock.instant())).join();
            assertEquals(2, store.list(OLGA, List.of(), Optional.empty(), 10).size());
        }
        assertEquals(List.of(), damage.notes());

        Storage renewed = sealed(KeptAs.key(2));
        try (FileConversationStore store = store(renewed);
                Access access = access(renewed)) {
            for (ConversationId id : ids) {
                StoredConversation found = store.open(id).orElseThrow();
                int messages =
                        found.locked(transcript -> transcript.tree().path().size());
                assertEquals(1, messages);
            }
            assertEquals("It goes on", store.open(ids.get(0)).orElseThrow().title());
            assertTrue(access.link("hash").isPresent());
        }
        KeyRing fresh = KeptAs.ring(KeptAs.key(2));
        assertArrayEquals(cut, fresh.openWholeFile(disk.bytes(mail)));
        List<String> kept = new String(disk.bytes(quarantined), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertArrayEquals(cut, fresh.open(kept.get(0).getBytes(StandardCharsets.UTF_8)));
        assertEquals("no token", kept.get(1), "nobody can seal it anew");
    }

    @Test
    void keysWithoutTheOneInUseAreRefusedAndNothingIsDone() throws IOException {
        Storage storage = sealed(KeptAs.key(1));
        try (FileConversationStore store = store(storage);
                Access access = access(storage)) {
            talk(store);
            given = List.of(KeptAs.key(2));
            IOException refused = assertThrows(IOException.class, () -> rekey(maintenance(store, access, storage)));
            assertEquals(
                    "The keys were not changed: the key in use is not among the keys: keep it below the new one until"
                            + " all is sealed anew.",
                    refused.getMessage());
            assertEquals(List.of(), steps);
            talk(store);
        }
        try (FileConversationStore again = store(storage)) {
            assertEquals(2, again.list(OLGA, List.of(), Optional.empty(), 10).size());
        }
    }

    @Test
    void whereNothingIsEncryptedThereIsNoKeyToChange() throws IOException {
        Storage opens = new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(KeptAs.key(1))), false, () -> given);
        for (Storage storage : List.of(Storage.PLAIN, opens)) {
            try (FileConversationStore store = store(storage);
                    Access access = access(storage)) {
                IOException refused = assertThrows(IOException.class, () -> rekey(maintenance(store, access, storage)));
                assertEquals(
                        "Nothing is encrypted: there is no key to change. Set encryption.key-file and start, then"
                                + " repack.",
                        refused.getMessage());
            }
        }
    }

    @Test
    void aConversationThatNoKeyOpensIsRefusedAndTheOthersAreDone() throws IOException {
        ConversationId locked;
        try (FileConversationStore store = store(sealed(KeptAs.key(3)))) {
            locked = talk(store).id();
        }
        clock.advance(Duration.ofDays(1));
        Storage storage = sealed(KeptAs.key(1));
        try (FileConversationStore store = store(storage);
                Access access = access(storage)) {
            ConversationId sound = store.create(OLGA, "web:2").id();
            given = List.of(KeptAs.key(2), KeptAs.key(1));
            rekey(maintenance(store, access, storage));
            assertEquals(2, steps.size());
            for (Step step : steps) {
                boolean isSound = step.conversation().equals(sound.value());
                assertEquals(isSound ? Outcome.DONE : Outcome.REFUSED, step.outcome());
                assertEquals(isSound, step.sentence().isEmpty());
                assertTrue(isSound || step.conversation().equals(locked.value()));
            }
        }
    }

    private static void spend(Spending spending, Owner owner, String model, Usage used) {
        spending.reserve(owner, model, used, (ofOwner, inAll) -> {}).join().settle(used);
    }
}
