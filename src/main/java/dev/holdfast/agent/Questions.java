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
import dev.holdfast.window.Summary;
import dev.holdfast.window.SummaryPolicy;
import dev.holdfast.window.TokenCounter;
import dev.holdfast.window.TokenCounters;
import dev.holdfast.window.View;
import dev.holdfast.window.WindowRules;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
    private final SummaryPolicy summaries;
    private final Optional<String> system;
    private final int maxOutput;
    private final Clock clock;
    private final Calibration calibration = new Calibration();

    /**
     * @param system instructions before every conversation
     * @param maxOutput most tokens that a reply may have
     */
    public Questions(WindowRules rules, Optional<String> system, int maxOutput, Clock clock) {
        this.rules = rules;
        this.window = new MessageWindow(rules);
        this.summaries = new SummaryPolicy(rules);
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
        History history = history(live);
        View view = window.choose(history, counter);
        if (view.gap().isPresent()) {
            history = history.with(extract(live, view.gap().get(), counter));
            view = window.choose(history, counter);
        }
        Optional<Cut> cut = view.cut();
        if (cut.isPresent() && !cut.equals(history.cut())) {
            record(live, cut.get());
        }
        live.counts.retain(view.messages());
        Entry.Trace.Begin begin = cut.map(at -> new Entry.Trace.Begin(at.from(), at.kept(), at.summary()))
                .orElseGet(() -> new Entry.Trace.Begin(firstId(view), List.of(), Optional.empty()));
        Message last = view.messages().get(view.messages().size() - 1);
        TokenCounter exact = live.counts.by(TokenCounters.forModel(model.name()));
        long instructions = system.map(words -> tokens(words, counter)).orElse(0L);
        long uncalibrated = system.map(words -> tokens(words, exact)).orElse(0L)
                + view.messages().stream().mapToLong(exact::count).sum();
        ModelRequest request = new ModelRequest(system, view.messages(), maxOutput);
        return new Question(
                request,
                begin,
                last.id(),
                Sha256.hex(model.rendered(request)),
                view.tokens() + instructions,
                uncalibrated,
                view.whole() + instructions);
    }

    /** What was left out and no summary covers is put together of its own sentences. */
    private Summary extract(LiveConversation live, View.Gap gap, TokenCounter counter) {
        long frame = counter.count(new Summary("", gap.to(), "").message());
        Entry.Summary made = new Entry.Summary(
                live.file.newMessageId(),
                gap.messages().get(0).id(),
                gap.to(),
                Extract.of(
                        gap.after().map(Summary::text),
                        gap.messages(),
                        (int) Math.min(summaries.tokens(), gap.room() - frame),
                        counter),
                Optional.empty(),
                Usage.NONE,
                clock.instant());
        live.file.append(made);
        return new Summary(made.id(), made.to(), made.text());
    }

    /** What is to be summarised ahead of the next cut; empty: nothing, or a summary waits already. */
    Optional<Unsummarised> due(LiveConversation live, String model) throws IOException {
        History history = history(live);
        List<Message> sent = history.sent();
        Optional<Cut> cut = history.cut();
        Optional<Summary> used = cut.flatMap(Cut::summary).flatMap(history::summary);
        boolean waits = history.summaries().stream()
                .anyMatch(summary -> !Optional.of(summary).equals(used) && isOn(sent, summary.to()));
        if (waits) {
            return Optional.empty();
        }
        TokenCounter counter = counter(live, model);
        long before = used.map(summary -> tokens(summary.text(), counter)).orElse(0L)
                + history.kept().stream().mapToLong(counter::count).sum();
        return summaries
                .due(sent, before, counter)
                .map(due -> new Unsummarised(used.map(Summary::text), due.messages(), summaries.tokens()));
    }

    /**
     * What a summary is to be made of.
     *
     * @param before the summary of what came before the messages
     * @param messages whole turns, oldest first
     * @param tokens that the summary is to have at most
     */
    record Unsummarised(Optional<String> before, List<Message> messages, int tokens) {}

    /** The same as sentences of its own. */
    String extract(LiveConversation live, String model, Unsummarised part) {
        return Extract.of(part.before(), part.messages(), part.tokens(), counter(live, model));
    }

    /** What a provider has reported of a question of which the tokens were counted before. */
    void learn(String model, Question question, Usage reported) {
        if (reported.sent() > 0) {
            calibration.learn(model, question.uncalibrated(), reported.sent());
        }
    }

    /** Tokens of a message, as the model counts them. */
    int tokens(LiveConversation live, String model, Message message) {
        return live.locked(transcript -> counter(live, model).count(message));
    }

    private static long tokens(String words, TokenCounter counter) {
        return counter.count(Message.user("", Optional.empty(), words, Instant.EPOCH, Optional.empty()));
    }

    private static String firstId(View view) {
        return view.messages().get(0).id();
    }

    TokenCounter counter(LiveConversation live, String model) {
        TokenCounter counted = live.counts.by(TokenCounters.forModel(model));
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
                overlay.summaries().stream()
                        .map(summary -> new Summary(summary.id(), summary.to(), summary.text()))
                        .toList());
    }

    static List<Message> path(LiveConversation live) {
        return live.locked(transcript -> transcript.tree().path());
    }

    private static boolean isOn(List<Message> path, String id) {
        return path.stream().anyMatch(message -> message.id().equals(id));
    }

    /** Tokens that history may have before the next cut is due. */
    int room() {
        return rules.soft();
    }

    private void record(LiveConversation live, Cut cut) {
        live.file.append(
                new Entry.Window(cut.from(), cut.kept(), cut.summary(), cut.leftOut(), clock.instant()));
    }
}
