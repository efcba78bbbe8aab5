package dev.holdfast.store;

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
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a conversation's file while it is open, and moves. */
class EarlierPartTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final int MESSAGES = 200;

    private final MemoryDisk memory = new MemoryDisk();
    private final HandClock clock = new HandClock();
    private final Random random = new Random(8);
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
                random,
                new NotedDamage());
    }

    /** @param parent of the message with that number */
    private StoredConversation talk(IntFunction<String> parent) throws IOException {
        ConversationId id;
        try (FileConversationStore store = store()) {
            StoredConversation talk = store.create(new Owner("h:olga"), "web:1");
            id = talk.id();
            for (int n = 1; n <= MESSAGES; n++) {
                Optional<String> before = Optional.ofNullable(parent.apply(n));
                talk.append(Message.user("m" + n, before, "word " + n, clock.instant(), Optional.of("key " + n)))
                        .join();
            }
        }
        return store().open(id).orElseThrow();
    }

    /** Half of it is in memory, and its file takes another form as soon as it is read. */
    @BeforeEach
    void openAtItsNewestPart() throws IOException {
        conversation = talk(n -> n == 1 ? null : "m" + (n - 1));
        long begin = conversation.locked(Transcript::begin);
        assertTrue(begin > 0);
        beforeReading.add(() -> conversation.rest().join());
    }

    private void assertPacked() throws IOException {
        assertTrue(beforeReading.isEmpty());
        assertTrue(file().toString().endsWith(".gz"));
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
    void messagesHereAndThereAreReadWhileTheFileTakesAnotherForm() throws IOException {
        Map<String, Message> found = conversation.messages(Set.of("m7", "m199", "m777"));
        assertEquals(Set.of("m7", "m199"), found.keySet());
        assertEquals("word 7", found.get("m7").text());
        assertEquals("word 199", found.get("m199").text());
        assertPacked();
    }

    @Test
    void messagesThatAreInMemoryAreNotReadAgain() throws IOException {
        assertEquals(
                Set.of("m199", "m200"),
                conversation.messages(Set.of("m199", "m200")).keySet());
        assertFalse(beforeReading.isEmpty(), "nothing was opened");
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

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "m" + n).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60, 150, MESSAGES})
    void thePageBeforeAnyMessageIsWhatLiesBeforeItOnThePath(int limit) throws IOException {
        for (int n = MESSAGES; n >= 1; n -= limit == 1 ? 1 : 9) {
            StoredConversation.Page page = conversation.before("m" + n, limit);
            assertEquals(ids(Math.max(1, n - limit), n), ids(page.messages()), "before m" + n);
            assertEquals(n - limit > 1, page.more(), "before m" + n);
        }
    }

    @Test
    void beforeAMessageThatIsNotThereIsNothing() throws IOException {
        StoredConversation.Page page = conversation.before("m999", 10);
        assertEquals(List.of(), page.messages());
        assertFalse(page.more());
        assertEquals(Optional.empty(), conversation.message("m999"));
    }

    /** The file has not been read again if what would happen then has not. */
    private void assertNotRead() {
        assertFalse(beforeReading.isEmpty());
    }

    @Test
    void whatIsInMemoryIsNotReadAgain() throws IOException {
        long begin = conversation.locked(Transcript::begin);
        conversation.reachLine(begin);
        conversation.reachMessage(Optional.of("m" + MESSAGES));
        assertEquals("word 200", conversation.message("m200").orElseThrow().text());
        assertEquals(ids(190, 200), ids(conversation.before("m200", 10).messages()));
        assertNotRead();
        conversation.reachLine(begin - 1);
        assertPacked();
        assertTrue(conversation.locked(Transcript::begin) < begin);
    }

    @Test
    void onceAllIsInMemoryNothingIsReadAgain() throws IOException {
        conversation.reachMessage(Optional.empty());
        assertPacked();
        assertEquals(MESSAGES, (int)
                conversation.locked(transcript -> transcript.tree().all().size()));
        beforeReading.add(() -> {
            throw new AssertionError("it is read again");
        });
        conversation.reachMessage(Optional.empty());
        conversation.reachMessage(Optional.of("m999"));
        conversation.reachLine(0);
        conversation.recallSendKeys();
        assertEquals(Optional.empty(), conversation.message("m999"));
        assertNotRead();
    }

    @Test
    void sendKeysAreRecalledOnceAndForADay() throws IOException {
        conversation.recallSendKeys();
        beforeReading.add(() -> {
            throw new AssertionError("it is read again");
        });
        conversation.recallSendKeys();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertEquals("m7", conversation.sent("key 7").orElseThrow().messageId());
        assertEquals("m200", conversation.sent("key 200").orElseThrow().messageId());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), conversation.sent("key 7"));
        assertEquals(Optional.empty(), conversation.sent("key 200"));
        assertEquals(Optional.empty(), conversation.sent("no key"));
    }

    @Test
    void whatIsSaidWhileMoreIsTakenIntoMemoryIsThereOnceAndLast() throws IOException {
        beforeReading.clear();
        beforeReading.add(() -> conversation
                .append(Message.user("m201", Optional.of("m200"), "meanwhile", clock.instant(), Optional.empty()))
                .join());
        conversation.reachMessage(Optional.of("m7"));
        assertTrue(beforeReading.isEmpty());
        assertEquals(
                ids(1, 202),
                ids(conversation.locked(transcript -> transcript.tree().all())));
        assertEquals(
                ids(1, 202),
                ids(conversation.locked(transcript -> transcript.tree().path())));
    }

    @Test
    void aReplyThatIsRunningGoesOnWhenMoreIsTakenIntoMemory() throws IOException {
        Entry.ReplyStarted start = new Entry.ReplyStarted("m201", "m200", "scripted", clock.instant());
        conversation.append(start).join();
        conversation
                .append(new Entry.Delta("m201", 0, Block.Kind.TEXT, 0, "Half a "))
                .join();
        conversation.reachMessage(Optional.of("m7"));
        conversation
                .append(new Entry.Delta("m201", 0, Block.Kind.TEXT, 7, "word"))
                .join();
        List<Block> content = conversation.locked(
                transcript -> transcript.openReply().orElseThrow().content());
        assertEquals(List.of(new Block.Text("Half a word")), content);
    }

    @Test
    void withoutItsFileTheEarlierPartIsAnErrorAndTheNewestIsThere() throws IOException {
        beforeReading.clear();
        memory.delete(file());
        assertThrows(NoSuchFileException.class, () -> conversation.message("m7"));
        assertThrows(NoSuchFileException.class, () -> conversation.before("m7", 10));
        assertEquals("word 200", conversation.message("m200").orElseThrow().text());
    }

    private Path file() throws IOException {
        Path folder =
                DATA.resolve("conversations").resolve(conversation.id().value().substring(24));
        return KeptAs.file(memory, folder, conversation.id().value());
    }

    /** A parent that damage took: the page goes on at the nearest message before, as the tree does. */
    @Test
    void aPageGoesOnWhereAMessageIsLost() throws IOException {
        beforeReading.clear();
        conversation = talk(n -> n == 20 ? "lost" : "m" + (n - 1));
        assertEquals(ids(11, 31), ids(conversation.before("m31", 20).messages()));
        assertEquals(ids(1, 31), ids(conversation.before("m31", 40).messages()));
        assertEquals(ids(10, 20), ids(conversation.before("m20", 10).messages()));
    }

    @Test
    void aPageEndsAtTheFirstMessageOfItsPathIfThatAnswersNone() throws IOException {
        beforeReading.clear();
        conversation = talk(n -> n == 20 ? null : "m" + (n - 1));
        StoredConversation.Page page = conversation.before("m31", 20);
        assertEquals(ids(20, 31), ids(page.messages()));
        assertFalse(page.more());
    }
}
