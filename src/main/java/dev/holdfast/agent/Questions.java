package dev.holdfast.agent;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ChatModel;
import dev.holdfast.model.ModelRequest;
import dev.holdfast.protect.Sha256;
import dev.holdfast.window.Calibration;
import dev.holdfast.window.Cut;
import dev.holdfast.window.Extract;
import dev.holdfast.window.History;
import dev.holdfast.window.MessageTooLongException;
import dev.holdfast.window.MessageWindow;
import dev.holdfast.window.SummaryMessage;
import dev.holdfast.window.TokenCounter;
import dev.holdfast.window.TokenCounters;
import dev.holdfast.window.View;
import dev.holdfast.window.WindowRules;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts together what a model is asked about a conversation: the window chooses what it sees, and where that was cut is
 * recorded, so that the next request, and the first one after a restart, begins in the same way. Thread-safe.
 */
public final class Questions {
    private final WindowRules rules;
    private final MessageWindow window;
    private final Optional<String> system;
    private final int maxOutput;
    private final Clock clock;
    private final TokenCounters counters = new TokenCounters();
    private final Calibration calibration = new Calibration();

    /**
     * @param system instructions before every conversation
     * @param maxOutput most tokens that a reply may have
     */
    public Questions(WindowRules rules, Optional<String> system, int maxOutput, Clock clock) {
        this.rules = rules;
        this.window = new MessageWindow(rules);
        this.system = system;
        this.maxOutput = maxOutput;
        this.clock = clock;
    }

    /**
     * What is to be asked for the end of the active path.
     *
     * @throws MessageTooLongException if what must be sent does not fit; nothing has changed then
     * @throws IOException if the conversation's file could not be read
     */
    Question next(LiveConversation live, ChatModel model) throws MessageTooLongException, IOException {
        TokenCounter counter = counter(live, model.name());
        History known = history(live);
        View first = window.choose(known, counter);
        Optional<Entry.Summary> extract = first.gap().map(gap -> extract(live, gap, once(model.name())));
        History history = extract.map(known::with).orElse(known);
        View view = extract.isPresent() ? window.choose(history, counter) : first;
        if (view.cut().isPresent() && !view.cut().equals(history.cut())) {
            record(live, view.cut().get());
        }
        Optional<Unsummarised> ahead = window.ahead(history, counter).map(gap -> unsummarised(gap, once(model.name())));
        live.counts(model.name(), counters).retain(view.messages());
        return question(view, model, live, ahead);
    }

    private Question question(View view, ChatModel model, LiveConversation live, Optional<Unsummarised> ahead) {
        List<Message> messages = view.messages();
        ModelRequest request = new ModelRequest(system, messages, maxOutput);
        TokenCounter uncalibrated = live.counts(model.name(), counters);
        long counted = uncalibrated.perRequest()
                + instructions(counters.forModel(model.name()))
                + messages.stream().mapToLong(uncalibrated::count).sum();
        long besides = instructions(once(model.name()));
        return new Question(
                request,
                view.cut()
                        .map(cut -> new Entry.Trace.Begin(cut.from(), cut.kept(), cut.summary()))
                        .orElseGet(() -> new Entry.Trace.Begin(messages.get(0).id(), List.of(), Optional.empty())),
                messages.get(messages.size() - 1).id(),
                Sha256.hex(model.rendered(request)),
                view.tokens() + besides,
                counted,
                view.whole() + besides,
                ahead);
    }

    private long instructions(TokenCounter counter) {
        return system.map(words -> tokens(words, counter)).orElse(0L);
    }

    /** What was left out and no summary covers is put together of its own sentences. */
    private Entry.Summary extract(LiveConversation live, View.Gap gap, TokenCounter counter) {
        Unsummarised part = unsummarised(gap, counter);
        Entry.Summary made = part.summary(live, extract(part, counter), Optional.empty(), Usage.NONE, clock);
        live.file.append(made);
        return made;
    }

    private static String extract(Unsummarised part, TokenCounter counter) {
        return Extract.of(part.before(), part.messages(), part.tokens(), counter);
    }

    /** A summary out of sentences from the messages. */
    String extract(String model, Unsummarised part) {
        return extract(part, once(model));
    }

    private Unsummarised unsummarised(View.Gap gap, TokenCounter counter) {
        int frame = counter.count(SummaryMessage.frame());
        String from = gap.after()
                .map(Entry.Summary::from)
                .orElse(gap.messages().get(0).id());
        return new Unsummarised(from, gap.to(), gap.after().map(Entry.Summary::text), gap.messages(), (int)
                Math.max(0, Math.min(rules.low() / 8, gap.room() - frame)));
    }

    /** What a provider has reported of a question of which the tokens were counted before. */
    void learn(String model, Question question, Usage reported) {
        if (reported.sent() > 0) {
            calibration.learn(model, question.uncalibrated(), reported.sent());
        }
    }

    /** Tokens of a message, as the model counts them. */
    int tokens(String model, Message message) {
        return once(model).count(message);
    }

    private static long tokens(String words, TokenCounter counter) {
        return counter.count(Message.user("", Optional.empty(), words, Instant.EPOCH, Optional.empty()));
    }

    /** Counts what is no message of a conversation, or not yet. */
    private TokenCounter once(String model) {
        return message -> calibration.calibrated(model, counters.forModel(model).count(message));
    }

    /** Counts messages of a conversation, and remembers by their ids what they have. */
    TokenCounter counter(LiveConversation live, String model) {
        TokenCounter counted = live.counts(model, counters);
        return message -> calibration.calibrated(model, counted.count(message));
    }

    /** Takes so much in of the file that everything since the last cut is here, and what is kept from before. */
    History history(LiveConversation live) throws IOException {
        Overlay overlay = live.locked(Transcript::overlay);
        Optional<Entry.Window> last = overlay.window();
        live.file.reachMessage(last.map(Entry.Window::from));
        List<Message> path = path(live);
        boolean onPath = last.isPresent() && isOn(path, last.get().from());
        if (last.isPresent() && !onPath) {
            live.file.reachMessage(Optional.empty()); // It was made on another branch, and says nothing of this one.
            path = path(live);
        }
        Optional<Entry.Window> cut = last.filter(window -> onPath);
        return new History(
                path,
                cut.map(at -> new Cut(at.from(), at.kept(), at.summary(), at.leftOut())),
                cut.isPresent() ? live.kept(cut.get().kept()) : List.of(),
                Set.copyOf(overlay.pinned()),
                overlay.summaries());
    }

    static List<Message> path(LiveConversation live) {
        return live.locked(transcript -> transcript.tree().path());
    }

    private static boolean isOn(List<Message> path, String id) {
        return path.stream().anyMatch(message -> message.id().equals(id));
    }

    /** Tokens that history may have before the next summary is due. */
    int room() {
        return rules.early();
    }

    private void record(LiveConversation live, Cut cut) {
        live.file.append(new Entry.Window(cut.from(), cut.kept(), cut.summary(), cut.leftOut(), clock.instant()));
    }
}
