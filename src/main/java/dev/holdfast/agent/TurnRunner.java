package dev.holdfast.agent;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.MessageDroppedException;
import dev.holdfast.conversation.NoSuchMessageException;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.SendKeyConflict;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.TurnRunsException;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelFailure;
import dev.holdfast.model.RetryingModel;
import dev.holdfast.protect.Placeholders;
import dev.holdfast.protect.Redactor;
import dev.holdfast.store.Spending.Reservation;
import dev.holdfast.store.StoredConversation;
import dev.holdfast.window.MessageTooLongException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs turns: one at a time in each conversation, any number of conversations at once, without a thread of their own. A
 * turn is: message forced → reply begun, forced → model asked → reply written → reply forced → the next queued message.
 * Thread-safe.
 */
public final class TurnRunner {
    /** A message that is being appended. */
    record Pending(String text, CompletableFuture<Said> said) {}

    /** How long a model that broke off in mid-reply is left alone, unless it says itself; doubled the next time. */
    static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    /** At 20 tokens a second each, telling so many readers every token by itself takes about a tenth of one processor. */
    private static final int FEW_READERS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private final ChatModel model;
    private final Questions questions;
    private final Summariser summariser;
    private final Budget budget;
    private final Executor turns;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final TurnRecovery recovery;
    private final Gathering gathering;
    private final TimingWheel journaling;

    /**
     * @param turns carries a turn from step to step; its tasks are short and never wait
     * @param timer gathers a reply's text for the journal, and for readers while they are many
     */
    public TurnRunner(
            ChatModel model,
            Questions questions,
            Summariser summariser,
            Budget budget,
            Executor turns,
            ScheduledExecutorService timer,
            Clock clock,
            TurnRecovery recovery) {
        this.model = model;
        this.questions = questions;
        this.summariser = summariser;
        this.budget = budget;
        this.turns = turns;
        this.timer = timer;
        this.clock = clock;
        this.recovery = recovery;
        this.gathering = new Gathering(turns, timer, FEW_READERS);
        this.journaling = ReplyStream.journaling(turns, timer);
    }

    /** A conversation that is opened, for turns to run in; {@link #takeUp} is to follow. */
    public LiveConversation open(StoredConversation stored, Redactor redactor) {
        return new LiveConversation(stored, redactor, gathering);
    }

    /** What people see as the author of replies. */
    public String modelName() {
        return model.name();
    }

    /** What a person decides about what the model sees. */
    public ModelView view() {
        return new ModelView(questions, model, clock);
    }

    /** Whether the model is the built-in stand-in. */
    public boolean offline() {
        return model.offline();
    }

    /** What a person says without its secrets; empty if the rules let nothing of it through. May take a while. */
    public Optional<String> redact(LiveConversation live, String text) {
        return live.redactor
                .redact(Message.user("", Optional.empty(), text, clock.instant(), Optional.empty()))
                .map(Message::text);
    }

    /**
     * A person says something: it begins a turn, or waits for the running one.
     *
     * @param text what {@link #redact} left of it
     * @param instead the person's message in whose place this one comes, as another beginning of the same; empty: it goes
     *     on at the end
     * @return completes once the message is on disk; fails with {@link SendKeyConflict}, {@link
     *     MessageDroppedException}, if it was to come instead of another {@link TurnRunsException} or {@link
     *     NoSuchMessageException}, or the journal's exception, and then nothing was said
     */
    public CompletableFuture<Said> say(
            LiveConversation live, Optional<String> text, Optional<String> sendKey, Optional<String> instead) {
        return text.isPresent()
                ? sayRedacted(live, text.get(), sendKey, instead)
                : CompletableFuture.failedFuture(new MessageDroppedException());
    }

    private CompletableFuture<Said> sayRedacted(
            LiveConversation live, String text, Optional<String> sendKey, Optional<String> instead) {
        return live.locked(transcript -> {
            Optional<CompletableFuture<Said>> before = sendKey.flatMap(key -> saidBefore(live, transcript, key, text));
            if (before.isPresent()) {
                return before.get();
            }
            Optional<RuntimeException> refusal = instead.flatMap(other -> refusal(live, transcript, other));
            if (refusal.isPresent()) {
                return CompletableFuture.failedFuture(refusal.get());
            }
            String id = live.file.newMessageId();
            boolean queued = live.busy(transcript);
            Optional<String> parent = instead.isPresent()
                    ? transcript.tree().message(instead.get()).orElseThrow().parent()
                    : transcript.tree().head().map(Message::id);
            CompletableFuture<Said> said = (queued
                            ? enqueue(live, id, text, sendKey)
                            : begin(live, parent, id, text, sendKey))
                    .thenApply(seq -> new Said(id, id, queued));
            sendKey.ifPresent(key -> {
                live.pending.put(key, new Pending(text, said));
                said.whenComplete((done, failure) -> live.locked(then -> live.pending.remove(key)));
            });
            return said;
        });
    }

    /** Why no other message can come in the place of this one. */
    private static Optional<RuntimeException> refusal(LiveConversation live, Transcript transcript, String instead) {
        if (live.busy(transcript)) {
            return Optional.of(new TurnRunsException());
        }
        boolean said = transcript
                .tree()
                .message(instead)
                .filter(message -> message.role() == Role.USER)
                .isPresent();
        return said ? Optional.empty() : Optional.of(new NoSuchMessageException());
    }

    /**
     * Answers again: another reply beside the one named, or one to the person's message named. What was answered before
     * stays as it is.
     *
     * @return completes once that is on disk; fails with {@link TurnRunsException}, {@link NoSuchMessageException} or the
     *     journal's exception
     */
    public CompletableFuture<Void> answerAgain(LiveConversation live, String messageId) {
        return live.locked(transcript -> {
            Optional<String> asked = transcript
                    .tree()
                    .message(messageId)
                    .flatMap(message -> message.role() == Role.USER ? Optional.of(message.id()) : message.parent())
                    .filter(id -> transcript.tree().message(id).isPresent());
            // What waits, waits for the turn that was left alone: going on with that is what ends the waiting.
            boolean leftAlone = !live.turnRuns && asked.isPresent() && asked.equals(transcript.unanswered());
            if (live.busy(transcript) && !leftAlone) {
                return CompletableFuture.failedFuture(new TurnRunsException());
            }
            if (asked.isEmpty()) {
                return CompletableFuture.failedFuture(new NoSuchMessageException());
            }
            live.turnRuns = true;
            return beginReply(live, asked.get()).thenApply(seq -> null);
        });
    }

    private static Optional<CompletableFuture<Said>> saidBefore(
            LiveConversation live, Transcript transcript, String key, String text) {
        Pending pending = live.pending.get(key);
        Optional<Transcript.Sent> sent = live.file.sent(key);
        String before = pending != null
                ? pending.text()
                : sent.map(Transcript.Sent::text).orElse(null);
        if (before == null) {
            return Optional.empty();
        }
        if (!Placeholders.sameButNumbers(before, text)) {
            return Optional.of(CompletableFuture.failedFuture(new SendKeyConflict()));
        }
        return Optional.of(
                pending != null
                        ? pending.said()
                        : CompletableFuture.completedFuture(
                                said(transcript, sent.orElseThrow().messageId())));
    }

    private static Said said(Transcript transcript, String id) {
        boolean queued =
                transcript.queued().stream().anyMatch(waiting -> waiting.id().equals(id));
        return new Said(id, id, queued);
    }

    /** The running turn may end before the line is on disk; then nobody else would begin the next one. */
    private CompletableFuture<Long> enqueue(LiveConversation live, String id, String text, Optional<String> sendKey) {
        live.enqueuing++;
        CompletableFuture<Long> queued = live.file.append(new Entry.Queued(id, text, clock.instant(), sendKey));
        queued.whenCompleteAsync(
                (seq, failure) -> live.locked(transcript -> {
                    live.enqueuing--;
                    return next(live, transcript);
                }),
                turns);
        return queued;
    }

    /** Nothing is asked of a model before the message is forced: the reply begins only then. */
    private CompletableFuture<Long> begin(
            LiveConversation live, Optional<String> parent, String id, String text, Optional<String> sendKey) {
        live.turnRuns = true;
        CompletableFuture<Long> saved = live.file.append(Message.user(id, parent, text, clock.instant(), sendKey));
        goOn(live, saved, () -> {
            if (live.locked(then -> !live.suspended)) {
                beginReply(live, id);
            }
        });
        return saved;
    }

    private CompletableFuture<Long> beginReply(LiveConversation live, String parent) {
        List<String> before = live.locked(transcript -> transcript.tree().children(Optional.of(parent)));
        Optional<String> replaces = before.isEmpty() ? Optional.empty() : Optional.of(before.get(before.size() - 1));
        Entry.ReplyStarted start =
                new Entry.ReplyStarted(live.file.newMessageId(), parent, model.name(), replaces, clock.instant());
        CompletableFuture<Long> begun = live.file.append(start);
        goOn(live, begun, () -> open(live));
        return begun;
    }

    private void goOn(LiveConversation live, CompletableFuture<Long> appended, Runnable step) {
        appended.whenCompleteAsync(
                (seq, failure) -> {
                    if (failure == null) {
                        step.run();
                    } else {
                        turnFailed(live, failure);
                    }
                },
                turns);
    }

    private void open(LiveConversation live) {
        Duration wait = live.locked(transcript -> live.againAfter == null ? Duration.ZERO : live.againAfter);
        ReplyStream stream = live.locked(transcript -> {
            live.againAfter = null;
            live.reply = new ReplyStream(
                    live.file,
                    live.feed,
                    transcript.openReply().orElseThrow(),
                    live.redactor,
                    journaling,
                    clock,
                    (seq, failure) -> turns.execute(() -> turnEnded(live, failure)),
                    failure -> brokeOff(live, failure));
            return live.reply;
        });
        if (live.locked(transcript -> live.stopRequested)) {
            stream.stop();
        } else if (wait.isZero()) {
            ask(live, stream);
        } else {
            timer.schedule(() -> turns.execute(() -> ask(live, stream)), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * The model fails in mid-reply. If that may pass, the turn goes on: with another reply beside this one, for which the
     * model is asked after a while. That the last try fails is the end.
     */
    private void brokeOff(LiveConversation live, ModelFailure failure) {
        Duration wait = failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(1L << live.brokenOff));
        boolean goesOn = recovers()
                && !live.suspended
                && failure.kind().passing()
                && live.brokenOff + 1 < TurnRecovery.MOST_TRIES
                && wait.compareTo(RetryingModel.LONGEST_WAIT) <= 0;
        if (goesOn) {
            live.brokenOff++;
            live.againAfter = wait;
        }
    }

    private void ask(LiveConversation live, ReplyStream stream) {
        if (stream.over()) {
            return; // It was stopped while it waited.
        }
        try {
            Question question = questions.next(live, model);
            live.summaryDue(question.ahead());
            Spent before = live.locked(Transcript::spent);
            budget.reserve(live.file.owner(), before, model.name(), question.most())
                    .whenCompleteAsync(
                            (reserved, refusal) -> {
                                if (refusal == null) {
                                    ask(live, stream, question, reserved);
                                } else {
                                    stream.refused(refusal.getMessage());
                                }
                            },
                            turns);
        } catch (MessageTooLongException e) {
            stream.refused(e.getMessage());
        } catch (IOException e) {
            LOG.error("Conversation {}: what the model is to see could not be read: {}", live.id(), e.toString());
            stream.refused("The model was not asked: the conversation's file could not be read.");
        } catch (RuntimeException e) {
            refuse(live, stream, e);
        }
    }

    private void ask(LiveConversation live, ReplyStream stream, Question question, Reservation reserved) {
        Asked asked = new Asked(model.name(), question, reserved, questions, clock);
        if (!stream.asks(asked)) {
            asked.dropped(); // It was stopped meanwhile.
            return;
        }
        try {
            stream.fedBy(model.ask(question.request(), stream));
        } catch (RuntimeException e) {
            refuse(live, stream, e);
        }
    }

    private void refuse(LiveConversation live, ReplyStream stream, RuntimeException fault) {
        LOG.error("Conversation {}: asking {} failed", live.id(), model.name(), fault);
        stream.refused("The model could not be asked: the program has a fault, and its log says where.");
    }

    private void turnEnded(LiveConversation live, Throwable failure) {
        if (failure != null) {
            turnFailed(live, failure);
            return;
        }
        live.locked(transcript -> live.againAfter != null ? again(live, transcript) : next(live, transcript));
        live.dueSummary().ifPresent(part -> summariser.begin(live, part, questions, model.name(), budget));
    }

    /** Another reply beside the one that broke off, unless the process is about to end. */
    private Void again(LiveConversation live, Transcript transcript) {
        Optional<String> asked = transcript.tree().head().flatMap(Message::parent);
        if (live.suspended || asked.isEmpty()) {
            live.turnIsOver();
        } else {
            beginReply(live, asked.get());
        }
        return null;
    }

    /** The disk failed: the turn is over, and what was queued stays queued until the conversation is opened again. */
    private static void turnFailed(LiveConversation live, Throwable failure) {
        LOG.error("Conversation {}: the turn could not be written: {}", live.id(), failure.toString());
        live.locked(transcript -> {
            live.breakOff();
            return null;
        });
    }

    /** Begins the first queued message's turn, unless one runs. */
    private Void next(LiveConversation live, Transcript transcript) {
        List<Entry.Queued> queued = transcript.queued();
        if (!live.turnRuns && !live.suspended && !queued.isEmpty()) {
            Entry.Queued first = queued.get(0);
            begin(live, transcript.tree().head().map(Message::id), first.id(), first.text(), first.sendKey());
        }
        return null;
    }

    /** Whether a turn that broke off with the process goes on without being asked. */
    public boolean recovers() {
        return recovery == TurnRecovery.AUTO;
    }

    /** Goes on where the process left off: answers what has no whole answer, or begins the next queued message's turn. */
    public void takeUp(LiveConversation live) {
        live.locked(transcript -> {
            Optional<String> unanswered = transcript.unanswered();
            if (live.turnRuns) {
                return null;
            }
            if (unanswered.isEmpty() || recovery == TurnRecovery.NEVER) {
                return next(live, transcript);
            }
            int brokenOff = transcript.brokenOff(unanswered.get());
            if (recovers() && brokenOff < TurnRecovery.MOST_TRIES) {
                live.turnRuns = true;
                live.brokenOff = brokenOff;
                beginReply(live, unanswered.get());
            }
            return null;
        });
    }

    /** Ends the running reply with the text that has come. Does nothing if none runs. */
    public void stop(LiveConversation live) {
        ReplyStream running = live.locked(transcript -> {
            live.stopRequested = live.turnRuns;
            return live.reply;
        });
        if (running != null) {
            running.stop();
        }
    }

    /** Ends the running reply as far as it is, before the process ends; it goes on when the conversation is next opened. */
    public void suspend(LiveConversation live) {
        ReplyStream running = live.locked(transcript -> {
            live.suspended = true;
            return live.reply;
        });
        if (running != null) {
            running.suspend();
        }
    }
}
