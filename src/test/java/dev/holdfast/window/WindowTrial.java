package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One conversation, asked for at each of its messages, with pins and summaries coming and going. */
final class WindowTrial {
    int cuts;
    int views;

    private final Random random;
    private final WindowRules rules;
    private final MessageWindow window;
    /** Under these marks nothing is ever cut. */
    private final MessageWindow endless;

    private final ChancePath path;
    private final Set<String> pinned = new HashSet<>();
    private final List<Entry.Summary> summaries = new ArrayList<>();
    private final boolean summarises;
    private Optional<Cut> cut = Optional.empty();
    private List<Message> before = List.of();

    WindowTrial(Random random) {
        this.random = random;
        int low = random.nextInt(300);
        rules = new WindowRules(
                low + 1 + random.nextInt(300),
                low,
                random.nextInt(3) == 0 ? random.nextInt(8) : 0,
                random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 0);
        window = new MessageWindow(rules);
        endless = new MessageWindow(WindowRules.of(Integer.MAX_VALUE, Integer.MAX_VALUE - 1));
        path = new ChancePath(random);
        summarises = random.nextBoolean();
    }

    void run() throws MessageTooLongException {
        for (int length = 1; length <= path.all().size(); length++) {
            if (random.nextInt(12) == 0) {
                pinned.add("m" + random.nextInt(length));
            }
            if (random.nextInt(12) == 0) {
                pinned.remove("m" + random.nextInt(length));
            }
            if (summarises && random.nextInt(6) == 0) {
                summaries.add(summary("m" + random.nextInt(length), random.nextInt(rules.low() + 2)));
            }
            if (path.asks(length)) {
                ask(path.all().subList(0, length));
            }
        }
    }

    private Entry.Summary summary(String to, long tokens) {
        return Paths.summary("s" + summaries.size(), to, tokens + " tokens");
    }

    private void ask(List<Message> path) throws MessageTooLongException {
        History history = history(path, cut);
        View view;
        try {
            view = window.choose(history, Paths.WEIGHT);
        } catch (MessageTooLongException e) {
            assertTrue(lastTurnAlone(path) > rules.high(), "refused without need");
            assertEquals(lastTurnAlone(path), e.tokens());
            return;
        }
        checkLegal(view, path);
        if (view.cut().equals(cut)) {
            assertTrue(
                    view.messages().size() >= before.size()
                            && view.messages().subList(0, before.size()).equals(before),
                    "the beginning changed without a cut");
        } else {
            cuts++;
            checkCut(view, history);
        }
        view = fill(view, path);
        cut = view.cut();
        before = view.messages();
        views++;
        checkRestart(view, path);
    }

    private History history(List<Message> path, Optional<Cut> cut) {
        Set<String> kept = new HashSet<>(cut.map(Cut::kept).orElse(List.of()));
        List<List<Message>> turns = turns(path);
        List<Message> known = new ArrayList<>();
        for (List<Message> turn : turns) {
            if (turn.stream().anyMatch(message -> kept.contains(message.id()) || pinned.contains(message.id()))) {
                known.addAll(turn);
            }
        }
        int from = cut.map(last -> index(path, last.from())).orElse(0);
        int begin = random.nextBoolean() ? from : from == 0 ? 0 : random.nextInt(from);
        return new History(path.subList(begin, path.size()), cut, known, pinned, summaries);
    }

    private static int index(List<Message> path, String id) {
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new AssertionError(id + " is not on the path");
    }

    /** Each with what comes before the first person's message, where there is such. */
    private static List<List<Message>> turns(List<Message> path) {
        List<List<Message>> turns = new ArrayList<>();
        List<Message> turn = new ArrayList<>();
        boolean begun = false;
        for (Message message : path) {
            if (message.role() == Role.USER && message.content().size() == 1) {
                if (begun) {
                    turns.add(turn);
                    turn = new ArrayList<>();
                }
                begun = true;
            }
            turn.add(message);
        }
        turns.add(turn);
        return turns;
    }

    private long lastTurnAlone(List<Message> path) throws MessageTooLongException {
        List<List<Message>> turns = turns(path);
        return endless.choose(History.of(turns.get(turns.size() - 1), Optional.empty()), Paths.WEIGHT)
                .tokens();
    }

    private static long tokens(Collection<Message> messages) {
        return messages.stream().mapToLong(Paths.WEIGHT::count).sum();
    }

    private void checkLegal(View view, List<Message> path) throws MessageTooLongException {
        List<Message> sent = view.messages();
        assertEquals(Optional.empty(), Providers.refusal(sent));
        assertEquals(path.get(path.size() - 1).id(), sent.get(sent.size() - 1).id(), "the last message is sent");
        assertEquals(tokens(sent), view.tokens());
        assertTrue(view.tokens() <= rules.high(), "over the high mark");
        Optional<Cut> made = view.cut();
        List<List<Message>> turns = turns(path);
        String lastTurn = personsMessage(turns.get(turns.size() - 1)).id();
        boolean lastAlone = made.map(Cut::from).equals(Optional.of(lastTurn)) || turns.size() == 1;
        assertTrue(rules.mostMessages() == 0 || sent.size() <= rules.mostMessages() || lastAlone, "too many messages");
        View everything = endless.choose(History.of(path, Optional.empty()), Paths.WEIGHT);
        assertEquals(everything.tokens(), view.whole(), "what resending would cost");
        if (made.isPresent()) {
            checkBeginning(made.get(), sent, path);
        } else {
            assertEquals(everything.messages(), sent);
        }
    }

    private static Message personsMessage(List<Message> turn) {
        return turn.stream()
                .filter(message ->
                        message.role() == Role.USER && message.content().size() == 1)
                .findFirst()
                .orElseThrow();
    }

    /** Kept turns are whole, and with the summary no more than half of the low mark. */
    private void checkBeginning(Cut made, List<Message> sent, List<Message> path) {
        int from = index(path, made.from());
        Set<String> kept = new HashSet<>(made.kept());
        List<String> wholeTurns = new ArrayList<>();
        for (List<Message> turn : turns(path.subList(0, from))) {
            if (turn.stream().anyMatch(message -> kept.contains(message.id()))) {
                turn.forEach(message -> wholeTurns.add(message.id()));
            }
        }
        assertEquals(wholeTurns, made.kept(), "turns are kept whole, the oldest first");
        int begin = 0;
        while (!sent.get(begin).id().equals(made.from())) {
            begin++;
        }
        List<Message> prefix = sent.subList(0, begin);
        assertTrue(tokens(prefix) <= rules.low() / 2, "too much from before the cut");
        assertEquals(
                made.summary().isPresent(),
                !prefix.isEmpty() && prefix.get(prefix.size() - 1).id().startsWith("summary:"));
        made.summary()
                .ifPresent(id -> assertEquals(
                        "summary:" + id, prefix.get(prefix.size() - 1).id()));
    }

    private void checkCut(View view, History history) throws MessageTooLongException {
        View uncut = endless.choose(history, Paths.WEIGHT);
        boolean over = uncut.tokens() > rules.high()
                || rules.mostMessages() > 0 && uncut.messages().size() > rules.mostMessages();
        Cut made = view.cut().orElseThrow();
        boolean inTime = uncut.tokens() >= rules.soft()
                && made.summary().isPresent()
                && !cut.map(Cut::from).equals(Optional.of(made.from()));
        assertTrue(over || inTime, "cut without need");
        List<Message> path = history.path();
        List<List<Message>> turns = turns(path);
        boolean lastAlone = personsMessage(turns.get(turns.size() - 1)).id().equals(made.from());
        if (over && !lastAlone) {
            assertTrue(
                    view.tokens() <= rules.low() || view.gap().isEmpty() && view.tokens() <= rules.middle(),
                    "cut to the low mark");
        }
        if (!over) {
            assertTrue(view.tokens() < uncut.tokens(), "the cut made it shorter");
            assertTrue(view.gap().isEmpty(), "everything is summarised");
        }
        checkCovered(view, path);
    }

    /** What is newly left out is summarised, kept, or said to be missing. */
    private void checkCovered(View view, List<Message> path) {
        Cut made = view.cut().orElseThrow();
        Set<String> told = new HashSet<>(made.kept());
        view.gap().ifPresent(gap -> gap.messages().forEach(message -> told.add(message.id())));
        int begin = cut.map(last -> index(path, last.from())).orElse(0);
        int covered = made.summary()
                .map(id -> Integer.parseInt(id.substring(1)))
                .map(number -> Integer.parseInt(summaries.get(number).to().substring(1)))
                .orElse(-1);
        Set<String> sendable = new HashSet<>();
        if (index(path, made.from()) > begin) {
            turns(path.subList(begin, index(path, made.from())))
                    .forEach(turn -> ToolPairs.legal(turn.subList(turn.indexOf(personsMessage(turn)), turn.size()))
                            .forEach(message -> sendable.add(message.id())));
        }
        for (String id : sendable) {
            assertTrue(
                    told.contains(id) || Integer.parseInt(id.substring(1)) <= covered, id + " is lost without a word");
        }
    }

    /** Now and then the gap is closed as a caller does; it asks once more, and that is enough. */
    private View fill(View view, List<Message> path) throws MessageTooLongException {
        if (view.gap().isEmpty() || !summarises || random.nextBoolean()) {
            return view;
        }
        View.Gap gap = view.gap().get();
        if (gap.room() < 1) {
            return view;
        }
        Entry.Summary extract = summary(gap.to(), 1 + random.nextInt((int) gap.room()));
        summaries.add(extract);
        View filled = window.choose(history(path, cut), Paths.WEIGHT);
        checkLegal(filled, path);
        assertEquals(view.cut().map(Cut::from), filled.cut().map(Cut::from), "the cut is at the same place");
        assertEquals(Optional.of(extract.id()), filled.cut().flatMap(Cut::summary), "and names the extract");
        assertTrue(filled.gap().isEmpty());
        return filled;
    }

    private void checkRestart(View view, List<Message> path) throws MessageTooLongException {
        View again = window.choose(history(path, view.cut()), Paths.WEIGHT);
        assertEquals(view.messages(), again.messages(), "the same after a restart");
        assertEquals(view.cut(), again.cut());
        assertEquals(view.whole(), again.whole());
        assertFalse(again.gap().isPresent());
    }
}
