package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.CountingDisk;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a start finds that knows the files from an earlier one, of which some are no longer as they were. */
class StoreWithIndexTest {
    private static final Owner OLGA = new Owner("h:olga");

    private final CountingDisk disk = new CountingDisk(new FileDisk());
    private final HandClock clock = new HandClock();
    private final Random random = new Random(9);

    @TempDir
    Path data;

    private FileConversationStore store(KeptAs kept, Executor background) {
        return FileConversationStore.withIndex(
                disk, data, kept.storage(), Runnable::run, background, clock, random, new NotedDamage());
    }

    private FileConversationStore store() {
        return store(KeptAs.PLAIN, Runnable::run);
    }

    /** As another program would: the index hears nothing of it. */
    private FileConversationStore withoutIndex() {
        return new FileConversationStore(
                disk, data, KeptAs.PLAIN.storage(), Runnable::run, Runnable::run, clock, random, new NotedDamage());
    }

    private void say(StoredConversation conversation, String id, String parent, String text) {
        conversation
                .append(Message.user(id, Optional.ofNullable(parent), text, clock.instant(), Optional.empty()))
                .join();
    }

    private ConversationId talk(KeptAs kept) throws IOException {
        try (FileConversationStore store = store(kept, Runnable::run)) {
            StoredConversation conversation = store.create(OLGA, "web:1");
            say(conversation, "m1", null, "walrus one");
            return conversation.id();
        }
    }

    private Path file(ConversationId id) throws IOException {
        return KeptAs.file(
                disk, data.resolve("conversations").resolve(id.value().substring(24)), id.value());
    }

    private static List<Listing> list(FileConversationStore store) {
        return store.list(OLGA, List.of(), Optional.empty(), 10);
    }

    private static int found(FileConversationStore store, String words) {
        return store.search(OLGA, List.of(), words, 10).size();
    }

    @ParameterizedTest
    @EnumSource(KeptAs.class)
    void whatWasSaidIsListedAndFoundAfterTheNextStart(KeptAs kept) throws IOException {
        ConversationId id = talk(kept);
        try (FileConversationStore store = store(kept, Runnable::run)) {
            assertEquals("walrus one", store.find(id).orElseThrow().title());
            assertEquals(List.of(id), list(store).stream().map(Listing::id).toList());
            assertEquals(
                    List.of(Optional.empty(), Optional.of("m1")),
                    store.search(OLGA, List.of(), "walrus", 10).stream()
                            .map(hit -> hit.message())
                            .toList());
            assertEquals(Optional.of(id), store.find(OLGA, "web:1"));
        }
    }

    @Test
    void filesThatAreAsTheyWereAreNotRead() throws IOException {
        talk(KeptAs.PLAIN);
        disk.bytesRead();
        try (FileConversationStore store = store()) {
            assertEquals(1, list(store).size());
            assertEquals(0, disk.bytesRead());
        }
    }

    @Test
    void whatWasAddedMeanwhileIsReadOnTop() throws IOException {
        ConversationId id = talk(KeptAs.PLAIN);
        try (FileConversationStore other = withoutIndex()) {
            StoredConversation conversation = other.open(id).orElseThrow();
            say(conversation, "m2", "m1", "beluga two");
            conversation.append(new Entry.Title("Whales", clock.instant())).join();
        }
        try (FileConversationStore store = store()) {
            assertEquals("Whales", list(store).get(0).title());
            assertEquals(1, found(store, "beluga"));
            assertEquals(1, found(store, "walrus"));
            assertFalse(list(store).get(0).damaged());
        }
    }

    @Test
    void ofAnOlderFileInItsPlaceNothingLaterIsKept() throws IOException {
        ConversationId id = talk(KeptAs.PLAIN);
        byte[] older = Files.readAllBytes(file(id));
        try (FileConversationStore store = store()) {
            StoredConversation conversation = store.open(id).orElseThrow();
            say(conversation, "m2", "m1", "beluga two");
            conversation.append(new Entry.Title("Whales", clock.instant())).join();
        }
        Files.write(file(id), older);
        for (int start = 0; start < 2; start++) {
            try (FileConversationStore store = store()) {
                assertEquals("walrus one", list(store).get(0).title());
                assertEquals(0, found(store, "beluga"));
                assertEquals(2, found(store, "walrus"));
            }
        }
    }

    private static void touch(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
    }

    @Test
    void anotherFileOfTheSameSizeIsKnownByItsTime() throws IOException {
        ConversationId id = talk(KeptAs.PLAIN);
        byte[] torn = Files.readAllBytes(file(id));
        torn[torn.length - 20] ^= 1;
        FileTime time = Files.getLastModifiedTime(file(id));
        Files.write(file(id), torn);
        Files.setLastModifiedTime(file(id), time);
        touch(file(id));
        try (FileConversationStore store = store()) {
            assertEquals(Optional.of(""), store.find(id).map(Listing::title), "its last line is torn");
            assertEquals(0, found(store, "walrus"));
        }
    }

    @Test
    void whatIsGoneIsListedNoMore() throws IOException {
        ConversationId gone = talk(KeptAs.PLAIN);
        ConversationId kept = talk(KeptAs.PLAIN);
        Files.delete(file(gone));
        for (int start = 0; start < 2; start++) {
            try (FileConversationStore store = store()) {
                assertEquals(
                        List.of(kept), list(store).stream().map(Listing::id).toList());
                assertEquals(Optional.empty(), store.find(gone));
                assertEquals(2, found(store, "walrus"));
            }
        }
    }

    @Test
    void whatWasMovedToTheTrashByHandIsThere() throws IOException {
        ConversationId id = talk(KeptAs.PLAIN);
        Instant said = clock.instant();
        Files.createDirectories(data.resolve("trash"));
        Files.move(file(id), data.resolve("trash").resolve(id + ".jsonl"));
        try (FileConversationStore store = store()) {
            assertEquals(List.of(), list(store));
            assertEquals(
                    List.of(id), store.trash(OLGA, 10).stream().map(Listing::id).toList());
            assertEquals(Optional.of(said), store.deletedAt(id), "when it was last used, as it does not say");
            assertEquals(0, found(store, "walrus"));
        }
    }

    @Test
    void whatCanBeReadNoMoreStaysListedAndIsDamaged() throws IOException {
        ConversationId id = talk(KeptAs.PLAIN);
        Path file = file(id);
        touch(Files.move(file, file.resolveSibling(id + ".jsonl.fernet")));
        try (FileConversationStore store = store()) {
            assertTrue(list(store).get(0).damaged());
            assertEquals("walrus one", list(store).get(0).title());
        }
    }

    /** The sweep has not come to it yet, and is not waited for. */
    @Test
    void oneConversationIsFoundBeforeTheFilesAreLookedAt() throws IOException {
        ConversationId kept = talk(KeptAs.PLAIN);
        ConversationId deleted = talk(KeptAs.PLAIN);
        try (FileConversationStore store = store()) {
            store.delete(deleted);
        }
        try (Stream<Path> index = Files.list(data.resolve("index"))) {
            for (Path each : index.toList()) {
                Files.delete(each);
            }
        }
        HandExecutor background = new HandExecutor();
        try (FileConversationStore store = store(KeptAs.PLAIN, background)) {
            assertEquals("walrus one", store.find(kept).orElseThrow().title());
            assertEquals(Optional.empty(), store.findInTrash(kept));
            assertTrue(store.findInTrash(deleted).isPresent());
            assertEquals(Optional.empty(), store.find(deleted));
            assertEquals(Optional.empty(), store.find(ConversationId.create(clock.instant(), random)));
            assertTrue(background.waiting() > 0);
            background.runAll();
            assertEquals(1, list(store).size());
        }
    }

    @Test
    void aWrittenIndexIsThereAfterAKill() throws IOException {
        FileConversationStore store = store();
        StoredConversation conversation = store.create(OLGA, "web:1");
        say(conversation, "m1", null, "walrus one");
        store.writeIndex();
        Path copy = Files.createDirectory(data.resolve("killed"));
        try (Stream<Path> index = Files.list(data.resolve("index"))) {
            for (Path each : index.toList()) {
                Files.copy(each, copy.resolve(each.getFileName()));
            }
        }
        try (Catalog left = Catalog.open(disk, copy, Optional.empty(), Runnable::run)) {
            assertFalse(left.rebuilt());
            assertEquals(
                    "walrus one",
                    left.find(conversation.id()).orElseThrow().listing().title());
        }
        store.close();
    }

    @Test
    void conversationsWhoseReplyBrokeOffAreFoundUnlessTheyAreInTheTrash() throws IOException {
        ConversationId whole = reply(talk(KeptAs.PLAIN), true);
        ConversationId broken = reply(talk(KeptAs.PLAIN), false);
        ConversationId deleted = reply(talk(KeptAs.PLAIN), false);
        try (FileConversationStore store = store()) {
            store.delete(deleted);
        }
        List<ConversationId> unfinished = new ArrayList<>();
        try (FileConversationStore store = store()) {
            store.findUnfinished(unfinished::add);
            assertEquals(
                    Set.of(whole, broken), list(store).stream().map(Listing::id).collect(Collectors.toSet()));
        }
        assertEquals(List.of(broken), unfinished);
    }

    private ConversationId reply(ConversationId id, boolean whole) throws IOException {
        Entry.ReplyStarted start = new Entry.ReplyStarted("m2", "m1", "scripted", Optional.empty(), clock.instant());
        try (FileConversationStore store = store()) {
            StoredConversation conversation = store.open(id).orElseThrow();
            conversation.append(start).join();
            if (whole) {
                conversation
                        .append(Message.reply(start, List.of(), clock.instant(), Usage.NONE, Stop.COMPLETE, null))
                        .join();
            }
        }
        return id;
    }
}
