package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.HandClock;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.DiskFile;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.journal.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store of files does on any disk, however it keeps them. */
@ParameterizedClass
@EnumSource(KeptAs.class)
abstract class StoreContract {
    static final Owner OLGA = new Owner("h:olga");
    static final Owner PAUL = new Owner("h:paul");

    final HandClock clock = new HandClock();
    final NotedDamage damage = new NotedDamage();
    private final Random random = new Random(5);

    @Parameter
    KeptAs kept;

    FileConversationStore store;

    abstract Disk disk();

    abstract Path data();

    @BeforeEach
    void open() throws IOException {
        store = new FileConversationStore(
                disk(), data(), kept.storage(), Runnable::run, Runnable::run, clock, random, damage);
    }

    /** As a new process would. */
    void reopen() throws IOException {
        store.close();
        open();
    }

    StoredConversation create() throws IOException {
        return store.create(OLGA, "web:1");
    }

    StoredConversation opened(ConversationId id) throws IOException {
        return store.open(id).orElseThrow();
    }

    Message said(String id, String parent, String text) {
        return Message.user(id, Optional.ofNullable(parent), text, clock.instant(), Optional.empty());
    }

    Entry.ReplyStarted begun() {
        return new Entry.ReplyStarted("m2", "m1", "scripted", clock.instant());
    }

    static Entry.Delta delta(int at, String text) {
        return new Entry.Delta("m2", 0, Block.Kind.TEXT, at, text);
    }

    static void append(StoredConversation conversation, Entry... entries) {
        for (Entry entry : entries) {
            conversation.append(entry).join();
        }
    }

    static List<String> texts(StoredConversation conversation) {
        return conversation.locked(transcript ->
                transcript.tree().path().stream().map(Message::text).toList());
    }

    private Path folder(ConversationId id) {
        return data().resolve("conversations").resolve(id.value().substring(24));
    }

    /** Its only file. */
    Path file(ConversationId id) throws IOException {
        return KeptAs.file(disk(), folder(id), id.value());
    }

    byte[] bytes(Path file) throws IOException {
        return WholeFile.read(disk(), file, 1 << 20);
    }

    void write(Path file, byte[] bytes, long position) throws IOException {
        try (DiskFile opened = disk().open(file)) {
            opened.writeFully(ByteBuffer.wrap(bytes), position);
        }
    }

    /** Spoils a byte of a file that is not open. */
    private void spoil(Path file, long position) throws IOException {
        write(file, new byte[] {(byte) (bytes(file)[(int) position] == '#' ? '%' : '#')}, position);
    }

    private List<JsonObject> lines(ConversationId id) throws IOException {
        List<JsonObject> lines = new ArrayList<>();
        kept.reading(disk()).read(file(id), line -> lines.add(line.json()), damage);
        return lines;
    }

    @Test
    void aNewConversationIsEmptyAndItsOwners() throws IOException {
        StoredConversation created = create();
        assertEquals(OLGA, created.owner());
        assertEquals("web:1", created.channelKey());
        assertEquals(clock.instant(), created.createdAt());
        assertEquals("", created.title());
        assertEquals(List.of(), texts(created));
        assertEquals("m1", created.newMessageId());
        assertFalse(created.damaged());
    }

    @Test
    void aConversationIsOneFileNamedByItsId() throws IOException {
        ConversationId id = create().id();
        JournalForm form = kept == KeptAs.GZIP_WHEN_PAUSED ? JournalForm.PLAIN : kept.atRest();
        assertEquals(form.file(folder(id), id.value()), file(id));
        assertEquals(
                "{\"_type\":\"metadata\",\"format\":\"holdfast/1\",\"generation\":1,"
                        + "\"channel_key\":\"web:1\",\"created_at\":\"2026-11-21T05:31:00Z\",\"owner\":\"h:olga\"}",
                lines(id).get(0).toString());
        String raw = new String(bytes(file(id)), StandardCharsets.UTF_8);
        assertEquals(form == JournalForm.PLAIN, raw.startsWith("{\"_type\":\"metadata\",\"format\":\"holdfast/1\","));
        assertEquals(form == JournalForm.PLAIN, raw.contains("olga"));
    }

    @Test
    void whatWasAppendedIsFoundAgain() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"), begun(), delta(0, "Hi"));
        append(
                created,
                Message.reply(begun(), List.of(new Block.Text("Hi")), clock.instant(), Usage.NONE, Stop.COMPLETE, null),
                new Entry.Title("Greetings", clock.instant()),
                new Entry.Queued("m3", "And?", clock.instant(), Optional.of("k3")));
        List<Transcript.Numbered> before = created.locked(transcript -> transcript.eventsAfter(0));
        reopen();
        StoredConversation again = opened(created.id());
        assertEquals(before, again.locked(transcript -> transcript.eventsAfter(0)));
        assertEquals(List.of("Hello", "Hi"), texts(again));
        assertEquals("And?", again.locked(Transcript::queued).get(0).text());
        assertEquals("Greetings", again.title());
        assertEquals(created.owner(), again.owner());
        assertEquals(created.channelKey(), again.channelKey());
        assertEquals(created.createdAt(), again.createdAt());
        assertEquals("m4", again.newMessageId());
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void theListenerHearsEachEntryOnceItIsInTheTranscript() throws IOException {
        StoredConversation created = create();
        List<String> heard = new ArrayList<>();
        created.listen((seq, entry) -> heard.add(seq + " " + created.locked(Transcript::lastSeq)));
        append(created, said("m1", null, "Hello"), begun(), delta(0, "Hi"));
        assertEquals(List.of("1 1", "2 2", "3 3"), heard);
    }

    @Test
    void theNumbersOfPlaceholdersGoOnBehindThoseInTheFile() throws IOException {
        StoredConversation created = create();
        assertEquals(Map.of(), created.placeholders());
        append(created, said("m1", null, "Write to <EMAIL_0> or <EMAIL_3>"));
        assertEquals(Map.of("EMAIL", 4), created.placeholders());
        reopen();
        assertEquals(Map.of("EMAIL", 4), opened(created.id()).placeholders());
    }

    @Test
    void openingTwiceGivesTheSameConversation() throws IOException {
        StoredConversation created = create();
        assertSame(created, opened(created.id()));
        store.release(created.id());
        StoredConversation again = opened(created.id());
        assertNotSame(created, again);
        assertSame(again, opened(created.id()));
    }

    @Test
    void aReleasedConversationTakesNothingMore() throws IOException {
        StoredConversation created = create();
        store.release(created.id());
        store.release(created.id());
        CompletionException refused =
                assertThrows(CompletionException.class, () -> append(created, said("m1", null, "Too late")));
        assertEquals(
                file(created.id()) + " is closed. Open the conversation again.",
                refused.getCause().getMessage());
        assertEquals(List.of(), texts(opened(created.id())));
    }

    @Test
    void anUnknownIdIsNoConversation() throws IOException {
        ConversationId id = ConversationId.create(clock.instant(), random);
        assertEquals(Optional.empty(), store.open(id));
        assertEquals(Optional.empty(), store.find(id));
        assertEquals(List.of(), disk().list(folder(id)));
    }

    @Test
    void aReplyThatWasCutOffIsClosedWithExactlyItsText() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"), begun(), delta(0, "Nice to meet"), delta(12, " you, Ol"));
        clock.advance(Duration.ofMinutes(5));
        reopen();
        StoredConversation again = opened(created.id());
        Message closed = again.locked(transcript -> transcript.tree().head()).orElseThrow();
        assertEquals("Nice to meet you, Ol", closed.text());
        assertEquals(Stop.INTERRUPTED, closed.stop());
        assertEquals("m2", closed.id());
        assertEquals(Optional.of("m1"), closed.parent());
        assertEquals(clock.instant(), closed.timestamp());
        assertEquals(Optional.empty(), again.locked(Transcript::openReply));
        long lines = again.locked(Transcript::lastSeq);
        reopen();
        assertEquals(lines, opened(created.id()).locked(Transcript::lastSeq), "it is closed once");
    }

    @Test
    void aTornEndIsHealedAndGoneOnWith() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"));
        int whole = bytes(file(created.id())).length;
        append(created, said("torn", "m1", "torn"));
        reopen();
        try (DiskFile file = disk().open(file(created.id()))) {
            file.truncate(whole + 30);
        }
        StoredConversation again = opened(created.id());
        assertFalse(again.damaged());
        assertEquals(List.of("healed 30"), damage.notes());
        append(again, said("m2", "m1", "More"));
        reopen();
        assertEquals(List.of("Hello", "More"), texts(opened(created.id())));
    }

    @Test
    void damageInTheMiddleIsSkippedSaidAndListed() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "One"));
        int two = bytes(file(created.id())).length;
        append(created, said("m2", "m1", "Two"));
        int three = bytes(file(created.id())).length;
        append(created, said("m3", "m2", "Three"));
        store.close();
        spoil(file(created.id()), (two + three) / 2);
        open();
        assertTrue(store.find(created.id()).orElseThrow().damaged(), "by the sweep");
        StoredConversation again = opened(created.id());
        assertEquals(List.of("One", "Three"), texts(again));
        assertTrue(again.damaged());
        assertTrue(list(OLGA).get(0).damaged());
        append(again, said("m4", "m3", "Four"));
        reopen();
        assertEquals(List.of("One", "Three", "Four"), texts(opened(created.id())));
    }

    /** Its line may have been refused while what hangs on it was taken. */
    @Test
    void aMessageWhoseParentIsLostIsDamageWhoeverFindsIt() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "One"), said("m3", "m2", "Three"));
        store.close();
        open();
        assertTrue(list(OLGA).get(0).damaged(), "by the sweep");
        assertTrue(opened(created.id()).damaged());
        assertEquals(List.of("One", "Three"), texts(opened(created.id())));
    }

    @Test
    void damageThatIsFoundWhenItIsOpenedIsListed() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "One"));
        int two = bytes(file(created.id())).length;
        append(created, said("m2", "m1", "Two"), said("m3", "m2", "Three"));
        store.release(created.id());
        assertFalse(list(OLGA).get(0).damaged());
        spoil(file(created.id()), two + 20);
        assertTrue(opened(created.id()).damaged());
        assertTrue(list(OLGA).get(0).damaged());
        store.release(created.id());
        assertTrue(list(OLGA).get(0).damaged(), "nor is it forgotten");
    }

    @Test
    void aFileWhoseFirstLineIsDamagedIsNeverTakenForAnEmptyOneNorChanged() throws IOException {
        StoredConversation created = create();
        int first = bytes(file(created.id())).length;
        append(created, said("m1", null, "Hello"));
        store.close();
        spoil(file(created.id()), first / 2);
        byte[] before = bytes(file(created.id()));
        open();
        for (int i = 0; i < 2; i++) {
            IOException refused = assertThrows(IOException.class, () -> store.open(created.id()));
            assertEquals(
                    file(created.id()) + ": its first line does not say whose conversation it is",
                    refused.getMessage());
        }
        assertEquals(new String(before), new String(bytes(file(created.id()))));
        assertEquals(Optional.empty(), store.find(created.id()), "nobody knows whose it is");
    }

    @Test
    @Tag("slow")
    void aMessageTheFileCannotHoldIsInNeitherFileNorMemory() throws IOException {
        StoredConversation created = create();
        String large = "x".repeat(16 << 20);
        assertThrows(CompletionException.class, () -> append(created, said("m1", null, large)));
        assertEquals(List.of(), texts(created));
        append(created, said("m2", null, "Small"));
        reopen();
        assertEquals(List.of("Small"), texts(opened(created.id())));
    }

    List<Listing> list(Owner owner) {
        return store.list(owner, List.of(), Optional.empty(), 1000);
    }

    private List<ConversationId> listed(Owner owner) {
        return list(owner).stream().map(Listing::id).toList();
    }

    @Test
    void whatTheSweepFindsIsWhatTheCatalogSaidLive() throws IOException {
        List<Listing> live = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            StoredConversation one = store.create(i % 3 == 0 ? PAUL : OLGA, "web:" + i);
            for (int n = 1; n <= i % 4; n++) {
                clock.advance(Duration.ofMinutes(random.nextInt(10)));
                append(one, said("m" + n, n == 1 ? null : "m" + (n - 1), "Message " + n + " of " + i));
            }
            if (i % 5 == 0) {
                append(one, new Entry.Title("Named " + i, clock.instant()));
            }
            live.add(store.find(one.id()).orElseThrow());
        }
        List<Listing> olgas = list(OLGA);
        List<Listing> pauls = list(PAUL);
        assertEquals(10, olgas.size(), "of 13, in 3 of which nothing was said");
        assertEquals(6, pauls.size(), "of 7, in 1 of which nothing was said");
        reopen();
        assertEquals(olgas, list(OLGA));
        assertEquals(pauls, list(PAUL));
        for (Listing listing : live) {
            Owner other = listing.owner().equals(OLGA) ? PAUL : OLGA;
            assertEquals(Optional.of(listing), store.find(listing.id()));
            assertEquals(Optional.of(listing.id()), store.find(listing.owner(), listing.channelKey()));
            assertEquals(Optional.empty(), store.find(other, listing.channelKey()));
        }
    }

    @Test
    void theListIsOnesOwnTheMostRecentFirst() throws IOException {
        StoredConversation first = create();
        append(first, said("m1", null, "Hello"));
        clock.advance(Duration.ofSeconds(1));
        StoredConversation second = store.create(OLGA, "web:2");
        append(second, said("m1", null, "And?"));
        clock.advance(Duration.ofSeconds(1));
        append(store.create(PAUL, "web:1"), said("m1", null, "Mine"));
        assertEquals(List.of(second.id(), first.id()), listed(OLGA));
        clock.advance(Duration.ofSeconds(1));
        append(first, said("m2", "m1", "Once more"));
        assertEquals(List.of(first.id(), second.id()), listed(OLGA));
        assertEquals("Hello", list(OLGA).get(0).title());
        assertEquals(List.of(), listed(new Owner("h:nobody")));
    }

    @Test
    void whereNothingWasSaidIsNotListedAndFoundAllTheSame() throws IOException {
        StoredConversation created = create();
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(), listed(OLGA));
            assertEquals(Optional.of(created.id()), store.find(OLGA, "web:1"));
            assertEquals("", store.find(created.id()).orElseThrow().title());
            reopen();
        }
        append(opened(created.id()), said("m1", null, "Hello"));
        assertEquals(List.of(created.id()), listed(OLGA));
    }

    @Test
    void whatDoesNotBelongThereHidesNoConversation() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"));
        ConversationId id = created.id();
        store.close();
        disk().create(data().resolve("conversations/.DS_Store")).close();
        disk().create(folder(id).resolve("notes.txt")).close();
        disk().create(folder(id).resolve("NOT-AN-ID.jsonl")).close();
        disk().createFolders(folder(id).resolve("folder.jsonl"));
        disk().createFolders(data().resolve("conversations/zz/01j0000000aaaaaaaaaaaaaazz.jsonl"));
        open();
        assertEquals(List.of(id), listed(OLGA));
        assertTrue(store.find(id).isPresent());
    }

    /** A turn whose reply came in pieces. */
    private void turn(StoredConversation conversation) {
        Optional<String> head =
                conversation.locked(transcript -> transcript.tree().head().map(Message::id));
        String asked = conversation.newMessageId();
        String id = conversation.newMessageId();
        Entry.ReplyStarted start = new Entry.ReplyStarted(id, asked, "scripted", clock.instant());
        append(conversation, said(asked, head.orElse(null), "Question " + asked), start);
        for (int i = 0; i < 4; i++) {
            append(conversation, new Entry.Delta(id, 0, Block.Kind.TEXT, 7 * i, "pieces "));
        }
        List<Block> content = List.of(new Block.Text("pieces ".repeat(4)));
        append(conversation, Message.reply(start, content, clock.instant(), Usage.NONE, Stop.COMPLETE, null));
    }

    private long deltas(ConversationId id) throws IOException {
        return lines(id).stream()
                .filter(line ->
                        line.has("_type") && line.get("_type").getAsString().equals("delta"))
                .count();
    }

    @Test
    void whatRestsHoldsTheSameInItsFormAndGoesOn() throws IOException {
        StoredConversation created = create();
        for (int i = 0; i < 12; i++) {
            turn(created);
        }
        assertEquals(48, deltas(created.id()));
        List<Transcript.Numbered> before = created.locked(transcript -> transcript.eventsAfter(0));
        created.rest().join();
        assertEquals(kept.atRest(), JournalForm.of(file(created.id())));
        boolean rewritten = kept != KeptAs.PLAIN && kept != KeptAs.SEALED;
        assertEquals(rewritten ? 0 : 48, deltas(created.id()));
        turn(created);
        reopen();
        assertEquals(kept.atRest(), JournalForm.of(file(created.id())));
        StoredConversation again = opened(created.id());
        List<Transcript.Numbered> after = again.locked(transcript -> transcript.eventsAfter(0));
        assertEquals(before, after.subList(0, before.size()));
        assertEquals(26, texts(again).size());
        assertFalse(again.damaged());
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void whatRestsAlreadyIsNotWrittenAgain() throws IOException {
        StoredConversation created = create();
        for (int i = 0; i < 12; i++) {
            turn(created);
        }
        created.rest().join();
        byte[] packed = bytes(file(created.id()));
        created.rest().join();
        assertArrayEquals(packed, bytes(file(created.id())));
    }

    @Test
    void aRunningReplyKeepsItsPiecesWhileItRests() throws IOException {
        StoredConversation created = create();
        turn(created);
        append(
                created,
                said("m3", "m2", "More"),
                new Entry.ReplyStarted("m4", "m3", "scripted", clock.instant()),
                new Entry.Delta("m4", 0, Block.Kind.TEXT, 0, "Half a "));
        created.rest().join();
        append(created, new Entry.Delta("m4", 0, Block.Kind.TEXT, 7, "word"));
        reopen();
        List<String> texts = texts(opened(created.id()));
        assertEquals("Half a word", texts.get(3));
    }

    private Path inTrash(ConversationId id) throws IOException {
        return KeptAs.file(disk(), data().resolve("trash"), id.value());
    }

    private List<ConversationId> trash(Owner owner) {
        return store.trash(owner, 1000).stream().map(Listing::id).toList();
    }

    @Test
    void whatWasDeletedIsInTheTrashAndNowhereElse() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"));
        store.delete(created.id());
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.empty(), store.open(created.id()));
            assertEquals(Optional.empty(), store.find(created.id()));
            assertEquals(Optional.empty(), store.find(OLGA, "web:1"));
            assertEquals(List.of(), listed(OLGA));
            assertEquals(List.of(created.id()), trash(OLGA));
            assertEquals(List.of(), trash(PAUL));
            assertEquals("Hello", store.findInTrash(created.id()).orElseThrow().title());
            assertTrue(disk().exists(inTrash(created.id())));
            assertEquals(List.of(), disk().list(folder(created.id())));
            reopen();
        }
        assertThrows(CompletionException.class, () -> append(created, said("m2", "m1", "Too late")));
    }

    @Test
    void theTrashKnowsWhenEachCameThere() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"));
        clock.advance(Duration.ofDays(40));
        store.delete(created.id());
        Instant deleted = clock.instant();
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofDays(1));
            assertEquals(Optional.of(deleted), store.deletedAt(created.id()));
            reopen();
        }
        store.restore(created.id());
        assertEquals(Optional.empty(), store.deletedAt(created.id()));
        clock.advance(Duration.ofDays(1));
        store.delete(created.id());
        assertEquals(Optional.of(clock.instant()), store.deletedAt(created.id()));
    }

    @Test
    void whatIsTakenOutOfTheTrashIsAsItWas() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"), new Entry.Title("Greetings", clock.instant()));
        Listing before = store.find(created.id()).orElseThrow();
        store.delete(created.id());
        reopen();
        store.restore(created.id());
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(before), list(OLGA));
            assertEquals(List.of(), trash(OLGA));
            assertEquals(Optional.of(created.id()), store.find(OLGA, "web:1"));
            StoredConversation again = opened(created.id());
            assertEquals(List.of("Hello"), texts(again));
            assertEquals("m2", again.newMessageId());
            reopen();
        }
        append(opened(created.id()), said("m2", "m1", "More"));
        reopen();
        assertEquals(List.of("Hello", "More"), texts(opened(created.id())));
    }

    private List<String> found(Owner owner, String words) {
        return store.search(owner, List.of(), words, 10).stream()
                .map(hit -> hit.listing().id().value())
                .distinct()
                .toList();
    }

    @Test
    void whatIsGivenIsTheOthersInEveryRespectAndGoesOn() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "A lighthouse"));
        StoredConversation thrown = store.create(OLGA, "web:2");
        append(thrown, said("m1", null, "Old things"));
        store.delete(thrown.id());
        ConversationId none = ConversationId.create(clock.instant(), random);

        for (ConversationId id : List.of(created.id(), thrown.id(), none)) {
            store.give(id, PAUL);
        }

        for (int i = 0; i < 2; i++) {
            assertEquals(PAUL, opened(created.id()).owner());
            assertEquals(PAUL, store.find(created.id()).orElseThrow().owner());
            assertEquals(List.of(), list(OLGA));
            assertEquals(List.of(created.id()), listed(PAUL));
            assertEquals(List.of(thrown.id()), trash(PAUL));
            assertEquals(List.of(), trash(OLGA));
            assertEquals(Optional.of(created.id()), store.find(PAUL, "web:1"));
            assertEquals(Optional.empty(), store.find(OLGA, "web:1"));
            assertEquals(List.of("A lighthouse"), texts(opened(created.id())));
            assertEquals(List.of(created.id().value()), found(PAUL, "lighthouse"));
            assertEquals(List.of(), found(OLGA, "lighthouse"));
            reopen();
        }
        assertThrows(CompletionException.class, () -> append(created, said("m2", "m1", "Too late")));
        append(opened(created.id()), said("m2", "m1", "More"));
        reopen();
        assertEquals(List.of("A lighthouse", "More"), texts(opened(created.id())));
        store.restore(thrown.id());
        assertEquals(PAUL, opened(thrown.id()).owner());
    }

    /** The list may be older than the file: the process ended between the two. */
    @Test
    void aFileThatSaysAnotherOwnerThanTheListIsBelieved() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "A lighthouse"));
        store.writeIndex();
        store.close();
        kept.reading(disk())
                .rewrite(
                        file(created.id()),
                        kept.storage().atRest().beginning(first -> Header.given(first, PAUL)),
                        damage);
        open();
        assertEquals(List.of(created.id()), listed(PAUL));
        assertEquals(List.of(), list(OLGA));
        assertEquals(List.of(), found(OLGA, "lighthouse"));
    }

    @Test
    void whatNoKeyOpensOrNobodyMayChangeIsNotGiven() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"));
        store.close();
        byte[] before = bytes(file(created.id()));
        write(file(created.id()), new byte[before.length], 0);
        open();
        assertThrows(IOException.class, () -> store.give(created.id(), PAUL));
        assertEquals(before.length, bytes(file(created.id())).length, "nor touched");
    }

    @Test
    void movingWhatIsNotThereDoesNothing() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"));
        ConversationId none = ConversationId.create(clock.instant(), random);
        store.delete(none);
        store.restore(none);
        store.restore(created.id());
        assertEquals(List.of("Hello"), texts(created));
        store.delete(created.id());
        store.delete(created.id());
        assertEquals(List.of(created.id()), trash(OLGA));
    }

    @Test
    void aReplyThatWasRunningWhenItWasDeletedIsClosedWithItsTextWhenItComesBack() throws IOException {
        StoredConversation created = create();
        append(created, said("m1", null, "Hello"), begun(), delta(0, "Nice to"));
        store.delete(created.id());
        store.restore(created.id());
        StoredConversation again = opened(created.id());
        assertEquals(List.of("Hello", "Nice to"), texts(again));
        assertEquals(Optional.empty(), again.locked(Transcript::openReply));
    }

    /** What cannot be read can be moved out of the way, and back. */
    @Test
    void whatIsDamagedCanBeDeletedAndTakenBackAsItIs() throws IOException {
        StoredConversation created = create();
        int first = bytes(file(created.id())).length;
        append(created, said("m1", null, "Hello"));
        store.release(created.id());
        spoil(file(created.id()), first / 2);
        byte[] before = bytes(file(created.id()));
        store.delete(created.id());
        assertArrayEquals(before, bytes(inTrash(created.id())));
        store.restore(created.id());
        assertArrayEquals(before, bytes(file(created.id())));
    }
}
