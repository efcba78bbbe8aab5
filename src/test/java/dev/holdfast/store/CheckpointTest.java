package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a conversation says in a line what everything so far amounts to: at rest, and not too seldom. */
class CheckpointTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final int MESSAGES_A_CHECKPOINT = 16;

    private final FailingDisk disk = new FailingDisk(new MemoryDisk());
    private final HandExecutor io = new HandExecutor();
    private final HandClock clock = new HandClock();
    private final List<Integer> checkpoints = new ArrayList<>();
    private FileConversationStore store;
    private StoredConversation conversation;
    private int messages;

    @BeforeEach
    void begin() throws IOException {
        store = new FileConversationStore(
                disk, DATA, Storage.PLAIN, io, Runnable::run, clock, new Random(4), new NotedDamage());
        conversation = store.create(new Owner("h:olga"), "web:1");
        conversation.listen((seq, entry) -> {
            if (entry instanceof Entry.Checkpoint) {
                checkpoints.add(messages);
            }
        });
    }

    @AfterEach
    void end() {
        io.runAll();
    }

    private void say(int more) {
        for (int i = 0; i < more; i++) {
            Optional<String> parent = messages == 0 ? Optional.empty() : Optional.of("m" + messages);
            messages++;
            conversation.append(Message.user("m" + messages, parent, "Hello", clock.instant(), Optional.empty()));
        }
    }

    @Test
    void oneIsDueAfterEveryFewMessages() {
        for (int i = 0; i < 3 * MESSAGES_A_CHECKPOINT - 1; i++) {
            say(1);
            io.runAll();
        }
        assertEquals(List.of(MESSAGES_A_CHECKPOINT, 2 * MESSAGES_A_CHECKPOINT), checkpoints);
    }

    @Test
    void noneIsMadeWhileMoreIsOnItsWayToTheDisk() {
        say(2 * MESSAGES_A_CHECKPOINT);
        assertEquals(List.of(), checkpoints);
        io.runAll();
        assertEquals(List.of(2 * MESSAGES_A_CHECKPOINT), checkpoints);
    }

    @Test
    void whatCouldNotBeWrittenIsOnItsWayNoMore() {
        say(MESSAGES_A_CHECKPOINT - 1);
        io.runAll();
        disk.failOnceAt(1, "write");
        conversation.append(new Entry.Title("Not written", clock.instant()));
        io.runAll();
        say(1);
        io.runAll();
        assertEquals(List.of(MESSAGES_A_CHECKPOINT), checkpoints);
    }

    @Test
    void noneIsMadeWhileAReplyIsRunningOrSomethingWaits() {
        say(MESSAGES_A_CHECKPOINT - 1);
        Entry.ReplyStarted start = new Entry.ReplyStarted("m90", "m" + messages, "scripted", clock.instant());
        conversation.append(start);
        say(1);
        io.runAll();
        assertEquals(List.of(), checkpoints);
        conversation.append(new Entry.Queued("m91", "And?", clock.instant(), Optional.empty()));
        List<Block> content = List.of(new Block.Text("Hi"));
        conversation.append(Message.reply(start, content, clock.instant(), Usage.NONE, Stop.COMPLETE, null));
        io.runAll();
        assertEquals(List.of(), checkpoints);
        conversation.append(Message.user("m91", Optional.of("m90"), "And?", clock.instant(), Optional.empty()));
        io.runAll();
        assertEquals(List.of(messages), checkpoints);
    }
}
