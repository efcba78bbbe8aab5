package dev.holdfast.agent;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.HandExecutor;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.model.BuiltInModel;
import dev.holdfast.model.ManualTimer;
import dev.holdfast.protect.MessageFilter;
import dev.holdfast.protect.Placeholders;
import dev.holdfast.protect.RedactionRules;
import dev.holdfast.protect.Redactor;
import dev.holdfast.store.FileConversationStore;
import dev.holdfast.store.Spending;
import dev.holdfast.store.Storage;
import dev.holdfast.store.StoredConversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A conversation whose disk, model, threads and time are moved by hand. For one thread. */
final class TurnBench {
    static final Path DATA = Path.of("/data").toAbsolutePath();

    final MemoryDisk memory;
    final FailingDisk disk;
    final HandClock clock = new HandClock();
    final ManualTimer timer = new ManualTimer();
    final ScriptedModel model = new ScriptedModel();
    final HandExecutor work = new HandExecutor();
    final TurnRunner turns;
    final Spending spending;
    private final HandExecutor io = new HandExecutor();
    private final FileConversationStore store;
    private final String redact;
    private final Optional<MessageFilter> filter;
    private boolean byHand;
    LiveConversation live;

    /** One that takes nothing out: every piece is told as it comes. */
    TurnBench() {
        this("off", Optional.empty());
    }

    TurnBench(String redact, Optional<MessageFilter> filter) {
        this(redact, filter, TurnRecovery.NEVER);
    }

    /** One whose turns go on so when they break off. */
    TurnBench(TurnRecovery recovery) {
        this("off", Optional.empty(), recovery);
    }

    /** One in which no more may be used. */
    TurnBench(Budget.Caps caps) {
        this("off", Optional.empty(), TurnRecovery.NEVER, caps);
    }

    private TurnBench(String redact, Optional<MessageFilter> filter, TurnRecovery recovery) {
        this(redact, filter, recovery, Budget.Caps.NONE);
    }

    private TurnBench(String redact, Optional<MessageFilter> filter, TurnRecovery recovery, Budget.Caps caps) {
        this(new MemoryDisk(), redact, filter, recovery, caps);
        live = live(call(() -> store.create(new Owner("h:olga"), "web:1")));
    }

    private LiveConversation live(StoredConversation stored) {
        Placeholders placeholders = Placeholders.from(stored.placeholders());
        return turns.open(stored, new Redactor(RedactionRules.parse(redact, ""), filter, placeholders));
    }

    private TurnBench(
            MemoryDisk memory, String redact, Optional<MessageFilter> filter, TurnRecovery recovery, Budget.Caps caps) {
        this.redact = redact;
        this.filter = filter;
        this.memory = memory;
        this.disk = new FailingDisk(memory);
        this.store = call(() -> new FileConversationStore(
                disk,
                DATA,
                Storage.PLAIN,
                task -> {
                    if (byHand) {
                        io.execute(task);
                    } else {
                        task.run();
                    }
                },
                Runnable::run,
                clock,
                new Random(12),
                new NotedDamage()));
        this.spending = TestTurns.spending(clock);
        this.turns = new TurnRunner(
                model,
                new Questions(TestTurns.RULES, Optional.of("Be kind."), 77, clock),
                new Summariser(new BuiltInModel(timer), work, clock),
                TestTurns.budget(caps, spending),
                work,
                timer,
                clock,
                recovery);
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    private static <T> T call(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same conversation in a new process, from what is on {@code disk} now. Nothing is asked for again by itself. */
    TurnBench restartedOn(MemoryDisk found) {
        return restartedOn(found, TurnRecovery.NEVER);
    }

    /** The same, with that done about a turn that broke off. */
    TurnBench restartedOn(MemoryDisk found, TurnRecovery recovery) {
        TurnBench again = new TurnBench(found, redact, filter, recovery, Budget.Caps.NONE);
        ConversationId id = live.id();
        again.live = again.live(call(() -> again.store.open(id)).orElseThrow());
        again.turns.takeUp(again.live);
        again.settle();
        return again;
    }

    /** From now on lines reach the disk only when {@link #write} is called. */
    void writeByHand() {
        byHand = true;
    }

    /** Writes the lines that wait. */
    void write() {
        io.runAll();
    }

    /** Writes the lines that wait and lets turns go on, until all wait for the model or a person. */
    void settle() {
        while (io.waiting() + work.waiting() > 0) {
            io.runAll();
            work.runAll();
        }
    }

    /** Time goes by for the clock and the timer. */
    void advance(Duration by) {
        clock.advance(by);
        timer.advance(by);
        settle();
    }

    /** Says something and lets the turn begin. */
    Said say(String text) {
        return say(text, null);
    }

    Said say(String text, String key) {
        CompletableFuture<Said> said = saying(text, key);
        settle();
        return said.join();
    }

    /** Says something; nothing else happens. */
    CompletableFuture<Said> saying(String text, String key) {
        return turns.say(live, turns.redact(live, text), Optional.ofNullable(key), Optional.empty());
    }

    NotedEvents watch(String cursor) {
        NotedEvents reader = new NotedEvents();
        live.join(Optional.ofNullable(cursor).flatMap(Cursor::parse), reader);
        return reader;
    }

    /** Ids and texts of the active path. */
    List<String> path() {
        return live.locked(transcript -> transcript.tree().path().stream()
                .map(message -> message.id() + " " + message.text())
                .toList());
    }

    Message head() {
        return live.locked(transcript -> transcript.tree().head()).orElseThrow();
    }

    List<String> queued() {
        return live.locked(Transcript::queued).stream().map(Entry.Queued::text).toList();
    }

    private Path file() {
        ConversationId id = live.id();
        return DATA.resolve("conversations/" + id.value().substring(24) + "/" + id + ".jsonl");
    }

    /** The whole file as it is now. */
    String raw() {
        return new String(memory.bytes(file()), StandardCharsets.UTF_8);
    }

    /** What the file says now, line by line: the type of each, and the text of deltas. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Path file = file();
        call(() -> {
            new Journals(memory, DATA.resolve("quarantine"), Runnable::run, null)
                    .read(
                            file,
                            line -> {
                                String type = line.json().has("role")
                                        ? line.json().get("role").getAsString()
                                        : line.json().get("_type").getAsString();
                                lines.add(
                                        type.equals("delta")
                                                ? "delta "
                                                        + line.json()
                                                                .get("text")
                                                                .getAsString()
                                                : type);
                            },
                            new NotedDamage());
            return null;
        });
        return lines.subList(1, lines.size());
    }
}
