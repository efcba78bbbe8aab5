package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One choice of a {@link MessageWindow}. For one thread. */
final class Choice {
    private static final int ANY = Integer.MAX_VALUE;

    private final WindowRules rules;
    private final History history;
    private final Tail tail;
    /** What is known from before the last cut: what is kept, and what was pinned since. */
    private final List<Turn> earlier;

    private final List<Reach> reaches;
    private final Beginning present;

    Choice(WindowRules rules, History history, TokenCounter counter) {
        this.rules = rules;
        this.history = history;
        tail = new Tail(history.path(), history.cut(), counter);
        earlier = tail.cut.isEmpty() ? List.of() : earlier(counter);
        reaches = Reach.all(history, tail, counter, rules.mostBefore());
        Set<String> kept = Set.copyOf(tail.cut.map(Cut::kept).orElse(List.of()));
        present = new Beginning(
                0,
                Kept.of(earlier.stream()
                        .filter(turn -> kept.contains(turn.all().get(0).id()))
                        .toList()),
                Reach.ofCut(history, tail, counter));
    }

    private List<Turn> earlier(TokenCounter counter) {
        if (history.kept().isEmpty()) {
            return List.of();
        }
        Set<String> later = new HashSet<>();
        tail.turns.forEach(turn -> turn.all().forEach(message -> later.add(message.id())));
        List<Message> before = history.kept().stream()
                .filter(message -> !later.contains(message.id()))
                .toList();
        return Turn.of(before, counter);
    }

    /** Whether {@code message}, the last of the path, is sent. */
    boolean sends(Message message) {
        return !tail.turns.isEmpty() && tail.lastTurn().lastSent().id().equals(message.id());
    }

    /** What must be sent: the turn that is to be answered. */
    long leastTokens() {
        return tail.lastTurn().tokens();
    }

    View view() {
        if (!isOver()) {
            return view(inTime().orElse(present), Optional.empty());
        }
        Beginning low = atLowMark();
        return reaches.stream()
                .flatMap(reach -> behind(reach, low.from()).stream())
                .findFirst()
                .map(behind -> view(behind, Optional.empty()))
                .orElseGet(() -> view(low, gap(low)));
    }

    Optional<View.Gap> ahead() {
        boolean waits = !reaches.isEmpty() && reaches.get(0).turn() > 0;
        return waits || tail.last() == 0 || present.tokens(tail) < rules.early() ? Optional.empty() : gap(atLowMark());
    }

    /** In the last turn alone there may be any number of messages. */
    private boolean isOver() {
        return present.tokens(tail) > rules.high() || tail.last() > 0 && present.messages(tail) > rules.messages(4);
    }

    /** Behind a summary that was made ahead of time, from the soft mark on, if that makes it shorter. */
    private Optional<Beginning> inTime() {
        if (present.tokens(tail) < rules.soft()
                || reaches.isEmpty()
                || reaches.get(0).turn() == 0) {
            return Optional.empty();
        }
        Reach reach = reaches.get(0);
        Kept kept = kept(reach.turn(), rules.mostBefore() - reach.tokens(), ANY);
        return Optional.of(new Beginning(reach.turn(), kept, Optional.of(reach)))
                .filter(beginning ->
                        beginning.tokens(tail) < present.tokens(tail) && beginning.messages(tail) <= rules.messages(4));
    }

    /**
     * Right behind what a summary covers, if that leaves no more than the middle between the marks.
     *
     * @param low where the low mark demands the cut: what is kept may be made less of only for a cut that goes as far
     */
    private Optional<Beginning> behind(Reach reach, int low) {
        int from = reach.turn();
        long tokens = (from == tail.last() ? rules.high() : rules.middle()) - tail.tokens(from) - reach.tokens();
        int messages = messagesLeft(from, 3);
        if (from == 0 || tokens < 0) {
            return Optional.empty();
        }
        long most = rules.mostBefore() - reach.tokens();
        Kept kept = kept(from, most, ANY);
        if (kept.tokens() > tokens || kept.messages() > messages) {
            if (from < low) {
                return Optional.empty();
            }
            kept = kept(from, Math.min(tokens, most), messages);
        }
        return Optional.of(new Beginning(from, kept, Optional.of(reach)));
    }

    /** As far as the low mark demands, with the summary that comes nearest; room is left for one that reaches. */
    private Beginning atLowMark() {
        long room = reaches.stream().mapToLong(Reach::tokens).reduce(rules.summaryRoom(), Math::max);
        int from = firstThatFits(room);
        long left = limit(from) - tail.tokens(from);
        long summary = Math.min(room, left);
        Kept kept = kept(from, Math.min(rules.mostBefore() - room, left - summary), messagesLeft(from, 2));
        Optional<Reach> nearest = reaches.stream()
                .filter(reach -> reach.turn() <= from && reach.tokens() <= summary)
                .findFirst();
        return new Beginning(from, kept, nearest);
    }

    /** What comes before a turn grows by no more than the turn that it gains, so the places that fit are the last ones. */
    private int firstThatFits(long room) {
        int from = Math.min(1, tail.last());
        for (int fits = tail.last(); from < fits; ) {
            int between = (from + fits) >>> 1;
            Kept kept = kept(between, rules.mostBefore() - room, ANY);
            if (kept.tokens() + room + tail.tokens(between) <= rules.low()
                    && kept.messages() <= messagesLeft(between, 2)) {
                fits = between;
            } else {
                from = between + 1;
            }
        }
        return from;
    }

    private long limit(int from) {
        return from == tail.last() ? rules.high() : rules.low();
    }

    /** How many messages may come before the turn {@code from} and a summary, if so many quarters of the most are sent. */
    private int messagesLeft(int from, int quarters) {
        return rules.messages(quarters) - tail.messages(from) - 1;
    }

    private Kept kept(int from, long mostTokens, int mostMessages) {
        List<Turn> before = Stream.concat(earlier.stream(), tail.turns.subList(0, from).stream())
                .toList();
        int most = Math.min(mostMessages, rules.messages(1) - 1);
        return Kept.of(before, rules.keepFirst(), history.pinned(), mostTokens, most);
    }

    private Optional<View.Gap> gap(Beginning beginning) {
        int from = beginning.from();
        int covered = beginning.summary().map(Reach::turn).orElse(0);
        List<Turn> kept = beginning.kept().turns();
        List<Message> messages = Stream.concat(
                        present.kept().turns().stream(), tail.turns.subList(covered, from).stream())
                .filter(turn -> !kept.contains(turn))
                .flatMap(turn -> turn.sent().stream())
                .toList();
        if (messages.isEmpty() || from == 0) {
            return Optional.empty();
        }
        long room = Math.min(rules.mostBefore(), limit(from) - tail.tokens(from))
                - beginning.kept().tokens();
        String to = tail.turns.get(from - 1).lastMessage().id();
        return Optional.of(new View.Gap(messages, beginning.summary().map(Reach::summary), to, room));
    }

    private View view(Beginning beginning, Optional<View.Gap> gap) {
        List<Message> sent = new ArrayList<>();
        beginning.kept().turns().forEach(turn -> sent.addAll(turn.sent()));
        beginning.summary().ifPresent(reach -> sent.add(SummaryMessage.of(reach.summary())));
        List<Turn> turns = tail.turns.subList(beginning.from(), tail.turns.size());
        turns.forEach(turn -> sent.addAll(turn.sent()));
        long tokens = beginning.tokens(tail);
        if (tail.cut.isEmpty() && beginning.from() == 0) {
            return new View(sent, tokens, 0, Optional.empty(), tokens, gap);
        }
        List<String> kept = beginning.kept().ids();
        Optional<String> summary =
                beginning.summary().map(reach -> reach.summary().id());
        long leftOut = leftOut(beginning);
        Cut cut = new Cut(turns.get(0).id(), kept, summary, leftOut);
        int messages = Math.max(0, indexOf(beginning.from()) - kept.size());
        return new View(sent, tokens, messages, Optional.of(cut), leftOut + tokens - beginning.summaryTokens(), gap);
    }

    /** Of a turn on the path. */
    private int indexOf(int turn) {
        return tail.turns.subList(0, turn).stream()
                .mapToInt(before -> before.all().size())
                .reduce(tail.begin, Integer::sum);
    }

    private long leftOut(Beginning beginning) {
        long before = tail.cut.map(Cut::leftOut).orElse(0L) + present.kept().tokens();
        return Math.max(
                0,
                before
                        + tail.tokens(0)
                        - tail.tokens(beginning.from())
                        - beginning.kept().tokens());
    }
}
