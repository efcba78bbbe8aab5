package dev.holdfast.bench;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.window.Cut;
import dev.holdfast.window.EstimatingCounter;
import dev.holdfast.window.History;
import dev.holdfast.window.MessageWindow;
import dev.holdfast.window.TokenCounter;
import dev.holdfast.window.View;
import dev.holdfast.window.WindowRules;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How long it takes to choose what a model sees of conversations of different ages: with the whole path in memory, and with
 * the part behind the last cut, as after opening. And what the counts take up that are kept of such a conversation once it
 * has grown to its age, if all are forgotten that are not sent any more.
 */
final class WindowBench implements Benchmark {
    private static final int[] MESSAGES = {1_000, 100_000};
    private static final int CHOICES = 2_000;
    private static final int COPIES = 200;
    private static final WindowRules RULES = WindowRules.of(24_000, 12_000);

    @Override
    public void run(PrintStream out) throws Exception {
        Table times = new Table("messages", "sent", "path in memory", "counts", "median, µs", "p99, µs", "goal, µs");
        Table memory = new Table("messages", "counts kept", "kB");
        for (int messages : MESSAGES) {
            List<Message> path = path(messages);
            Map<String, Integer> counts = new HashMap<>();
            Optional<Cut> cut = grow(path, counts);
            List<Message> tail = path.subList(number(cut.orElseThrow().from()), path.size());
            time(times, History.of(path, cut), messages, new EstimatingCounter(), "all", "made anew");
            time(times, History.of(tail, cut), messages, new EstimatingCounter(), "from the cut", "made anew");
            time(times, History.of(tail, cut), messages, kept(counts), "from the cut", "kept");
            memory.row(Table.count(messages), Table.count(counts.size()), String.format("%.1f", bytes(counts) / 1e3));
        }
        out.println("Choosing the window between " + Table.count(RULES.low()) + " and " + Table.count(RULES.high())
                + " tokens of conversations of different ages, messages of about 350 bytes, " + Table.count(CHOICES)
                + " choices each, " + Machine.described() + "\n\n" + times);
        out.println("Counts that are kept of them\n\n" + memory);
    }

    /** Ends with a person's message. */
    private static List<Message> path(int messages) {
        List<String> texts = Chat.bodies(1_000).stream()
                .map(body -> body.get("content").getAsString())
                .toList();
        List<Message> path = new ArrayList<>(messages + 1);
        for (int i = 0; i <= messages; i++) {
            path.add(new Message(
                    "m" + i,
                    i == 0 ? Optional.empty() : Optional.of("m" + (i - 1)),
                    i % 2 == 0 ? Role.USER : Role.ASSISTANT,
                    List.of(new Block.Text(texts.get(i % texts.size()))),
                    Instant.ofEpochSecond(1_800_000_000L + i),
                    Optional.empty(),
                    Optional.empty(),
                    Usage.NONE,
                    Stop.COMPLETE,
                    Optional.empty()));
        }
        return List.copyOf(path);
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    /** Asks a model at each of a person's messages. */
    private static Optional<Cut> grow(List<Message> path, Map<String, Integer> counts) throws Exception {
        MessageWindow window = new MessageWindow(RULES);
        Optional<Cut> cut = Optional.empty();
        int begin = 0;
        for (int i = 0; i < path.size(); i += 2) {
            View view = window.choose(History.of(path.subList(begin, i + 1), cut), kept(counts));
            cut = view.cut();
            begin = number(view.messages().get(0).id());
            counts.keySet().retainAll(view.messages().stream().map(Message::id).collect(Collectors.toSet()));
        }
        return cut;
    }

    private static TokenCounter kept(Map<String, Integer> counts) {
        TokenCounter counter = new EstimatingCounter();
        return message -> counts.computeIfAbsent(message.id(), id -> counter.count(message));
    }

    private static void time(
            Table table, History history, int messages, TokenCounter counter, String path, String counts)
            throws Exception {
        MessageWindow window = new MessageWindow(RULES);
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < 2 * CHOICES; i++) {
            long begin = System.nanoTime();
            window.choose(history, counter);
            if (i >= CHOICES) {
                micros.add((System.nanoTime() - begin) / 1e3);
            }
        }
        micros.sort(null);
        View view = window.choose(history, counter);
        table.row(
                Table.count(messages),
                view.messages().size() + " messages, " + Table.count(view.tokens()) + " tokens",
                path,
                counts,
                String.format("%.0f", micros.get(CHOICES / 2)),
                String.format("%.0f", micros.get(CHOICES * 99 / 100)),
                "≤ 1,000");
    }

    /** What one such map takes up on the heap: the mean of many. */
    private static double bytes(Map<String, Integer> counts) {
        List<Map<String, Integer>> copies = new ArrayList<>(COPIES);
        long before = heap();
        for (int i = 0; i < COPIES; i++) {
            Map<String, Integer> copy = new ConcurrentHashMap<>(counts);
            copy.replaceAll((id, count) -> count + 1_000); // A number of its own, as it was counted.
            copies.add(copy);
        }
        long after = heap();
        return (double) (after - before) / copies.size();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
