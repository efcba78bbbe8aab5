package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A conversation that is held on a disk that fails, what was asked of the store and what it acknowledged; and the rule for
 * what may be found afterwards: acknowledged ⊆ recovered ⊆ submitted, in order, no duplicates, and it can be written to
 * again. Of a reply that was cut off: all text that was acknowledged, and none that was not submitted.
 */
final class StoreLedger {
    static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Owner OLGA = new Owner("h:olga");
    private static final Instant AT = Instant.parse("2026-11-21T05:31:00Z");

    private final KeptAs kept;
    private final List<Entry> submitted = new ArrayList<>();
    private final Set<Entry> acknowledged = new HashSet<>();
    private final Random ids = new Random(6);
    private ConversationId created;
    private boolean deleted;
    private String streamed = "";
    private int streamedSafely;
    private int failures;

    StoreLedger(KeptAs kept) {
        this.kept = kept;
    }

    static FileConversationStore store(Disk disk, KeptAs kept, Random random) throws IOException {
        Clock clock = Clock.fixed(AT, ZoneOffset.UTC);
        return new FileConversationStore(
                disk, DATA, kept.storage(), Runnable::run, Runnable::run, clock, random, new NotedDamage());
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    int failures() {
        return failures;
    }

    /**
     * Two turns of a conversation in each of some processes. After a failure goes on as the program would.
     *
     * @param processes in the last of them the conversation is in the trash for a while
     */
    void work(Disk disk, int processes, Runnable betweenTurns) {
        for (int turn = 1; turn <= processes; turn++) {
            try (FileConversationStore store = store(disk, kept, ids)) {
                StoredConversation conversation = begun(store);
                turn(conversation, turn);
                betweenTurns.run();
                turn(conversation, 10 + turn);
                conversation.rest();
                if (turn == processes) {
                    moveToTheTrashAndBack(store);
                }
            } catch (IOException e) {
                failures++; // The next opening shows what is there.
            }
        }
    }

    private void moveToTheTrashAndBack(FileConversationStore store) throws IOException {
        deleted = true;
        store.delete(created);
        store.restore(created);
        deleted = false;
    }

    private StoredConversation begun(FileConversationStore store) throws IOException {
        if (created == null) {
            StoredConversation conversation = store.create(OLGA, "web:1");
            created = conversation.id();
            return conversation;
        }
        return found(store);
    }

    /** It may be in the trash only if that is where it was sent, and nobody was told that it is back. */
    private StoredConversation found(FileConversationStore store) throws IOException {
        Optional<StoredConversation> there = store.open(created);
        if (there.isEmpty() && deleted) {
            assertEquals(created, store.findInTrash(created).orElseThrow().id());
            store.restore(created);
            there = store.open(created);
        }
        return there.orElseThrow();
    }

    private void turn(StoredConversation conversation, int number) {
        Optional<String> parent =
                conversation.locked(transcript -> transcript.tree().head().map(Message::id));
        String asked = conversation.newMessageId();
        append(conversation, Message.user(asked, parent, "Question " + number, AT, Optional.of("k" + number)));
        String id = conversation.newMessageId();
        Entry.ReplyStarted start = new Entry.ReplyStarted(id, asked, "scripted", AT);
        streamed = "";
        streamedSafely = 0;
        append(conversation, start);
        for (int i = 0; i < 3; i++) {
            streamed += "piece " + i + " of " + number + ", ";
            int length = streamed.length();
            String unsaved = streamed.substring(streamedSafely);
            conversation
                    .append(new Entry.Delta(id, 0, Block.Kind.TEXT, streamedSafely, unsaved))
                    .thenAccept(seq -> streamedSafely = length);
        }
        if (number % 2 == 1) {
            List<Block> content = List.of(new Block.Text(streamed));
            append(conversation, Message.reply(start, content, AT, Usage.NONE, Stop.COMPLETE, null));
            append(conversation, new Entry.Title("Title " + number, AT));
        }
    }

    private void append(StoredConversation conversation, Entry entry) {
        submitted.add(entry);
        conversation.append(entry).whenComplete((seq, failure) -> {
            if (failure == null) {
                acknowledged.add(entry);
            } else {
                failures++;
            }
        });
    }

    /** Opens what was left, writes to it, and opens it once more after another power cut. */
    void check(MemoryDisk disk, long seed) throws IOException {
        if (created == null) {
            return;
        }
        Message more = Message.user("m1000", Optional.empty(), "Still there?", AT, Optional.empty());
        List<Entry> found;
        try (FileConversationStore store = store(disk, kept, new Random(7))) {
            for (Listing listing : store.list(OLGA, List.of(), Optional.empty(), 1000)) {
                assertTrue(listing.id().equals(created) || listing.title().isEmpty(), "the rest of a failed making");
            }
            StoredConversation conversation = found(store);
            found = entries(conversation);
            check(found);
            assertEquals(Optional.empty(), conversation.locked(Transcript::openReply), "it is settled");
            checkListed(store, conversation);
            conversation.append(more).join();
        }
        try (FileConversationStore store = store(disk.crash(seed), kept, new Random(8))) {
            List<Entry> again = entries(found(store));
            assertEquals(found, again.subList(0, again.size() - 1));
            assertEquals(more, again.get(again.size() - 1));
        }
    }

    private static void checkListed(FileConversationStore store, StoredConversation conversation) {
        Listing listing = ((FileConversation) conversation).listing();
        assertEquals(Optional.of(listing), store.find(conversation.id()));
        assertEquals(
                !listing.title().isEmpty(),
                store.list(OLGA, List.of(), Optional.empty(), 1000).contains(listing),
                "it is listed if something was said");
    }

    private static List<Entry> entries(StoredConversation conversation) {
        return conversation.locked(transcript -> transcript.eventsAfter(0).stream()
                .map(Transcript.Numbered::entry)
                .toList());
    }

    private void check(List<Entry> found) {
        int at = 0;
        Set<Entry> recovered = new HashSet<>();
        for (Entry entry : found) {
            if (entry instanceof Message message && message.stop() == Stop.INTERRUPTED) {
                checkCutOff(message, recovered);
                continue;
            }
            int next = submitted.subList(at, submitted.size()).indexOf(entry);
            assertTrue(next >= 0, () -> "in order, once, and submitted: " + entry);
            at += next + 1;
            recovered.add(entry);
        }
        for (Entry entry : acknowledged) {
            assertTrue(recovered.contains(entry), () -> "acknowledged and lost: " + entry);
        }
    }

    private void checkCutOff(Message message, Set<Entry> recovered) {
        Entry.ReplyStarted start = recovered.stream()
                .filter(Entry.ReplyStarted.class::isInstance)
                .map(Entry.ReplyStarted.class::cast)
                .filter(reply -> reply.id().equals(message.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a reply that nobody began: " + message));
        boolean newest = submitted.stream()
                .filter(Entry.ReplyStarted.class::isInstance)
                .reduce((older, newer) -> newer)
                .orElseThrow()
                .equals(start);
        if (newest) {
            assertTrue(streamed.startsWith(message.text()), () -> "not what was streamed: " + message.text());
            assertTrue(message.text().length() >= streamedSafely, () -> "text was lost: " + message.text());
        }
    }
}
