package dev.holdfast.agent;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ModelCall;
import dev.holdfast.model.ModelFailure;
import dev.holdfast.model.ModelListener;
import dev.holdfast.protect.RedactingStream;
import dev.holdfast.protect.Redactor;
import dev.holdfast.store.StoredConversation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A reply while it is written. Secrets are taken out first; what is left is numbered by its place in the text, told to the
 * readers at once or when their feed has rested, and journaled with what came around it at most {@link #GATHER} later. When
 * the reply ends, however it ends, the message is exactly what was told. All state is guarded by the conversation's lock.
 */
final class ReplyStream implements ModelListener {
    /** How long text may be unjournaled: half of what a crash may cost. */
    static final Duration GATHER = Duration.ofSeconds(1);

    /** Replies that grew within it are journaled together, up to so much earlier. */
    private static final Duration SPAN = Duration.ofMillis(100);

    private static final String WITHHELD = "The rules of this server let no part of this reply through.";

    private static final String SUSPENDED = "The server was stopped here. What had arrived is saved.";

    private final StoredConversation file;
    private final Feed feed;
    private final OpenReply reply;
    private final Redactor redactor;
    /** Where the text goes while a filter must see whole messages; null if it may be told as it comes. */
    private final OpenReply untold;

    private final TimingWheel journaling;
    private final Clock clock;
    private final BiConsumer<Long, Throwable> ended;
    private final Consumer<ModelFailure> brokeOff;

    /** Null until the model is asked. */
    private Asked asked;

    private ModelCall call;
    private boolean spoke;
    private int journaledBlock;
    private int journaledAt;
    private boolean journalDue;
    private boolean over;
    /** What has come of the current block while the feed rests. */
    private final StringBuilder gathered = new StringBuilder();

    private String heldBack = "";
    private int heldBackBlock;
    /** Null before the first block. */
    private RedactingStream redacting;

    private int redactingBlock;
    private Block.Kind redactingKind;

    /** When replies are journaled while they grow. */
    static TimingWheel journaling(Executor turns, ScheduledExecutorService timer) {
        return new TimingWheel(turns, timer, GATHER, SPAN);
    }

    /**
     * @param ended told once, when the message is on disk or could not be put there; not under the lock
     * @param brokeOff told under the lock when the model fails in mid-reply, before the reply ends
     */
    ReplyStream(
            StoredConversation file,
            Feed feed,
            OpenReply reply,
            Redactor redactor,
            TimingWheel journaling,
            Clock clock,
            BiConsumer<Long, Throwable> ended,
            Consumer<ModelFailure> brokeOff) {
        this.file = file;
        this.feed = feed;
        this.reply = reply;
        this.redactor = redactor;
        this.untold = redactor.needsWholeMessages() ? new OpenReply(reply.seq(), reply.start()) : null;
        this.journaling = journaling;
        this.clock = clock;
        this.ended = ended;
        this.brokeOff = brokeOff;
    }

    /**
     * What is about to be asked for this reply.
     *
     * @return whether it is to be asked: not if the reply has ended
     */
    boolean asks(Asked question) {
        return file.locked(transcript -> {
            asked = over ? null : question;
            return !over;
        });
    }

    /** The call that feeds this stream; one that was stopped before it began is cancelled. */
    void fedBy(ModelCall modelCall) {
        boolean late = file.locked(transcript -> {
            call = modelCall;
            return over;
        });
        if (late) {
            modelCall.cancel();
        }
    }

    @Override
    public void piece(int block, Block.Kind kind, String piece) {
        file.locked(transcript -> {
            if (!over) {
                if (!spoke && asked != null) {
                    asked.spoke();
                }
                spoke = true;
                grow(block, kind, piece);
            }
            return null;
        });
    }

    private void grow(int block, Block.Kind kind, String piece) {
        if (redacting == null || block != redactingBlock) {
            finishBlock();
            redacting = redactor.stream();
            redactingBlock = block;
            redactingKind = kind;
        }
        if (feed.rests()) {
            if (gathered.isEmpty()) {
                feed.afterRest(this::release);
            }
            gathered.append(piece);
        } else {
            take(redacting.push(piece));
        }
    }

    /** What was gathered goes on its way. */
    private void release() {
        if (!gathered.isEmpty()) {
            String pieces = gathered.toString();
            gathered.setLength(0);
            take(redacting.push(pieces));
        }
    }

    /** What could still have become a secret when the block ended did not. */
    private void finishBlock() {
        if (redacting != null) {
            release();
            take(redacting.finish());
            redacting = null;
        }
    }

    private void take(String safe) {
        if (safe.isEmpty()) {
            return;
        }
        if (untold != null) {
            untold.append(redactingBlock, redactingKind, safe);
        } else {
            tell(redactingBlock, redactingKind, safe);
        }
    }

    /** A surrogate pair is told whole: a high surrogate at the end waits for its other half. */
    private void tell(int block, Block.Kind kind, String piece) {
        String text = block == heldBackBlock ? heldBack + piece : piece;
        boolean split = Character.isHighSurrogate(text.charAt(text.length() - 1));
        heldBack = split ? text.substring(text.length() - 1) : "";
        heldBackBlock = block;
        text = split ? text.substring(0, text.length() - 1) : text;
        if (text.isEmpty()) {
            return;
        }
        feed.publish(new FeedEvent.Grown(reply.seq(), reply.start().id(), reply.append(block, kind, text)));
        if (!journalDue) {
            journalDue = journaling.later(this::journal);
        }
    }

    private void journal() {
        file.locked(transcript -> {
            journalDue = false;
            if (!over) {
                appendDeltas();
            }
            return null;
        });
    }

    private void appendDeltas() {
        for (OpenReply.Part part : reply.from(journaledBlock, journaledAt)) {
            journaledBlock = part.block();
            journaledAt = part.at() + part.text().length();
            file.append(new Entry.Delta(reply.start().id(), part.block(), part.kind(), part.at(), part.text()))
                    .whenComplete((seq, failure) -> {
                        if (failure != null) {
                            journalAgain(part);
                        }
                    });
        }
    }

    /** What could not be written goes with the next delta, or else a crash would leave a hole in the text. */
    private void journalAgain(OpenReply.Part part) {
        file.locked(transcript -> {
            if (part.block() < journaledBlock || part.block() == journaledBlock && part.at() < journaledAt) {
                journaledBlock = part.block();
                journaledAt = part.at();
            }
            return null;
        });
    }

    @Override
    public void signature(int block, String signature) {
        file.locked(transcript -> {
            if (!over) {
                (untold == null ? reply : untold).sign(block, signature);
            }
            return null;
        });
    }

    @Override
    public void completed(Stop stop, Usage usage) {
        end(stop, usage, null);
    }

    @Override
    public void failed(ModelFailure failure) {
        file.locked(transcript -> {
            if (!over && spoke) {
                brokeOff.accept(failure);
            }
            end(Stop.FAILED, Usage.NONE, failure.sentence());
            return null;
        });
    }

    /** Whether the reply has ended: a model need not be asked for it any more. */
    boolean over() {
        return file.locked(transcript -> over);
    }

    /** Ends the reply because of what {@code sentence} says to the person. */
    void refused(String sentence) {
        end(Stop.FAILED, Usage.NONE, sentence);
    }

    /** Ends the reply with what has come, and the call with it. */
    void stop() {
        ModelCall running = file.locked(transcript -> over ? null : call);
        end(Stop.STOPPED, Usage.NONE, null);
        if (running != null) {
            running.cancel();
        }
    }

    /** Ends the reply with what has come, for the process is about to end; the turn goes on after the next start. */
    void suspend() {
        ModelCall running = file.locked(transcript -> over ? null : call);
        end(Stop.INTERRUPTED, Usage.NONE, SUSPENDED);
        if (running != null) {
            running.cancel();
        }
    }

    private void end(Stop stop, Usage usage, String cause) {
        file.locked(transcript -> {
            if (over) {
                return null;
            }
            finishBlock();
            over = true;
            List<Block> content = (untold == null ? reply : untold).content();
            Message message = Message.reply(reply.start(), content, clock.instant(), usage, stop, cause);
            if (asked != null) {
                message = asked.settled(message);
                file.append(asked.trace(message.id()));
            }
            return file.append(untold == null ? message : filtered(message)).whenComplete(ended);
        });
    }

    private Message filtered(Message whole) {
        return redactor.redact(whole)
                .orElseGet(() -> Message.reply(
                        reply.start(), List.of(), whole.timestamp(), whole.usage(), Stop.FAILED, WITHHELD));
    }
}
