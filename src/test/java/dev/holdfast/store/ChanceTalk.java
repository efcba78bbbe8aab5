package dev.holdfast.store;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A conversation as chance has it: turns with all that can happen in them, and a store that is closed, opened anew, packed,
 * and moves it to the trash and back. Keeps in the plainest way what should be there. For one thread.
 */
final class ChanceTalk {
    static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Owner OLGA = new Owner("h:olga");

    final HandClock clock = new HandClock();
    final NotedDamage damage = new NotedDamage();
    private final MemoryDisk disk;
    private final KeptAs kept;
    private final Random random;
    private final ConversationId id;

    /** Each message's parent; null at a root. */
    private final Map<String, String> parents = new LinkedHashMap<>();

    private String head;
    private FileConversationStore store;
    private StoredConversation open;

    ChanceTalk(MemoryDisk disk, KeptAs kept, long seed) throws IOException {
        this.disk = disk;
        this.kept = kept;
        this.random = new Random(seed);
        begin();
        open = store.create(OLGA, "web:1");
        id = open.id();
    }

    private void begin() {
        store = new FileConversationStore(
                disk, DATA, kept.storage(), Runnable::run, Runnable::run, clock, random, damage);
    }

    /** The conversation as the next process finds it. */
    StoredConversation reopened() throws IOException {
        store.close();
        begin();
        open = store.open(id).orElseThrow();
        return open;
    }

    /** Nothing of it is open after this. */
    void end() {
        store.close();
    }

    Path file() throws IOException {
        return KeptAs.file(
                disk, DATA.resolve("conversations").resolve(id.value().substring(24)), id.value());
    }

    byte[] bytes() throws IOException {
        return disk.bytes(file());
    }

    /** Puts other bytes into the file, which is not open. */
    void put(byte[] bytes) throws IOException {
        disk.put(file(), bytes);
    }

    /** All of the file, from its first line. */
    Reading readAll() throws IOException {
        Reading all = new Reading(id);
        eachLine(all::line);
        return all;
    }

    void eachLine(Consumer<JournalLine> line) throws IOException {
        kept.reading(disk).read(file(), line, DamageNote.SILENT);
    }

    /** The ids of the active path, oldest first. */
    List<String> path() {
        LinkedList<String> path = new LinkedList<>();
        for (String at = head; at != null; at = parents.get(at)) {
            path.addFirst(at);
        }
        return path;
    }

    /** All messages' ids, in the order in which they came. */
    List<String> ids() {
        return List.copyOf(parents.keySet());
    }

    private void append(Entry entry) {
        open.append(entry).join();
        if (entry instanceof Message message) {
            parents.put(message.id(), message.parent().orElse(null));
            head = message.id();
        } else if (entry instanceof Entry.Head moved) {
            head = moved.id().orElseThrow();
        }
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            words.append(Integer.toString(random.nextInt(50_000), 36)).append(' ');
        }
        if (chance(10)) {
            words.append(chance(50) ? "<EMAIL_" : "<AWS_KEY_")
                    .append(random.nextInt(40))
                    .append('>');
        }
        return words.toString();
    }

    private Optional<String> sendKey() {
        return chance(50) ? Optional.of(new UUID(random.nextLong(), random.nextLong()).toString()) : Optional.empty();
    }

    /** So many things happen. */
    void goOn(int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            clock.advance(Duration.ofSeconds(random.nextInt(chance(2) ? 100_000 : 200)));
            step();
        }
    }

    private void step() throws IOException {
        int what = random.nextInt(100);
        if (what < 60) {
            turn(chance(15) ? 1 + random.nextInt(2) : 0);
        } else if (what < 64) {
            append(new Entry.Title(words(), clock.instant()));
        } else if (what < 69) {
            interrupted();
        } else if (what < 74) {
            reopened();
        } else if (what < 78) {
            open.rest().join();
        } else if (what < 83) {
            pause();
        } else if (what < 86) {
            store.delete(id);
            store.restore(id);
            open = store.open(id).orElseThrow();
        } else if (what < 91) {
            branch();
        } else if (what < 95) {
            moveHead();
        } else {
            cut();
        }
    }

    private String say(String parent, Optional<String> key) {
        String asked = open.newMessageId();
        append(Message.user(asked, Optional.ofNullable(parent), words(), clock.instant(), key));
        return asked;
    }

    private Entry.ReplyStarted beginReply(String asked) {
        Entry.ReplyStarted start = new Entry.ReplyStarted(open.newMessageId(), asked, "scripted", clock.instant());
        append(start);
        return start;
    }

    private String stream(Entry.ReplyStarted start) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String piece = words();
            append(new Entry.Delta(start.id(), 0, Block.Kind.TEXT, text.length(), piece));
            text.append(piece);
        }
        return text.toString();
    }

    private void endReply(Entry.ReplyStarted start, String text) {
        Stop stop = Stop.values()[random.nextInt(Stop.values().length)];
        Usage usage = chance(80)
                ? new Usage(random.nextInt(9_000), random.nextInt(900), random.nextInt(2) * 7L, random.nextInt(2) * 5L)
                : Usage.NONE;
        List<Block> content = text.isEmpty() ? List.of() : List.of(new Block.Text(text));
        append(Message.reply(start, content, clock.instant(), usage, stop, stop == Stop.FAILED ? "It failed." : null));
    }

    /** @param queued so many messages are said while the reply runs, and answered behind it */
    private void turn(int queued) {
        Entry.ReplyStarted start = beginReply(say(head, sendKey()));
        List<Entry.Queued> waiting = new ArrayList<>();
        String text = stream(start);
        for (int i = 0; i < queued; i++) {
            waiting.add(new Entry.Queued(open.newMessageId(), words(), clock.instant(), sendKey()));
            append(waiting.get(i));
        }
        clock.advance(Duration.ofSeconds(random.nextInt(20)));
        endReply(start, text);
        for (Entry.Queued next : waiting) {
            append(Message.user(next.id(), Optional.of(head), next.text(), clock.instant(), next.sendKey()));
            Entry.ReplyStarted answer = beginReply(next.id());
            endReply(answer, stream(answer));
        }
    }

    /** The process ends in mid-reply, and the next one closes it. */
    private void interrupted() throws IOException {
        Entry.ReplyStarted start = beginReply(say(head, sendKey()));
        stream(start);
        reopened();
        parents.put(start.id(), start.parent());
        head = start.id();
    }

    private void pause() throws IOException {
        append(new Entry.Paused(clock.instant()));
        open.rest().join();
        store.release(id);
        clock.advance(Duration.ofHours(random.nextInt(30)));
        open = store.open(id).orElseThrow();
        if (chance(50)) {
            append(new Entry.Resumed(clock.instant()));
        }
    }

    private Optional<String> anyMessage() {
        List<String> all = ids();
        int back = chance(70) ? 12 : all.size();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1 - random.nextInt(Math.min(all.size(), back))));
    }

    /** Something else is said in the place of an older message. */
    private void branch() throws IOException {
        Optional<String> parent = anyMessage();
        open.reachMessage(parent);
        Entry.ReplyStarted start = beginReply(say(parent.orElse(null), sendKey()));
        endReply(start, stream(start));
    }

    private void moveHead() throws IOException {
        Optional<String> to = anyMessage();
        if (to.isPresent()) {
            open.reachMessage(to);
            append(new Entry.Head(to, clock.instant()));
        }
    }

    private void cut() {
        List<String> path = path();
        if (!path.isEmpty()) {
            int from = random.nextInt(path.size());
            Entry.Summary summary = new Entry.Summary(
                    open.newMessageId(),
                    path.get(0),
                    path.get(from),
                    "So far so good.",
                    chance(50) ? Optional.of("a cheaper model") : Optional.empty(),
                    chance(50) ? Usage.NONE : new Usage(random.nextInt(100), 7, 0, 0),
                    clock.instant());
            append(summary);
            append(new Entry.Pin(path.get(random.nextInt(path.size())), chance(70), clock.instant()));
            append(new Entry.Window(
                    path.get(from),
                    List.of(path.get(0)),
                    chance(50) ? Optional.of(summary.id()) : Optional.empty(),
                    random.nextInt(10_000),
                    clock.instant()));
        }
    }
}
