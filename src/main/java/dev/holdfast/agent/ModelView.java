package dev.holdfast.agent;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.model.ChatModel;
import dev.holdfast.store.StoredConversation;
import dev.holdfast.window.Cut;
import dev.holdfast.window.History;
import dev.holdfast.window.MessageWindow;
import dev.holdfast.window.TokenCounter;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a person decides about what the model sees: that a message stays in view, or that a summary is taken back. Each
 * changes the beginning of what is sent, once; a provider's cache is missed once. Thread-safe.
 */
public final class ModelView {
    /** However many fit: so many messages are looked at. */
    private static final int MOST_READ = 1_000;

    private final Questions questions;
    private final ChatModel model;
    private final Clock clock;

    ModelView(Questions questions, ChatModel model, Clock clock) {
        this.questions = questions;
        this.model = model;
        this.clock = clock;
    }

    /**
     * What to append so that a message stays in view however old it gets, with the turn that it is part of, or no longer. One
     * that was cut off is back in view at once.
     *
     * @param messageId of a message that is in memory, with all that came after it
     */
    public List<Entry> pin(LiveConversation live, String messageId, boolean pinned) throws IOException {
        Entry.Pin pin = new Entry.Pin(messageId, pinned, clock.instant());
        History history = questions.history(live);
        Optional<Cut> cut = history.cut();
        List<Message> turn = pinned && cut.isPresent() ? turnBefore(history.path(), cut.get(), messageId) : List.of();
        if (turn.isEmpty()) {
            return List.of(pin);
        }
        TokenCounter counter = questions.counter(live, model.name());
        Set<String> back = Set.copyOf(ids(turn));
        List<String> path = ids(history.path());
        Stream<String> earlier = cut.get().kept().stream().filter(id -> !path.contains(id));
        Stream<String> here =
                path.stream().filter(id -> back.contains(id) || cut.get().kept().contains(id));
        List<String> kept = Stream.concat(earlier, here).toList();
        long leftOut = Math.max(
                0, cut.get().leftOut() - turn.stream().mapToLong(counter::count).sum());
        return List.of(pin, new Entry.Window(cut.get().from(), kept, cut.get().summary(), leftOut, clock.instant()));
    }

    /** The turn of a message that lies before a cut and is not sent. */
    private static List<Message> turnBefore(List<Message> path, Cut cut, String messageId) {
        List<String> ids = ids(path);
        int at = ids.indexOf(messageId);
        int from = ids.indexOf(cut.from());
        if (at < 0 || at >= from || cut.kept().contains(messageId)) {
            return List.of();
        }
        int begin = at;
        while (begin > 0 && !MessageWindow.beginsTurn(path.get(begin))) {
            begin--;
        }
        int end = at + 1;
        while (end < from && !MessageWindow.beginsTurn(path.get(end))) {
            end++;
        }
        return path.subList(begin, end);
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    /**
     * What to append so that the model is sent the last turns only, and from before them what is kept and the newest summary,
     * if there is one.
     *
     * @return empty if there are no more turns, or what is sent begins later already
     */
    public Optional<Entry.Window> recent(LiveConversation live, int turns) throws IOException {
        History history = questions.history(live);
        List<Message> path = history.path();
        List<String> ids = ids(path);
        int cut = history.cut().map(at -> ids.indexOf(at.from())).orElse(0);
        int from = beginOfLast(turns, path);
        if (from <= cut) {
            return Optional.empty();
        }
        List<Message> behind = path.subList(cut, from);
        List<String> kept = new ArrayList<>(history.cut().map(Cut::kept).orElse(List.of()));
        kept.addAll(pinnedTurns(behind, history.pinned()));
        List<Message> gone =
                behind.stream().filter(message -> !kept.contains(message.id())).toList();
        Optional<String> summary = history.summaries().stream()
                .filter(made -> ids.subList(0, from).contains(made.to()))
                .map(Entry.Summary::id)
                .reduce((older, newer) -> newer)
                .or(() -> history.cut().flatMap(Cut::summary));
        long leftOut = history.cut().map(Cut::leftOut).orElse(0L) + tokens(gone, questions.counter(live, model.name()));
        return Optional.of(new Entry.Window(ids.get(from), kept, summary, leftOut, clock.instant()));
    }

    /** -1 if there are fewer. */
    private static int beginOfLast(int turns, List<Message> path) {
        int left = turns;
        int at = path.size();
        while (at > 0 && left > 0) {
            at--;
            left -= MessageWindow.beginsTurn(path.get(at)) ? 1 : 0;
        }
        return left == 0 ? at : -1;
    }

    /** Of the turns in which a message is pinned, all messages. */
    private static List<String> pinnedTurns(List<Message> messages, Set<String> pinned) {
        List<String> all = new ArrayList<>();
        List<String> turn = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            turn.add(messages.get(i).id());
            if (i + 1 == messages.size() || MessageWindow.beginsTurn(messages.get(i + 1))) {
                all.addAll(turn.stream().anyMatch(pinned::contains) ? turn : List.of());
                turn.clear();
            }
        }
        return all;
    }

    /**
     * What to append so that the summary is not sent any more, but what it stood for, as far back as there is room for.
     *
     * @return empty if no summary is sent
     */
    public Optional<Entry.Window> withoutSummary(LiveConversation live) throws IOException {
        History history = questions.history(live);
        Optional<Cut> cut = history.cut().filter(at -> at.summary().isPresent());
        if (cut.isEmpty()) {
            return Optional.empty();
        }
        TokenCounter counter = questions.counter(live, model.name());
        List<Message> back = new ArrayList<>(history.sent());
        StoredConversation.Page earlier = live.stored().before(cut.get().from(), MOST_READ);
        long room = questions.room() - tokens(back, counter) - tokens(history.kept(), counter);
        long returned = 0;
        List<Message> turn = new ArrayList<>();
        for (int i = earlier.messages().size() - 1; i >= 0; i--) {
            Message message = earlier.messages().get(i);
            turn.add(0, message);
            if (MessageWindow.beginsTurn(message)) {
                long tokens = tokens(turn, counter);
                if (returned + tokens > room) {
                    break;
                }
                returned += tokens;
                back.addAll(0, turn);
                turn.clear();
            }
        }
        Set<String> sent = Set.copyOf(ids(back));
        return Optional.of(new Entry.Window(
                back.get(0).id(),
                cut.get().kept().stream().filter(id -> !sent.contains(id)).toList(),
                Optional.empty(),
                Math.max(0, cut.get().leftOut() - returned),
                clock.instant()));
    }

    private static long tokens(List<Message> messages, TokenCounter counter) {
        return messages.stream().mapToLong(counter::count).sum();
    }
}
