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
        List<String> kept = history.path().stream()
                .map(Message::id)
                .filter(id -> back.contains(id) || cut.get().kept().contains(id))
                .toList();
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
