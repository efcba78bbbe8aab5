package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of a conversation's file while it is open, and moves. */
class EarlierPartTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final int MESSAGES = 200;

    private final MemoryDisk memory = new MemoryDisk();
    private final HandClock clock = new HandClock();
    /** Run one by one when a file is about to be opened for reading. */
    private final Deque<Runnable> beforeReading = new ArrayDeque<>();

    private StoredConversation conversation;

    private Disk disk() {
        return (Disk) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Disk.class}, (p, method, args) -> {
                    if (method.getName().equals("openToRead") && !beforeReading.isEmpty()) {
                        beforeReading.remove().run();
                    }
                    try {
                        return method.invoke(memory, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private FileConversationStore store() {
        return new FileConversationStore(
                disk(),
                DATA,
                KeptAs.GZIP_WHEN_PAUSED.storage(),
                Runnable::run,
                Runnable::run,
                clock,
                new Random(8),
                new NotedDamage());
    }

    /** Half of it is in memory, and its file takes another form as soon as it is read. */
    @BeforeEach
    void openAtItsNewestPart() throws IOException {
        FileConversationStore store = store();
        StoredConversation talk = store.create(new Owner("h:olga"), "web:1");
        ConversationId id = talk.id();
        for (int n = 1; n <= MESSAGES; n++) {
            Optional<String> parent = n == 1 ? Optional.empty() : Optional.of("m" + (n - 1));
            talk.append(Message.user("m" + n, parent, "word " + n, clock.instant(), Optional.of("key " + n)))
                    .join();
        }
        store.close();
        conversation = store().open(id).orElseThrow();
        long begin = conversation.locked(Transcript::begin);
        assertTrue(begin > 0);
        beforeReading.add(() -> conversation.rest().join());
    }

    private void assertPacked() throws IOException {
        assertTrue(beforeReading.isEmpty());
        Path folder =
                DATA.resolve("conversations").resolve(conversation.id().value().substring(24));
        assertTrue(KeptAs.file(memory, folder, conversation.id().value())
                .toString()
                .endsWith(".gz"));
    }

    @Test
    void aPageIsReadWhileTheFileTakesAnotherForm() throws IOException {
        List<Message> page = conversation.before("m100", 10).messages();
        assertEquals(10, page.size());
        assertEquals("word 90", page.get(0).text());
        assertPacked();
    }

    @Test
    void aMessageIsReadWhileTheFileTakesAnotherForm() throws IOException {
        assertEquals("word 7", conversation.message("m7").orElseThrow().text());
        assertPacked();
    }

    @Test
    void sendKeysAreRecalledWhileTheFileTakesAnotherForm() throws IOException {
        conversation.recallSendKeys();
        assertEquals("m7", conversation.sent("key 7").orElseThrow().messageId());
        assertPacked();
    }

    @Test
    void moreIsTakenIntoMemoryWhileTheFileTakesAnotherForm() throws IOException {
        conversation.reachMessage(Optional.of("m7"));
        List<Message> all = conversation.locked(transcript -> transcript.tree().all());
        assertEquals(MESSAGES, all.size());
        assertPacked();
    }
}
