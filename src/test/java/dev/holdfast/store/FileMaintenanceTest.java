package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.store.Maintenance.Damage;
import dev.holdfast.store.Maintenance.Finding;
import dev.holdfast.store.Maintenance.Health;
import dev.holdfast.store.Maintenance.Outcome;
import dev.holdfast.store.Maintenance.Quarantined;
import dev.holdfast.store.Maintenance.Step;
import dev.holdfast.store.Maintenance.Trashed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator's commands do to the files; {@link RekeyTest} changes the keys. */
class FileMaintenanceTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Owner OLGA = new Owner("h:olga");
    private static final Owner PAUL = new Owner("h:paul");

    private final MemoryDisk disk = new MemoryDisk();
    private final FailingDisk failing = new FailingDisk(disk);
    private final HandClock clock = new HandClock();
    private final Random random = new Random(6);
    private final NotedDamage damage = new NotedDamage();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private FileConversationStore store;
    private Access access;
    private Outbox outbox;
    private Maintenance maintenance;

    @BeforeEach
    void openPlain() throws IOException {
        open(Storage.PLAIN);
    }

    private void open(Storage storage) throws IOException {
        store = new FileConversationStore(failing, DATA, storage, Runnable::run, Runnable::run, clock, random, damage);
        access = Access.open(failing, DATA, storage, Runnable::run, damage);
        outbox = Outbox.open(failing, DATA, storage, random);
        maintenance = store.maintenance(
                access,
                outbox,
                SignIns.open(failing, DATA, storage),
                Spending.open(failing, DATA, storage, Runnable::run, clock),
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

    private void reopen(Storage storage) throws IOException {
        store.close();
        access.close();
        open(storage);
    }

    private StoredConversation talk(int messages) throws IOException {
        StoredConversation conversation = store.create(OLGA, "web:1");
        for (int n = 1; n <= messages; n++) {
            Optional<String> parent = n == 1 ? Optional.empty() : Optional.of("m" + (n - 1));
            conversation
                    .append(Message.user("m" + n, parent, "Message " + n, clock.instant(), Optional.empty()))
                    .join();
        }
        return conversation;
    }

    /** A reply that came in pieces, and is complete. */
    private void reply(StoredConversation conversation, String id, String parent) {
        Entry.ReplyStarted start = new Entry.ReplyStarted(id, parent, "scripted", clock.instant());
        conversation.append(start).join();
        for (int i = 0; i < 10; i++) {
            conversation
                    .append(new Entry.Delta(id, 0, Block.Kind.TEXT, 7 * i, "pieces "))
                    .join();
        }
        List<Block> content = List.of(new Block.Text("pieces ".repeat(10)));
        conversation
                .append(Message.reply(start, content, clock.instant(), Usage.NONE, Stop.COMPLETE, null))
                .join();
    }

    private static Path folder(ConversationId id) {
        return DATA.resolve("conversations").resolve(id.value().substring(24));
    }

    private Path file(ConversationId id) throws IOException {
        return KeptAs.file(disk, folder(id), id.value());
    }

    private static String name(ConversationId id) {
        return "conversations/" + id.value().substring(24) + "/" + id + ".jsonl";
    }

    private static int texts(StoredConversation conversation) {
        return conversation.locked(transcript -> transcript.tree().path().size());
    }

    private void spoil(Path file, int position) {
        byte[] bytes = disk.bytes(file);
        bytes[position] = (byte) (bytes[position] == '#' ? '%' : '#');
        disk.put(file, bytes);
    }

    private List<Health> check(Optional<ConversationId> only) throws IOException {
        findings.clear();
        maintenance.check(only, findings::add);
        return findings.stream().map(Finding::health).toList();
    }

    private List<Outcome> repack(Optional<ConversationId> only) throws IOException {
        steps.clear();
        maintenance.repack(only, steps::add);
        return steps.stream().map(Step::outcome).toList();
    }

    private void link(ConversationId id, String hash) {
        Instant now = clock.instant();
        Access.Link link =
                new Access.Link(hash, Access.Kind.MAIL, id, OLGA, Optional.empty(), now, now.plus(Duration.ofDays(1)));
        access.add(link).join();
        access.grant(link, PAUL, now).join();
    }

    @Test
    void lettersAboutAPurgedConversationAreGoneAndAreNotWrittenAgain() throws IOException {
        ConversationId purged = talk(1).id();
        ConversationId other = talk(2).id();
        Outbox.Letter letter = outbox.add(purged, OLGA, "olga@example.org", clock.instant(), clock.instant());
        Outbox.Letter kept = outbox.add(other, OLGA, "olga@example.org", clock.instant(), clock.instant());
        maintenance.delete(purged);
        maintenance.purge(Optional.of(purged), Instant.MAX, steps::add);

        outbox.keep(letter.failed("It is away.", Optional.empty())); // It was under way.

        assertEquals(List.of(kept), outbox.letters());
        assertEquals(
                List.of(kept), Outbox.open(disk, DATA, Storage.PLAIN, random).letters());
    }

    @Test
    void repackingEncryptsLetters() throws IOException {
        outbox.add(talk(1).id(), OLGA, "olga@example.org", clock.instant(), clock.instant());
        reopen(KeptAs.SEALED.storage());
        maintenance.repack(Optional.empty(), steps::add);

        assertEquals(1, outbox.letters().size());
        List<Path> files = disk.list(DATA.resolve("people/outbox"));
        assertEquals(1, files.size(), files.toString());
        assertFalse(new String(disk.bytes(files.get(0)), StandardCharsets.UTF_8).contains("example.org"));
    }

    @Test
    void whatIsOpenOrNotOrInTheTrashIsCheckedAndTheLinksToo() throws IOException {
        StoredConversation open = talk(1);
        ConversationId released = talk(2).id();
        store.release(released);
        ConversationId deleted = talk(3).id();
        store.delete(deleted);
        assertEquals(List.of(Health.SOUND, Health.SOUND, Health.SOUND), check(Optional.empty()));
        assertTrue(findings.contains(
                new Finding(released.value(), name(released), Health.SOUND, "plain", 3, 0, List.of(), "")));
        assertTrue(findings.contains(new Finding(
                deleted.value(), "trash/" + deleted + ".jsonl", Health.SOUND, "plain", 5, 0, List.of(), "")));

        link(open.id(), "aa");
        assertEquals(4, check(Optional.empty()).size());
        Finding links = findings.get(3);
        assertEquals(new Finding("access", "people/access.jsonl", Health.SOUND, "plain", 3, 0, List.of(), ""), links);
        open.append(new Entry.Title("It goes on", clock.instant())).join();
    }

    private void put(String file, byte[] content) throws IOException {
        Path path = DATA.resolve("people").resolve(file);
        disk.createFolders(path.getParent());
        disk.put(path, content);
    }

    @Test
    void lettersSignInsAndWhatWasSpentAreCheckedToo() throws IOException {
        ConversationId one = talk(1).id();
        ConversationId other = talk(1).id();
        Outbox.Letter letter = outbox.add(one, OLGA, "olga@example.org", clock.instant(), clock.instant());
        String unreadable = "outbox/" + other + ".ff.json";
        put(unreadable, new byte[] {7});
        put("outbox/" + other + ".eml", new byte[] {7});
        put("signins/aa.json", "{\"_type\":\"link\"}".getBytes(StandardCharsets.UTF_8));
        put("signins/bb.json.fernet", new byte[] {7});
        put("spending/2026-11-20.json", "{\"day\":\"2026-11-21\",\"writes\":1}".getBytes(StandardCharsets.UTF_8));
        put(
                "spending/2026-11-21.json",
                "{\"day\":\"2026-11-21\",\"writes\":1,\"owners\":{}}".getBytes(StandardCharsets.UTF_8));
        put("spending/notes.json", "{}".getBytes(StandardCharsets.UTF_8));
        List<Path> before = disk.list(DATA.resolve("people/signins"));

        check(Optional.empty());
        Path people = DATA.resolve("people");
        assertEquals(
                Set.of(
                        small("outbox/" + letter.name() + ".json", Health.SOUND, "plain", ""),
                        small(
                                unreadable,
                                Health.UNREADABLE,
                                "plain",
                                people.resolve(unreadable)
                                        + " is no letter. Move it away, and have the link mailed again."),
                        small(
                                "signins/bb.json.fernet",
                                Health.LOCKED,
                                "sealed",
                                people.resolve("signins/bb.json.fernet")
                                        + " is encrypted, and no key was given. Give the key that it was written with."),
                        small(
                                "signins/aa.json",
                                Health.UNREADABLE,
                                "plain",
                                people.resolve("signins/aa.json")
                                        + " signs nobody in. Move it away, and sign in again."),
                        noDay("spending/2026-11-20.json"),
                        small("spending/2026-11-21.json", Health.SOUND, "plain", ""),
                        noDay("spending/notes.json")),
                Set.copyOf(findings.subList(2, findings.size())));
        assertEquals(before, disk.list(DATA.resolve("people/signins")));

        assertEquals(List.of(Health.SOUND, Health.SOUND), check(Optional.of(one)));
        assertEquals(List.of(Health.SOUND, Health.UNREADABLE), check(Optional.of(other)));
    }

    private static Finding noDay(String file) {
        return small(
                file,
                Health.UNREADABLE,
                "plain",
                DATA.resolve("people").resolve(file)
                        + " is no record of what was spent on that day. Move it away; then that day counts from nothing.");
    }

    private static Finding small(String file, Health health, String form, String sentence) {
        String name = file.substring(file.indexOf('/') + 1, file.indexOf('.'));
        return new Finding(
                name, "people/" + file, health, form, health == Health.SOUND ? 1 : 0, 0, List.of(), sentence);
    }

    @Test
    void whatIsRemovedMeanwhileIsNoFinding() throws IOException {
        put("signins/aa.json", new byte[] {7});
        put("signins/bb.json", new byte[] {7});
        List<String> found = new ArrayList<>();
        maintenance.check(Optional.empty(), finding -> {
            found.add(finding.conversation());
            remove(DATA.resolve("people/signins/bb.json"));
        });
        assertEquals(List.of("aa"), found);
    }

    @Test
    void whatNoKeyOpensKeepsNothingElseFromBeingWrittenAnew() throws IOException {
        put("outbox/one.json.fernet", new byte[] {7});
        put("signins/aa.json.fernet", new byte[] {7});
        put("spending/2026-11-20.json.fernet", new byte[] {7});
        put("signins/zz.json", new byte[] {8});
        put("spending/2026-11-21.json", new byte[] {8});
        List<FernetKey> keys = List.of(KeptAs.key(1));
        reopen(new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(KeptAs.key(1))), true, () -> keys));
        maintenance.repack(Optional.empty(), steps::add);
        maintenance.rekey(steps::add);
        for (String file : List.of("outbox/one", "signins/aa", "spending/2026-11-20")) {
            assertArrayEquals(new byte[] {7}, disk.bytes(DATA.resolve("people/" + file + ".json.fernet")));
        }
        for (String file : List.of("signins/zz", "spending/2026-11-21")) {
            assertFalse(disk.exists(DATA.resolve("people/" + file + ".json")), "sealed, though it cannot be read");
        }
    }

    @Test
    void whoNamesAConversationHearsOfThatOnly() throws IOException {
        ConversationId one = talk(1).id();
        talk(1);
        link(one, "aa");
        assertEquals(List.of(Health.SOUND), check(Optional.of(one)));
        assertEquals(one.value(), findings.get(0).conversation());
        ConversationId none = ConversationId.create(clock.instant(), random);
        assertEquals(List.of(), check(Optional.of(none)));
        assertEquals(List.of(), repack(Optional.of(none)));
    }

    @Test
    void damageIsFoundWithItsPlaceAndListedUntilItIsMended() throws IOException {
        StoredConversation conversation = talk(1);
        ConversationId id = conversation.id();
        int two = disk.bytes(file(id)).length;
        conversation.append(new Entry.Title("Spoiled", clock.instant())).join();
        int three = disk.bytes(file(id)).length;
        conversation.append(new Entry.Title("Sound", clock.instant())).join();
        byte[] sound = disk.bytes(file(id));
        spoil(file(id), two + 10);

        assertEquals(List.of(Health.DAMAGED), check(Optional.empty()));
        List<Damage> found = findings.get(0).damage();
        assertEquals(1, found.size());
        assertEquals(new Damage(3, two, three - two, found.get(0).sentence()), found.get(0));
        assertTrue(store.find(id).orElseThrow().damaged());

        disk.put(file(id), sound);
        assertEquals(List.of(Health.SOUND), check(Optional.empty()));
        assertFalse(store.find(id).orElseThrow().damaged());
    }

    @Test
    void aTornEndIsToldAndNotCutOff() throws IOException {
        ConversationId id = talk(1).id();
        store.release(id);
        byte[] torn = Arrays.copyOf(disk.bytes(file(id)), disk.bytes(file(id)).length + 3);
        disk.put(file(id), torn);
        assertEquals(List.of(Health.HEALED), check(Optional.empty()));
        assertEquals(3, findings.get(0).tornBytes());
        assertArrayEquals(torn, disk.bytes(file(id)));
        assertEquals(List.of(), maintenance.quarantined());

        reopen(Storage.PLAIN);
        store.open(id).orElseThrow();
        assertEquals(List.of(Health.SOUND), check(Optional.empty()));
        List<Quarantined> kept = maintenance.quarantined();
        assertEquals(1, kept.size());
        assertEquals(3, kept.get(0).bytes());
        assertTrue(
                kept.get(0).file().startsWith("quarantine/" + id), kept.get(0).file());
    }

    private static byte[] firstLine(String version) {
        String body = "{\"_type\":\"metadata\",\"format\":\"" + version + "\",\"seq\":0";
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        String line = body + ",\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anotherProgramsFileIsUncheckedAndOfALaterVersionUnreadable() throws IOException {
        ConversationId foreign = ConversationId.create(clock.instant(), random);
        ConversationId later = ConversationId.create(clock.instant(), random);
        disk.createFolders(folder(foreign));
        disk.createFolders(folder(later));
        Path theirs = folder(foreign).resolve(foreign + ".jsonl");
        disk.put(theirs, "{\"role\":\"user\",\"content\":\"Hello\"}\n".getBytes(StandardCharsets.UTF_8));
        disk.put(folder(later).resolve(later + ".jsonl"), firstLine("holdfast/9"));
        reopen(Storage.PLAIN);

        assertEquals(List.of(Health.UNCHECKED), check(Optional.of(foreign)));
        assertEquals(1, findings.get(0).lines());
        assertEquals(List.of(Health.UNREADABLE), check(Optional.of(later)));
        Finding unreadable = findings.get(0);
        assertEquals(name(later), unreadable.file());
        assertEquals("plain", unreadable.form());
        assertTrue(unreadable.sentence().contains("does not know; it reads holdfast/1"), unreadable.sentence());
        assertEquals(List.of(Outcome.REFUSED), repack(Optional.of(later)));
        assertEquals(unreadable.sentence(), steps.get(0).sentence());
    }

    @Test
    void whatNoKeyOpensIsLockedAndNotRepacked() throws IOException {
        reopen(KeptAs.SEALED.storage());
        ConversationId id = talk(1).id();
        Path file = file(id);
        byte[] before = disk.bytes(file);
        Storage other = new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(KeptAs.key(2))), false, List::of);
        reopen(other);
        assertEquals(List.of(Health.LOCKED), check(Optional.empty()));
        assertEquals("sealed", findings.get(0).form());
        assertEquals(List.of(Outcome.REFUSED), repack(Optional.empty()));
        assertTrue(
                steps.get(0).sentence().contains("no key opens"), steps.get(0).sentence());
        assertArrayEquals(before, disk.bytes(file));
    }

    @Test
    void whatIsRemovedWhileOthersAreCheckedIsPassedOver() throws IOException {
        List<ConversationId> ids = List.of(talk(1).id(), talk(1).id());
        ids.forEach(store::release);
        maintenance.check(Optional.empty(), first -> {
            findings.add(first);
            ids.stream().filter(id -> !id.value().equals(first.conversation())).forEach(this::remove);
        });
        assertEquals(1, findings.size());
    }

    private void remove(ConversationId id) {
        try {
            remove(file(id));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void remove(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void repackingDropsThePiecesOfCompleteRepliesAndIsWorthItOnce() throws IOException {
        StoredConversation conversation = talk(1);
        reply(conversation, "m2", "m1");
        ConversationId id = conversation.id();
        long before = disk.bytes(file(id)).length;
        assertEquals(List.of(Outcome.DONE), repack(Optional.empty()));
        long after = disk.bytes(file(id)).length;
        assertEquals(List.of(new Step(id.value(), Outcome.DONE, "", before, after)), steps);
        assertTrue(after < before / 2, after + " of " + before);
        assertEquals(List.of(Outcome.UNCHANGED), repack(Optional.of(id)));
        assertEquals(List.of(new Step(id.value(), Outcome.UNCHANGED, "", after, after)), steps);

        conversation.append(new Entry.Title("It goes on", clock.instant())).join();
        reopen(Storage.PLAIN);
        assertEquals(2, texts(store.open(id).orElseThrow()));
        assertEquals("It goes on", store.find(id).orElseThrow().title());
    }

    @Test
    void whatTheDiskRefusesIsToldAndTheConversationGoesOn() throws IOException {
        StoredConversation conversation = talk(1);
        reply(conversation, "m2", "m1");
        failing.failOnceAt(1, "create");
        assertEquals(List.of(Outcome.REFUSED), repack(Optional.empty()));
        assertEquals("injected failure of create", steps.get(0).sentence());
        conversation.append(new Entry.Title("It goes on", clock.instant())).join();
        assertEquals(List.of(Outcome.DONE), repack(Optional.empty()));

        link(conversation.id(), "aa");
        maintenance.delete(conversation.id());
        failing.failOnceAt(1, "create");
        IOException refused =
                assertThrows(IOException.class, () -> purge(Optional.of(conversation.id()), clock.instant()));
        assertEquals("injected failure of create", refused.getMessage());
        assertEquals(1, maintenance.trash().size(), "the file itself goes last");
        assertEquals(1, purge(Optional.of(conversation.id()), clock.instant()));
    }

    @Test
    void repackingBringsFilesIntoTheFormInWhichTheyRest() throws IOException {
        ConversationId id = talk(12).id();
        ConversationId deleted = talk(1).id();
        store.delete(deleted);
        reopen(KeptAs.GZIP_WHEN_PAUSED.storage());
        assertEquals(List.of(Outcome.DONE, Outcome.DONE), repack(Optional.empty()));
        assertEquals(JournalForm.GZIP, JournalForm.of(file(id)));
        assertTrue(disk.exists(DATA.resolve("trash/" + deleted + ".jsonl.gz")));
        assertEquals(List.of(Outcome.UNCHANGED), repack(Optional.of(id)));

        StoredConversation conversation = store.open(id).orElseThrow();
        for (int n = 0; n < 12; n++) {
            conversation.append(new Entry.Title("Title " + n, clock.instant())).join();
        }
        assertEquals(List.of(Outcome.DONE), repack(Optional.of(id)), "what was said since is in small pieces");
        assertEquals(12, texts(conversation));
    }

    @Test
    void aListThatWasMadeAnewKnowsWhatItKnew() throws IOException {
        StoredConversation open = talk(2);
        ConversationId released = talk(3).id();
        store.release(released);
        ConversationId deleted = talk(1).id();
        store.delete(deleted);
        assertEquals(3, maintenance.reindex());
        assertEquals(2, store.list(OLGA, List.of(), Optional.empty(), 10).size());
        assertEquals(
                List.of(deleted),
                store.trash(OLGA, 10).stream().map(each -> each.id()).toList());
        assertEquals(
                2,
                store.search(OLGA, List.of(), "message 2", 10).stream()
                        .filter(hit -> hit.message().equals(Optional.of("m2")))
                        .count());
        assertEquals("Message 1", store.find(open.id()).orElseThrow().title());
    }

    @Test
    void theTrashIsListedTheLastDeletedFirst() throws IOException {
        ConversationId first = talk(1).id();
        ConversationId second = talk(2).id();
        assertEquals(List.of(), maintenance.trash());
        maintenance.delete(first);
        Instant early = clock.instant();
        clock.advance(Duration.ofDays(1));
        maintenance.delete(second);
        List<Trashed> trash = maintenance.trash();
        long bytes = disk.bytes(DATA.resolve("trash/" + second + ".jsonl")).length;
        assertEquals(new Trashed(second, "Message 1", clock.instant(), bytes), trash.get(0));
        assertEquals(first, trash.get(1).id());
        assertEquals(early, trash.get(1).deletedAt());
        maintenance.restore(second);
        assertEquals(1, maintenance.trash().size());
        assertEquals(2, texts(store.open(second).orElseThrow()));
    }

    @Test
    void whatIsNotThereCanBeNeitherDeletedNorRestored() throws IOException {
        ConversationId id = talk(1).id();
        IOException notInTrash = assertThrows(IOException.class, () -> maintenance.restore(id));
        assertEquals("There is no such conversation in the trash.", notInTrash.getMessage());
        maintenance.delete(id);
        IOException inTrash = assertThrows(IOException.class, () -> maintenance.delete(id));
        assertEquals("There is no such conversation outside the trash.", inTrash.getMessage());
    }

    private long purge(Optional<ConversationId> only, Instant before) throws IOException {
        steps.clear();
        return maintenance.purge(only, before, steps::add);
    }

    @Test
    void onlyWhatWasDeletedBeforeIsPurgedUnlessItIsNamed() throws IOException {
        ConversationId kept = talk(1).id();
        ConversationId old = talk(1).id();
        maintenance.delete(old);
        clock.advance(Duration.ofDays(2));
        Instant limit = clock.instant();
        ConversationId fresh = talk(1).id();
        maintenance.delete(fresh);
        long bytes = disk.bytes(DATA.resolve("trash/" + old + ".jsonl")).length;

        assertEquals(1, purge(Optional.empty(), limit));
        assertEquals(List.of(new Step(old.value(), Outcome.DONE, "", bytes, 0)), steps);
        assertEquals(Optional.empty(), store.findInTrash(old));
        assertEquals(
                List.of(fresh), maintenance.trash().stream().map(Trashed::id).toList());

        assertEquals(0, purge(Optional.of(kept), Instant.MAX));
        assertEquals(List.of(), steps);
        assertEquals(1, purge(Optional.of(fresh), limit));
        assertEquals(List.of(), maintenance.trash());
        assertEquals(1, texts(store.open(kept).orElseThrow()));
    }

    @Test
    void nothingOfWhatWasPurgedIsLeftAndAllOfTheOthers() throws IOException {
        ConversationId gone = talk(1).id();
        ConversationId kept = talk(1).id();
        link(gone, "gone-hash");
        link(kept, "kept-hash");
        access.revoke("gone-hash", clock.instant()).join();
        link(gone, "another-gone");
        for (String folder : List.of("quarantine", "people/outbox")) {
            disk.createFolders(DATA.resolve(folder));
            disk.put(DATA.resolve(folder).resolve(gone + ".jsonl.1"), new byte[] {1});
            disk.put(DATA.resolve(folder).resolve(kept + ".jsonl.1"), new byte[] {1});
        }
        maintenance.delete(gone);
        assertEquals(1, purge(Optional.of(gone), clock.instant()));

        MemoryDisk afterPowerCut = disk.crash(3);
        for (String folder : List.of("quarantine", "people/outbox")) {
            assertEquals(List.of(DATA.resolve(folder).resolve(kept + ".jsonl.1")), disk.list(DATA.resolve(folder)));
            assertFalse(afterPowerCut.exists(DATA.resolve(folder).resolve(gone + ".jsonl.1")));
        }
        assertEquals(List.of(), disk.list(DATA.resolve("trash")));
        assertEquals(List.of(), afterPowerCut.list(DATA.resolve("trash")));
        assertEquals(Optional.empty(), access.link("another-gone"));
        assertFalse(access.granted(gone, PAUL));
        assertTrue(access.link("kept-hash").isPresent());
        assertTrue(access.granted(kept, PAUL));
        String links = new String(disk.bytes(DATA.resolve("people/access.jsonl")), StandardCharsets.UTF_8);
        assertFalse(links.contains("gone") || links.contains(gone.value()), links);
        assertTrue(links.contains("kept-hash"), links);
    }
}
