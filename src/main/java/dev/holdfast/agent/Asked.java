package dev.holdfast.agent;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Usage;
import dev.holdfast.store.Spending.Reservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A question that was put to a model: what it takes, and how long. Guarded by the conversation's lock.
 *
 * <p>What was used is what the provider reports. It reports nothing of a call that was stopped or broke off, though it wants
 * to be paid; then the question as it was counted stands in, and the words that came.
 */
final class Asked {
    private final String model;
    private final Question question;
    private final Reservation reserved;
    private final Questions questions;
    private final Clock clock;
    private final Instant at;
    /** Null before it. */
    private Instant firstWord;

    Asked(String model, Question question, Reservation reserved, Questions questions, Clock clock) {
        this.model = model;
        this.question = question;
        this.reserved = reserved;
        this.questions = questions;
        this.clock = clock;
        this.at = clock.instant();
    }

    void spoke() {
        if (firstWord == null) {
            firstWord = clock.instant();
        }
    }

    /** Nothing was sent after all. */
    void dropped() {
        reserved.settle(Usage.NONE);
    }

    /** The reply has ended: settles what it took, and says it in the reply. */
    Message settled(Message reply) {
        boolean told = reply.stop().saidByModel();
        if (told) {
            questions.learn(model, question, reply.usage());
        }
        Message settled = told || firstWord == null
                ? reply
                : reply.withUsage(new Usage(question.tokens(), questions.tokens(model, reply), 0, 0));
        reserved.settle(settled.usage());
        return settled;
    }

    Entry.Trace trace(String replyId) {
        return new Entry.Trace(
                replyId,
                model,
                question.begin(),
                question.to(),
                question.request().maxOutput(),
                question.sha256(),
                question.tokens(),
                question.whole(),
                Optional.ofNullable(firstWord).map(this::since),
                since(clock.instant()),
                at);
    }

    /** The wall clock may be set back meanwhile. */
    private long since(Instant then) {
        return Math.max(0, Duration.between(at, then).toMillis());
    }
}
