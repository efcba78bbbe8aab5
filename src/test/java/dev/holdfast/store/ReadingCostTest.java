package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.CountingDisk;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.store.StoredConversation.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a conversation's file is read to show a part of it: no more the longer it is. */
@Tag("slow")
@Timeout(1_800)
@ParameterizedClass
@EnumSource(KeptAs.class)
class ReadingCostTest {
    /** Most bytes that are read to show 50 messages. */
    private static final long MOST = 256 << 10;

    /** The same for a page far back. Where it lies is searched for, and in a packed file each look is at 128 KiB of lines. */
    private static final long MOST_FAR_BACK = 1_280 << 10;

    /** About 400 tokens a turn. */
    private static final int ASKED_CHARACTERS = 300;

    private static final int REPLY_CHARACTERS = 1_300;
    private static final int PAGE = 50;
    private static final Usage USAGE = new Usage(8_000, 400, 0, 0);
    private static final Owner OLGA = new Owner("h:olga");

    private final HandClock clock = new HandClock();
    private final CountingDisk disk = new CountingDisk(new FileDisk());
    private final Random random = new Random(12);
    private final ConversationId id = ConversationId.create(clock.instant(), random);

    @TempDir
    Path data;

    @Parameter
    KeptAs kept;

    private FileConversationStore store() {
        return new FileConversationStore(
                disk, data, kept.storage(), Runnable::run, Runnable::run, clock, random, new NotedDamage());
    }

    private String text(int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(Integer.toString(random.nextInt(20_000), 36)).append(' ');
        }
        return text.toString();
    }

    /** As a store would have written it; replies came in pieces. Many lines are written together, to be done sooner. */
    private void talk(int messages) throws IOException {
        Path folder = data.resolve("conversations").resolve(id.value().substring(24));
        Files.createDirectories(folder);
        HandExecutor io = new HandExecutor();
        Journals journals = new Journals(
                disk, data.resolve("quarantine"), io, kept.storage().codec());
        Header header = new Header(id, OLGA, "web:1", clock.instant());
        JournalForm form = kept.storage().whenNew(true);
        Journal journal = journals.create(form.file(folder, id.value()), header.write());
        for (int n = 1; n <= messages; n += 2) {
            turn(journal, n);
            if ((n + 1) % 16 == 0) {
                append(journal, checkpoint(n + 1));
            }
            if (n % 400 == 399 || form != JournalForm.PLAIN) {
                io.runAll(); // Sealed and packed, what is written together is smaller than it would be.
            }
        }
        journal.closed();
        io.runAll();
    }

    private static void append(Journal journal, Entry entry) {
        journal.append(EntryJson.write(entry), entry instanceof Entry.Delta ? Durability.WRITTEN : Durability.FORCED);
    }

    private void turn(Journal journal, int n) {
        Optional<String> parent = n == 1 ? Optional.empty() : Optional.of("m" + (n - 1));
        append(
                journal,
                Message.user("m" + n, parent, text(ASKED_CHARACTERS), clock.instant(), Optional.of("key " + n)));
        Entry.ReplyStarted start = new Entry.ReplyStarted("m" + (n + 1), "m" + n, "scripted", clock.instant());
        append(journal, start);
        String reply = text(REPLY_CHARACTERS);
        for (int at = 0; at < reply.length(); at += REPLY_CHARACTERS / 4) {
            String piece = reply.substring(at, Math.min(reply.length(), at + REPLY_CHARACTERS / 4));
            append(journal, new Entry.Delta(start.id(), 0, Block.Kind.TEXT, at, piece));
        }
        List<Block> content = List.of(new Block.Text(reply));
        append(journal, Message.reply(start, content, clock.instant(), USAGE, Stop.COMPLETE, null));
    }

    private Entry.Checkpoint checkpoint(int n) {
        return new Entry.Checkpoint(
                "m" + n,
                Optional.of("A long talk"),
                "",
                n / 2,
                new Usage(USAGE.input() * n / 2, USAGE.output() * n / 2, 0, 0),
                Spent.NOTHING,
                n,
                Overlay.NONE,
                Map.of(),
                Map.of(),
                clock.instant(),
                clock.instant());
    }

    private long cost(String what, int messages) {
        long read = disk.bytesRead();
        System.out.printf("reading cost, %s, %,d messages: %s %,d bytes%n", kept, messages, what, read);
        return read;
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_600})
    void aPartIsShownAtTheSameCostHoweverLongTheConversation(int messages) throws IOException {
        show(messages);
    }

    @Tag("faults")
    @Test
    void aPartIsShownAtTheSameCostAfterTwoHundredThousandMessages() throws IOException {
        show(200_000);
    }

    private void show(int messages) throws IOException {
        talk(messages);
        open(messages, "as it was written");
        try (FileConversationStore store = store()) {
            store.open(id).orElseThrow().rest().join();
        }
        if (kept.storage().gzip() != Storage.Gzip.OFF) {
            open(messages, "packed");
        }
    }

    private void open(int messages, String how) throws IOException {
        try (FileConversationStore store = store()) {
            store.find(id).orElseThrow();
            disk.bytesRead();
            StoredConversation conversation = store.open(id).orElseThrow();
            long opened = cost("opened " + how, messages);
            assertTrue(opened <= MOST, () -> opened + " bytes");
            List<Message> path =
                    conversation.locked(transcript -> transcript.tree().path());
            assertTrue(path.size() >= PAGE);
            assertEquals("m" + messages, path.get(path.size() - 1).id());
            assertEquals(messages / 2, (int) conversation.locked(Transcript::exchanges));
            for (int far : List.of(messages / 2, messages / 7 + 1)) {
                turnBack(conversation, messages, far, how);
            }
        }
    }

    /** Where an older page lies is looked for once; from there on each is next to the one before. */
    private void turnBack(StoredConversation conversation, int messages, int far, String how) throws IOException {
        Page page = conversation.before("m" + far, PAGE);
        assertEquals("m" + Math.max(1, far - PAGE), page.messages().get(0).id());
        if (page.more()) {
            disk.bytesRead();
            Page next = conversation.before(page.messages().get(0).id(), PAGE);
            long turned = cost("turned a page at message " + far + " " + how, messages);
            assertTrue(turned <= MOST_FAR_BACK, () -> turned + " bytes");
            assertEquals(
                    "m" + Math.max(1, far - 2 * PAGE), next.messages().get(0).id());
        }
    }
}
