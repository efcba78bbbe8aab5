package dev.holdfast.bench;

import dev.holdfast.agent.TestTurns;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Usage;
import dev.holdfast.lifecycle.House;
import dev.holdfast.model.ModelRequest;
import dev.holdfast.window.Extract;
import dev.holdfast.window.TokenCounter;
import dev.holdfast.window.TokenCounters;
import dev.holdfast.window.WindowRules;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a conversation of 500 turns costs. It is led through the real window and summariser against a provider that counts
 * and caches as real ones do; what the same talk costs by other ways of sending it is counted beside, by the same counter.
 * Costs are in tokens of input at full price: what comes from the cache counts a tenth, what is written to it a quarter
 * more. Nothing varies: nothing is repeated.
 */
final class BillBench implements Benchmark {
    private static final int TURNS = 500;
    private static final TokenCounter COUNTER = new TokenCounters().forModel("gpt-4o");
    private static final Duration BETWEEN = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMinutes(6);

    /** What a talk costs turn by turn, and what the model can see at its end. */
    private record Bill(String how, List<Double> turns, String lastSeen) {
        double total() {
            return turns.stream().mapToDouble(Double::doubleValue).sum();
        }

        double mean(int from, int to) {
            return turns.subList(from, to).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
        }
    }

    @Override
    public void run(PrintStream out) {
        List<PlantedTalk.Turn> talk = PlantedTalk.of(TURNS, 7);
        long tokens = talk.stream()
                .mapToLong(turn -> tokens(turn.said()) + tokens(turn.answered()))
                .sum();
        out.printf(
                Locale.ROOT,
                "%,d turns, %,d tokens, %,d a turn; input billed, in tokens at full price (cache read 0.1, cache write"
                        + " 1.25)%n%n",
                TURNS,
                tokens,
                tokens / TURNS);
        compare(out, "8k/4k, no pauses", talk, WindowRules.of(8_000, 4_000), 0);
        compare(out, "8k/4k, every fifth turn after more than five minutes", talk, WindowRules.of(8_000, 4_000), 5);
        compare(out, "32k/16k, no pauses", talk, WindowRules.of(32_000, 16_000), 0);
    }

    private static void compare(
            PrintStream out, String title, List<PlantedTalk.Turn> talk, WindowRules rules, int pauseEvery) {
        Bill plain = resending(talk, false, pauseEvery);
        Bill cached = resending(talk, true, pauseEvery);
        Bill sliding = sliding(talk, rules.high());
        Bill ours = ours(talk, rules, pauseEvery);
        Table table = new Table("marks " + title, "billed input", "of resending all", "turns 51–100", "turns 451–500");
        for (Bill bill : List.of(plain, cached, sliding, ours)) {
            table.row(
                    bill.how(),
                    Table.count(Math.round(bill.total())),
                    percent(bill.total() / plain.total()),
                    Table.count(Math.round(bill.mean(50, 100))),
                    Table.count(Math.round(bill.mean(450, 500))));
        }
        out.println(table);
        out.printf(
                Locale.ROOT,
                "Holdfast: %s of resending all (goal ≤ 3 %%), %s of it with a cache (≤ 25 %%), %s of sliding by one turn"
                        + " (≤ 30 %%); turns 451–500 cost %.2f times turns 51–100 (0.8–1.2)%n%n",
                percent(ours.total() / plain.total()),
                percent(ours.total() / cached.total()),
                percent(ours.total() / sliding.total()),
                ours.mean(450, 500) / ours.mean(50, 100));
        out.println(chart(List.of(plain, cached, sliding, ours)));
        out.println(seen(talk, ours));
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    private static boolean pausedBefore(int turn, int every) {
        return every > 0 && turn % every == every - 1;
    }

    private static Bill resending(List<PlantedTalk.Turn> talk, boolean cache, int pauseEvery) {
        List<Double> turns = new ArrayList<>();
        double before = 0;
        for (int i = 0; i < talk.size(); i++) {
            double said = tokens(talk.get(i).said());
            double held = pausedBefore(i, pauseEvery) ? 0 : Math.max(0, before - lastAnswer(talk, i));
            turns.add(cache ? 0.1 * held + 1.25 * (before + said - held) : before + said);
            before += said + tokens(talk.get(i).answered());
        }
        return new Bill(cache ? "everything, with a cache" : "everything, every time", turns, "");
    }

    /** The cache ends behind the last request: the answer to it was never sent. */
    private static double lastAnswer(List<PlantedTalk.Turn> talk, int turn) {
        return turn == 0 ? 0 : tokens(talk.get(turn - 1).answered());
    }

    /** The newest turns that fit; without marking any cache, for none of it would ever be found again. */
    private static Bill sliding(List<PlantedTalk.Turn> talk, int most) {
        List<Double> turns = new ArrayList<>();
        int first = 0;
        double sent = 0;
        for (PlantedTalk.Turn turn : talk) {
            sent += tokens(turn.said());
            while (sent > most) {
                sent -= tokens(talk.get(first).said()) + tokens(talk.get(first).answered());
                first++;
            }
            turns.add(sent);
            sent += tokens(turn.answered());
        }
        return new Bill("sliding by one turn", turns, "");
    }

    private static Bill ours(List<PlantedTalk.Turn> talk, WindowRules rules, int pauseEvery) {
        int[] turn = {0};
        PricedModel[] models = new PricedModel[2];
        House house = new House((model, work, timer, clock) -> {
            models[0] =
                    new PricedModel(COUNTER, clock, request -> talk.get(turn[0]).answered());
            models[1] = new PricedModel(COUNTER, clock, BillBench::sumUp);
            return TestTurns.of(models[0], models[1], rules, work, timer, clock);
        });
        ConversationId id = house.begin(House.OLGA, null);
        List<Double> turns = new ArrayList<>();
        for (; turn[0] < talk.size(); turn[0]++) {
            house.clock.advance(pausedBefore(turn[0], pauseEvery) ? PAUSE : BETWEEN);
            int answers = models[0].calls().size();
            int summaries = models[1].calls().size();
            house.say(House.OLGA, id, talk.get(turn[0]).said());
            turns.add(billed(models[0].calls(), answers) + billed(models[1].calls(), summaries));
        }
        String seen = String.join(
                "\n", models[0].last().messages().stream().map(Message::text).toList());
        return new Bill("Holdfast, summaries included", turns, seen);
    }

    /** Stands in for a cheap model: it takes sentences out of what it is quoted. A real one can do better. */
    private static String sumUp(ModelRequest request) {
        String quoted = request.messages().get(0).text();
        int begin = quoted.indexOf("Conversation:\n");
        Optional<String> before = Optional.of(quoted.substring(0, begin).replaceFirst("^Earlier summary:\n", ""))
                .filter(text -> !text.isBlank());
        List<Message> said = Arrays.stream(quoted.substring(begin).split("\n(?=User: )|\n(?=Assistant: )"))
                .skip(1)
                .map(BillBench::person)
                .filter(message -> message.text().startsWith("User: "))
                .toList();
        List<Message> persons = said.stream()
                .map(message -> person(message.text().substring(6)))
                .toList();
        return Extract.of(before, persons, request.maxOutput() / 2, COUNTER);
    }

    private static Message person(String text) {
        return Message.user("", Optional.empty(), text, Instant.EPOCH, Optional.empty());
    }

    private static double billed(List<Usage> calls, int from) {
        return calls.subList(from, calls.size()).stream()
                .mapToDouble(used -> used.input() + 0.1 * used.cacheRead() + 1.25 * used.cacheWrite())
                .sum();
    }

    private static int tokens(String text) {
        return COUNTER.count(person(text));
    }

    /** Billed input added up over the turns, a bar of fifty for the dearest. */
    private static String chart(List<Bill> bills) {
        double most = bills.stream().mapToDouble(Bill::total).max().orElseThrow();
        StringBuilder chart = new StringBuilder();
        for (Bill bill : bills) {
            int length = (int) Math.max(1, Math.round(50 * bill.total() / most));
            chart.append(String.format(Locale.ROOT, "%-30s %s%n", bill.how(), "█".repeat(length)));
        }
        return chart.toString();
    }

    /** How much of what was planted the model could still see at the end, by how long ago that was. */
    private static Table seen(List<PlantedTalk.Turn> talk, Bill ours) {
        int[] distances = {0, 10, 25, 50, 100, 250, TURNS};
        Table table = new Table("turns ago", "facts planted", "in view at the end");
        for (int i = 1; i < distances.length; i++) {
            int from = talk.size() - distances[i];
            int to = talk.size() - distances[i - 1];
            List<String> planted = IntStream.range(from, to)
                    .mapToObj(talk::get)
                    .flatMap(turn -> turn.planted().stream())
                    .toList();
            long inView = planted.stream().filter(ours.lastSeen()::contains).count();
            table.row(distances[i - 1] + "–" + distances[i], Integer.toString(planted.size()), Long.toString(inView));
        }
        return table;
    }
}
