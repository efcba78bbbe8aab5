package dev.holdfast.window;

import dev.holdfast.conversation.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One choice of a {@link MessageWindow}. For one thread. */
final class Choice {
    /**
     * A summary that could be used.
     *
     * @param turn index of the first turn that it does not wholly cover
     */
    private record Reach(Summary summary, int turn, long tokens) {}

    /** Where a view begins: with what is kept, perhaps a summary, and the turn of that index. */
    private record Beginning(int from, Kept kept, Optional<Reach> summary) {
        long summaryTokens() {
            return summary.map(Reach::tokens).orElse(0L);
        }
    }

    private final WindowRules rules;
    private final History history;
    private final TokenCounter counter;

    /** Where the last cut is on the path; 0 without one. */
    private final int begin;

    private final Optional<Cut> cut;
    /** From the last cut on. */
    private final List<Turn> turns;
    /** Tokens and messages from each turn to the end. */
    private final long[] tokensFrom;

    private final int[] messagesFrom;
    /** What is known from before the last cut: what is kept, and what was pinned since. */
    private final List<Turn> earlier;
    /** Those that reach at least to the last cut, the one that reaches furthest first. */
    private final List<Reach> reaches;

    private final Beginning present;

    Choice(WindowRules rules, History history, TokenCounter counter) {
        this.rules = rules;
        this.history = history;
        this.counter = counter;
        int found = history.cut().map(last -> indexOf(last.from())).orElse(-1);
        begin = Math.max(0, found);
        cut = found < 0 ? Optional.empty() : history.cut();
        List<Message> path = history.path();
        turns = Turn.of(path.subList(begin, path.size()), counter);
        tokensFrom = new long[turns.size() + 1];
        messagesFrom = new int[turns.size() + 1];
        for (int i = turns.size() - 1; i >= 0; i--) {
            tokensFrom[i] = tokensFrom[i + 1] + turns.get(i).tokens();
            messagesFrom[i] = messagesFrom[i + 1] + turns.get(i).sent().size();
        }
        earlier = earlier();
        reaches = reaches();
        present = present();
    }

    /** Searches from the end: a cut is nearer to it than to the beginning of a long conversation. */
    private int indexOf(String id) {
        List<Message> path = history.path();
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i).id().equals(id)) {
                return Turn.begins(path.get(i)) ? i : -1;
            }
        }
        return -1;
    }

    private List<Turn> earlier() {
        if (cut.isEmpty() || history.kept().isEmpty()) {
            return List.of();
        }
        Set<String> later = new HashSet<>();
        turns.forEach(turn -> turn.all().forEach(message -> later.add(message.id())));
        return Turn.of(
                history.kept().stream()
                        .filter(message -> !later.contains(message.id()))
                        .toList(),
                counter);
    }

    private List<Reach> reaches() {
        if (history.summaries().isEmpty()) {
            return List.of();
        }
        Map<String, Integer> turnBehind = turnBehind();
        summaryOfCut().ifPresent(summary -> turnBehind.putIfAbsent(summary.to(), 0));
        List<Reach> found = new ArrayList<>();
        for (Summary summary : history.summaries()) {
            Integer turn = turnBehind.get(summary.to());
            long tokens = turn == null ? 0 : counter.count(summary.message());
            if (turn != null && tokens <= rules.mostBefore() && (turn > 0 || cut.isPresent())) {
                found.add(0, new Reach(summary, turn, tokens));
            }
        }
        found.sort(Comparator.comparingInt(Reach::turn).reversed());
        return found;
    }

    /** For each message the first turn that is not wholly covered by a summary up to it; the last turn never is. */
    private Map<String, Integer> turnBehind() {
        Map<String, Integer> behind = new HashMap<>();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            boolean whole = false;
            for (Message message : turn.all()) {
                whole |= message.id().equals(turn.lastSent().id());
                behind.put(message.id(), whole ? Math.min(i + 1, lastIndex()) : i);
            }
        }
        return behind;
    }

    private Optional<Summary> summaryOfCut() {
        return cut.flatMap(Cut::summary).flatMap(id -> history.summaries().stream()
                .filter(summary -> summary.id().equals(id))
                .findFirst());
    }

    private Beginning present() {
        if (cut.isEmpty()) {
            return new Beginning(0, Kept.of(List.of()), Optional.empty());
        }
        Set<String> ids = Set.copyOf(cut.get().kept());
        List<Turn> kept = earlier.stream()
                .filter(turn -> ids.contains(turn.all().get(0).id()))
                .toList();
        Optional<Reach> summary =
                summaryOfCut().map(used -> new Reach(used, 0, counter.count(used.message())));
        return new Beginning(0, Kept.of(kept), summary);
    }

    /** Whether {@code message}, the last of the path, is sent. */
    boolean answers(Message message) {
        return !turns.isEmpty() && last().lastSent().id().equals(message.id());
    }

    /** The turn that is to be answered. */
    Turn last() {
        return turns.get(lastIndex());
    }

    private int lastIndex() {
        return turns.size() - 1;
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
        return waits || lastIndex() == 0 || tokens(present) < rules.early() ? Optional.empty() : gap(atLowMark());
    }

    /** In the last turn alone there may be any number of messages. */
    private boolean isOver() {
        return tokens(present) > rules.high() || lastIndex() > 0 && messages(present) > rules.messages(4);
    }

    /** Behind a summary that was made ahead of time, from the soft mark on, if that makes it shorter. */
    private Optional<Beginning> inTime() {
        if (tokens(present) < rules.soft() || reaches.isEmpty() || reaches.get(0).turn() == 0) {
            return Optional.empty();
        }
        Reach reach = reaches.get(0);
        Kept kept = kept(reach.turn(), rules.mostBefore() - reach.tokens(), Integer.MAX_VALUE);
        return Optional.of(new Beginning(reach.turn(), kept, Optional.of(reach)))
                .filter(beginning -> tokens(beginning) < tokens(present));
    }

    /**
     * Right behind what a summary covers, if that leaves no more than the middle between the marks.
     *
     * @param low where the low mark demands the cut: what is kept may be made less of only for a cut that goes as far
     */
    private Optional<Beginning> behind(Reach reach, int low) {
        int from = reach.turn();
        long tokens = (from == lastIndex() ? rules.high() : rules.middle()) - tokensFrom[from] - reach.tokens();
        int messages = messagesLeft(from, 3);
        if (from == 0 || tokens < 0 || messages < 0) {
            return Optional.empty();
        }
        Kept kept = kept(from, rules.mostBefore() - reach.tokens(), Integer.MAX_VALUE);
        if (kept.tokens() > tokens || kept.messages() > messages) {
            kept = kept(from, Math.min(tokens, rules.mostBefore() - reach.tokens()), messages);
            if (from < low) {
                return Optional.empty();
            }
        }
        return Optional.of(new Beginning(from, kept, Optional.of(reach)));
    }

    /** As far as the low mark demands, with the summary that comes nearest; room is left for one that reaches. */
    private Beginning atLowMark() {
        long room = Math.max(
                rules.summaryRoom(), reaches.stream().mapToLong(Reach::tokens).max().orElse(0));
        int from = Math.min(1, lastIndex());
        for (int fits = lastIndex(); from < fits; ) {
            int between = (from + fits) >>> 1;
            Kept kept = kept(between, rules.mostBefore() - room, Integer.MAX_VALUE);
            if (tokensFrom[between] + room + kept.tokens() <= rules.low() && kept.messages() <= messagesLeft(between, 2)) {
                fits = between;
            } else {
                from = between + 1;
            }
        }
        int chosen = from;
        long left = limit(chosen) - tokensFrom[chosen];
        long summary = Math.min(room, left);
        Kept kept = kept(chosen, Math.min(rules.mostBefore() - room, left - summary), messagesLeft(chosen, 2));
        return new Beginning(
                chosen,
                kept,
                reaches.stream()
                        .filter(reach -> reach.turn() <= chosen && reach.tokens() <= summary)
                        .findFirst());
    }

    private long limit(int from) {
        return from == lastIndex() ? rules.high() : rules.low();
    }

    /** How many messages may come before the turn {@code from} and a summary, if so many quarters of the most are sent. */
    private int messagesLeft(int from, int quarters) {
        return from == lastIndex()
                ? Math.max(0, rules.messages(quarters) - messagesFrom[from] - 1)
                : rules.messages(quarters) - messagesFrom[from] - 1;
    }

    private Kept kept(int from, long mostTokens, int mostMessages) {
        List<Turn> before = Stream.concat(earlier.stream(), turns.subList(0, from).stream())
                .toList();
        return Kept.of(
                before,
                rules.keepFirst(),
                history.pinned(),
                mostTokens,
                Math.min(mostMessages, rules.messages(1) - 1));
    }

    private Optional<View.Gap> gap(Beginning beginning) {
        int from = beginning.from();
        List<Message> messages = turns.subList(beginning.summary().map(Reach::turn).orElse(0), from).stream()
                .filter(turn -> !beginning.kept().turns().contains(turn))
                .flatMap(turn -> turn.sent().stream())
                .toList();
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        long room = Math.min(rules.mostBefore(), limit(from) - tokensFrom[from])
                - beginning.kept().tokens();
        return Optional.of(new View.Gap(
                messages,
                beginning.summary().map(Reach::summary),
                turns.get(from - 1).lastMessage().id(),
                room));
    }

    private long tokens(Beginning beginning) {
        return beginning.kept().tokens() + beginning.summaryTokens() + tokensFrom[beginning.from()];
    }

    private int messages(Beginning beginning) {
        int summary = beginning.summary().isPresent() ? 1 : 0;
        return beginning.kept().messages() + summary + messagesFrom[beginning.from()];
    }

    private View view(Beginning beginning, Optional<View.Gap> gap) {
        List<Message> sent = new ArrayList<>();
        beginning.kept().turns().forEach(turn -> sent.addAll(turn.sent()));
        beginning.summary().ifPresent(reach -> sent.add(reach.summary().message()));
        turns.subList(beginning.from(), turns.size()).forEach(turn -> sent.addAll(turn.sent()));
        long tokens = tokens(beginning);
        if (beginning == present && cut.isEmpty()) {
            return new View(sent, tokens, 0, Optional.empty(), tokens, gap);
        }
        long leftOut = leftOut(beginning);
        int index = begin
                + turns.subList(0, beginning.from()).stream()
                        .mapToInt(turn -> turn.all().size())
                        .sum();
        List<String> kept = beginning.kept().ids();
        Cut made = new Cut(
                turns.get(beginning.from()).id(),
                kept,
                beginning.summary().map(reach -> reach.summary().id()),
                leftOut);
        return new View(
                sent,
                tokens,
                Math.max(0, index - kept.size()),
                Optional.of(made),
                leftOut + tokens - beginning.summaryTokens(),
                gap);
    }

    private long leftOut(Beginning beginning) {
        long before = cut.map(Cut::leftOut).orElse(0L);
        long leavesOut = tokensFrom[0] - tokensFrom[beginning.from()]
                + present.kept().tokens()
                - beginning.kept().tokens();
        return Math.max(0, before + leavesOut);
    }
}
