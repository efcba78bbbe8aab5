package dev.holdfast.agent;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelFailure;
import dev.holdfast.model.ModelListener;
import dev.holdfast.model.ModelRequest;
import dev.holdfast.store.Spending.Reservation;
import dev.holdfast.window.SummaryPrompt;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes summaries ahead of the cut that needs them, so that no turn waits for one. If the model fails, or there is none,
 * the summary is put together of sentences from the messages. Thread-safe.
 */
public final class Summariser {
    private static final Logger LOG = LoggerFactory.getLogger(Summariser.class);

    private final ChatModel model;
    private final Executor work;
    private final Clock clock;

    /**
     * @param model who sums up; a cheap one will do. One that is offline is not asked
     * @param work where a finished summary is taken in
     */
    public Summariser(ChatModel model, Executor work, Clock clock) {
        this.model = model;
        this.work = work;
        this.clock = clock;
    }

    /** Begins a summary, unless one is being made. Does not wait for the model. */
    void begin(LiveConversation live, Unsummarised part, Questions questions, String asked, Budget budget) {
        if (live.beginSummary()) {
            new Summarising(live, part, questions, asked).begin(budget);
        }
    }

    /** One summary while it is made. */
    private final class Summarising implements ModelListener {
        private final LiveConversation live;
        private final Unsummarised part;
        private final Questions questions;
        private final String asked;
        private final StringBuffer words = new StringBuffer();
        private Reservation reservation = used -> {};
        private Usage most = Usage.NONE;

        Summarising(LiveConversation live, Unsummarised part, Questions questions, String asked) {
            this.live = live;
            this.part = part;
            this.questions = questions;
            this.asked = asked;
        }

        void begin(Budget budget) {
            if (model.offline()) {
                extract();
                return;
            }
            String text = SummaryPrompt.quotation(part.before(), part.messages());
            Message message = Message.user("", Optional.empty(), text, clock.instant(), Optional.empty());
            ModelRequest request = new ModelRequest(
                    Optional.of(SummaryPrompt.instructions(part.tokens())),
                    List.of(message),
                    Math.max(1, 2 * part.tokens()),
                    false);
            most = new Usage(questions.tokens(model.name(), message), request.maxOutput(), 0, 0);
            budget.reserve(live.file.owner(), live.locked(Transcript::spent), model.name(), most)
                    .whenCompleteAsync(
                            (taken, refusal) -> {
                                if (refusal != null) {
                                    extract();
                                } else {
                                    reservation = taken;
                                    ask(request);
                                }
                            },
                            work);
        }

        private void ask(ModelRequest request) {
            try {
                model.ask(request, this);
            } catch (RuntimeException e) {
                LOG.error("Conversation {}: asking {} for a summary failed", live.id(), model.name(), e);
                reservation.settle(Usage.NONE);
                extract();
            }
        }

        @Override
        public void piece(int block, Block.Kind kind, String piece) {
            if (kind == Block.Kind.TEXT) {
                words.append(piece);
            }
        }

        @Override
        public void signature(int block, String signature) {
            // Nothing of its thinking is kept.
        }

        @Override
        public void completed(Stop stop, Usage usage) {
            reservation.settle(usage);
            String text = live.redacted(words.toString().strip());
            if (text.isEmpty()) {
                extract();
            } else {
                keep(text, Optional.of(model.name()), usage);
            }
        }

        @Override
        public void failed(ModelFailure failure) {
            LOG.warn("Conversation {}: {} made no summary: {}", live.id(), model.name(), failure.kind());
            reservation.settle(words.length() == 0 ? Usage.NONE : most); // What it took nobody says.
            extract();
        }

        private void extract() {
            keep(questions.extract(asked, part), Optional.empty(), Usage.NONE);
        }

        private void keep(String text, Optional<String> by, Usage usage) {
            live.file
                    .append(part.summary(live, text, by, usage, clock))
                    .whenComplete((seq, failure) -> live.endSummary());
        }
    }
}
