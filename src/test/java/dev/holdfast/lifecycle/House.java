package dev.holdfast.lifecycle;

import dev.holdfast.HandClock;
import dev.holdfast.agent.NotedEvents;
import dev.holdfast.agent.ScriptedModel;
import dev.holdfast.agent.TestTurns;
import dev.holdfast.agent.TurnRecovery;
import dev.holdfast.agent.TurnRunner;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.CountingDisk;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.DiskFile;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ManualTimer;
import dev.holdfast.protect.Redaction;
import dev.holdfast.protect.RedactionRules;
import dev.holdfast.store.Access;
import dev.holdfast.store.FileConversationStore;
import dev.holdfast.store.KeptAs;
import dev.holdfast.store.Outbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * All conversations of a program whose disk, model, threads and clocks are moved by hand. The model echoes, until the test
 * says otherwise. For one thread.
 */
public final class House {
    public static final Path DATA = Path.of("/data").toAbsolutePath();
    public static final Owner OLGA = new Owner("h:olga");
    public static final Owner PAUL = new Owner("h:paul");
    public static final IdleTimes TIMES =
            new IdleTimes(Duration.ofMinutes(25), Duration.ofMinutes(30), Duration.ofHours(24));

    public final MemoryDisk memory;
    public final FailingDisk disk;
    /** What the store's files are read from, and how many of them stand open. */
    public final CountingDisk counted;

    public final HandClock clock;
    public final ManualTimer timer = new ManualTimer();
    public final HandExecutor work = new HandExecutor();
    public final ScriptedModel model = new ScriptedModel().onAsk(House::echo);
    public final FileConversationStore store;
    public final Access access;
    public final Conversations conversations;

    private final KeptAs kept;
    private final Limits limits;

    public House() {
        this(KeptAs.PLAIN);
    }

    /** Whose conversations are kept so. */
    public House(KeptAs kept) {
        this(new MemoryDisk(), new HandClock(), kept, TurnRecovery.AUTO, Limits.NONE);
    }

    /** Makes what runs the turns of a house, of what it has. */
    @FunctionalInterface
    public interface Turns {
        TurnRunner with(ChatModel model, Executor work, ScheduledExecutorService timer, Clock clock);
    }

    /** Where other turns are run. */
    public House(Turns turns) {
        this(new MemoryDisk(), new HandClock(), KeptAs.PLAIN, turns, Limits.NONE);
    }

    /** Whose requests are limited so. */
    public House(Limits limits) {
        this(new MemoryDisk(), new HandClock(), KeptAs.PLAIN, TurnRecovery.AUTO, limits);
    }

    private House(MemoryDisk memory, HandClock clock, KeptAs kept, TurnRecovery recovery, Limits limits) {
        this(
                memory,
                clock,
                kept,
                (model, work, timer, time) -> TestTurns.of(model, work, timer, time, recovery),
                limits);
    }

    private House(MemoryDisk memory, HandClock clock, KeptAs kept, Turns running, Limits limits) {
        this.memory = memory;
        this.disk = new FailingDisk(memory);
        this.counted = new CountingDisk(disk);
        this.clock = clock;
        this.kept = kept;
        this.limits = limits;
        try {
            store = new FileConversationStore(
                    counted,
                    DATA,
                    kept.storage(),
                    Runnable::run,
                    Runnable::run,
                    clock,
                    new Random(14),
                    new NotedDamage());
            disk.createFolders(DATA.resolve("people"));
            access = Access.open(disk, DATA, kept.storage(), Runnable::run, new NotedDamage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TurnRunner turns = running.with(model, work, timer, clock);
        conversations = new Conversations(
                store,
                access,
                turns,
                TestTurns.traces(model),
                () -> TestTurns.PRICES,
                Redaction.by(RedactionRules.parse("off", "")),
                TIMES,
                limits,
                clock,
                clock::nanos);
    }

    private static void echo(ScriptedModel.Call call) {
        List<String> asked = call.asked();
        call.say("Echo of ", asked.get(asked.size() - 1)).complete();
    }

    /** The same folder in a new process, after the power went off. */
    public House afterCrash() {
        return afterCrash(TurnRecovery.AUTO);
    }

    /** The same, with that done about turns that broke off. */
    public House afterCrash(TurnRecovery recovery) {
        return new House(memory.crash(15), clock, kept, recovery, limits);
    }

    /** What is kept of mails that are to be sent. */
    public Outbox outbox() {
        try {
            return Outbox.open(disk, DATA, kept.storage(), new Random(22));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on the model says only what the test makes it say. */
    public House silent() {
        model.onAsk(call -> {});
        return this;
    }

    /** From now on the model echoes again. */
    public House echoing() {
        model.onAsk(House::echo);
        return this;
    }

    /** A conversation of {@code owner} in which {@code text} was said, if it is not null. */
    public ConversationId begin(Owner owner, String text) {
        ConversationId id = conversations.create(owner, "web:" + clock.nanos() + owner + text);
        if (text != null) {
            say(owner, id, text);
        }
        return id;
    }

    public void say(Owner owner, ConversationId id, String text) {
        var said = conversations.say(owner, id, text, Optional.empty());
        settle();
        said.join();
    }

    /** Lets turns go on until all wait for the model or a person. */
    public void settle() {
        work.runAll();
    }

    /** Time goes by, and the program looks for idle conversations. */
    public void pass(Duration time) {
        clock.advance(time);
        timer.advance(time);
        settle();
        conversations.tick();
        settle();
    }

    public NotedEvents watch(Owner owner, ConversationId id, Cursor cursor) {
        NotedEvents reader = new NotedEvents();
        conversations.watch(owner, id, Optional.ofNullable(cursor), reader);
        return reader;
    }

    /** The texts that a person sees who scrolls up to the first. */
    public List<String> texts(Owner owner, ConversationId id) {
        ThreadSnapshot newest = conversations.thread(owner, id, 50);
        LinkedList<ShownMessage> shown = new LinkedList<>(newest.messages());
        boolean more = newest.more();
        while (more) {
            Snapshots.Page page =
                    conversations.before(owner, id, shown.getFirst().message().id(), 50);
            shown.addAll(0, page.messages());
            more = page.more();
        }
        return shown.stream().map(each -> each.message().text()).toList();
    }

    /** The one file of a conversation that is not in the trash. */
    public Path file(ConversationId id) {
        try {
            return KeptAs.file(
                    memory, DATA.resolve("conversations").resolve(id.value().substring(24)), id.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the lines of a conversation's file are, without the first. */
    public List<String> lines(ConversationId id) {
        List<String> lines = new ArrayList<>();
        try {
            kept.reading(memory)
                    .read(
                            file(id),
                            line -> lines.add(line.json()
                                    .get(line.json().has("role") ? "role" : "_type")
                                    .getAsString()),
                            new NotedDamage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.subList(1, lines.size());
    }

    /** The content of every file on the disk, one behind the other. */
    public String everythingOnDisk() {
        StringBuilder all = new StringBuilder();
        try {
            gather(memory, DATA, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    private static void gather(Disk disk, Path folder, StringBuilder all) throws IOException {
        for (Path path : disk.list(folder)) {
            try (DiskFile file = disk.open(path)) {
                ByteBuffer content = ByteBuffer.allocate((int) file.size());
                file.read(content, 0);
                all.append(path).append('\n').append(new String(content.array(), StandardCharsets.UTF_8));
            } catch (FileSystemException folderItIs) {
                gather(disk, path, all);
            }
        }
    }
}
