package dev.holdfast.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What event streams cost and how late they are, against {@link BareStreams}, which writes the same bytes as often to as
 * many readers and does nothing else. Both run in processes of their own, and so do the readers, all on the same
 * processors. Each turn's model says 20 tokens a second. The program is whole: redaction, journal, HTTP.
 *
 * <p>A token is counted once for each reader who hears it. Its delay runs from where the model hands it over to where
 * its reader has it; redaction lets these tokens through at once. Processor time is the server's process's.
 *
 * <p>The streams of pages are open for long, and so their objects are old ones to a garbage collector. The default one has
 * more to note down when these are written to than with young ones. So before a run both processes collect their garbage;
 * else only the program, which makes some, would have to do with old ones. One row shows how it is without that. Likewise
 * good readers beside frozen ones, who had much written to them.
 *
 * <p>Every reader holds each piece of text against its place, and in the end the length of all against the number of tokens
 * that the model has said; {@code lost} is what is missing or was told twice, and 0 is the only good value.
 *
 * <p>With {@code -Dbench.short=true} small and quick, to see that it works; with {@code -Dbench.verbose=true} each run
 * is printed.
 */
final class StreamsBench implements Benchmark {
    /** While no more streams are open, the program sends each token at once. */
    static final int FEW = 200;

    private static final boolean SHORT = Boolean.getBoolean("bench.short");
    private static final int PAIRS = SHORT ? 1 : 3;
    private static final int WARM_UP_MILLIS = SHORT ? 500 : 4000;
    private static final int WINDOW_MILLIS = SHORT ? 1000 : 7000;
    private static final int SHARE = SHORT ? 10 : 1;
    private static final int TURNS = 100 / SHARE;

    /** Fills what the kernel holds for a reader (1.3 MB on loopback) and what the program does within the warm-up. */
    private static final int LOUD = 12_000;

    private static final int LOUD_TURNS = 2;
    private static final int LOUD_WARM_UP_MILLIS = 4 * WARM_UP_MILLIS;
    private static final int THAWED = 20;
    private static final int FROZEN_PAIRS = SHORT ? 1 : 3;

    private PrintStream out;
    private StreamingServer bare;
    private StreamingServer site;

    /** What was heard in a window of time. */
    private record Heard(
            double tokensACpuSecond, double cpus, double tokensASecond, double p50, double p99, double flushes) {}

    @Override
    public void run(PrintStream printed) throws Exception {
        out = printed;
        try (ScratchFolder scratch = new ScratchFolder();
                StreamingServer first = StreamingServer.bare(scratch.folder("bare"));
                StreamingServer second = StreamingServer.holdfast(scratch.folder("site"))) {
            bare = first;
            site = second;
            out.println("Event streams: " + (SHORT ? "a short run that only shows that it works, " : "")
                    + "medians (range) over "
                    + PAIRS + " pairs of runs of " + WINDOW_MILLIS / 1000 + " s, 20 tokens a second and turn, "
                    + Machine.described() + "\n");
            idle();
            for (int i = 0; i < 2 * PAIRS; i++) {
                heard(i % 2 == 0 ? bare : site, TURNS, readers(1000), true);
            }
            against();
            saturation();
            frozen();
        }
    }

    private static int readers(int count) {
        return count / SHARE;
    }

    private void idle() throws Exception {
        int count = readers(5000);
        for (int i = 0; i < 2; i++) { // the first time classes are loaded and buffers taken that stay
            List<String> paths = site.conversations(TURNS);
            long before = site.memory();
            try (StreamReaders readers = new StreamReaders(site.address, site.cookie())) {
                readers.read(count, paths, Token.SHORTEST);
                if (i == 1) {
                    double each = (site.memory() - before) / 1e3 / count;
                    out.println(new Table("", "idle streams", "heap and direct memory each, kB", "goal")
                            .row("memory", Table.count(count), String.format("%.1f", each), "< 20"));
                }
                readers.leave();
                site.end(paths);
            }
        }
    }

    private void against() throws Exception {
        Table table = new Table(
                "readers",
                "turns",
                "bare, tokens a CPU second",
                "Holdfast",
                "ratio",
                "goal",
                "p99 bare, ms",
                "p99, ms",
                "goal",
                "lost");
        row(table, 100, 100, true, "", "< 20");
        row(table, 1000, 100, true, "≥ 0.8", "");
        row(table, 5000, 100, true, "≥ 0.8", "< 150");
        row(table, 1000, 1000, true, "≥ 0.5", "");
        row(table, 1000, 100, false, "", "");
        out.println(table);
    }

    /** @param old whether the streams are open for long */
    private void row(Table table, int readers, int turns, boolean old, String goal, String delayGoal) throws Exception {
        Samples[] rates = {new Samples(), new Samples()};
        Samples[] delays = {new Samples(), new Samples()};
        StreamingServer[] servers = {bare, site};
        lost = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            for (int i = 0; i < 2; i++) {
                Heard heard = heard(servers[i], turns / SHARE, readers / SHARE, old);
                rates[i].add(heard.tokensACpuSecond / 1e3);
                delays[i].add(heard.p99);
            }
        }
        table.row(
                Table.count(readers / SHARE) + (old ? "" : ", just come"),
                Table.count(turns / SHARE),
                rates[0].text("%.0f k"),
                rates[1].text("%.0f k"),
                rates[1].dividedBy(rates[0]).text("%.2f"),
                goal,
                delays[0].text("%.1f"),
                delays[1].text("%.1f"),
                delayGoal,
                Long.toString(lost));
    }

    private long lost;

    /** Turns that are read from their beginning to their end, and a window in between. */
    private Heard heard(StreamingServer server, int turns, int count, boolean old) throws Exception {
        List<String> paths = server.conversations(turns);
        try (StreamReaders readers = new StreamReaders(server.address, server.cookie())) {
            readers.read(count, paths, Token.SHORTEST);
            if (old) {
                server.memory();
            }
            server.begin(paths, Token.SHORTEST, count);
            Thread.sleep(WARM_UP_MILLIS);
            Heard heard = window(server, readers, count);
            server.complete();
            readers.awaitDone();
            lost += readers.faults();
            server.end(paths);
            return heard;
        }
    }

    private Heard window(StreamingServer server, StreamReaders readers, int count) throws Exception {
        readers.counted();
        double cpu = server.cpuSeconds();
        long begin = System.nanoTime();
        Thread.sleep(WINDOW_MILLIS);
        StreamCounts counted = readers.counted();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double taken = server.cpuSeconds() - cpu;
        Heard heard = new Heard(
                counted.tokens() / taken,
                taken / seconds,
                counted.tokens() / seconds,
                counted.percentile(50),
                counted.percentile(99),
                counted.events() / seconds / count);
        if (Boolean.getBoolean("bench.verbose")) {
            out.println(server.getClass().getSimpleName() + " " + count + " " + heard);
        }
        return heard;
    }

    /** Readers come while the turns run, until it takes all that the machine has. */
    private void saturation() throws Exception {
        Table table = new Table(
                "readers", "tokens a second asked", "heard", "processors", "p50, ms", "p99, ms", "lost (goal 0)");
        List<String> paths = site.conversations(TURNS);
        List<String[]> rows = new ArrayList<>();
        try (StreamReaders readers = new StreamReaders(site.address, site.cookie())) {
            int step = readers(2500);
            int there = 0;
            for (int count = step; count <= readers(10_000); count += step) {
                readers.read(count - there, paths, Token.SHORTEST);
                if (there == 0) {
                    site.begin(paths, Token.SHORTEST, count);
                }
                there = count;
                Thread.sleep(WARM_UP_MILLIS);
                Heard heard = window(site, readers, count);
                rows.add(new String[] {
                    Table.count(count),
                    Table.count(count * 20L),
                    Table.count(Math.round(heard.tokensASecond)),
                    String.format("%.2f", heard.cpus),
                    String.format("%.1f", heard.p50),
                    String.format("%.1f", heard.p99),
                    ""
                });
            }
            site.complete();
            readers.awaitDone();
            site.end(paths);
            rows.get(rows.size() - 1)[6] = Long.toString(readers.faults());
        }
        rows.forEach(table::row);
        out.println(table);
    }

    /** The same turns and good readers, with and without others who have stopped reading what comes fast. */
    private void frozen() throws Exception {
        Frozen alone = new Frozen();
        Frozen beside = new Frozen();
        for (int pair = 0; pair < FROZEN_PAIRS; pair++) {
            alone.run(0);
            beside.run(readers(1000));
        }
        out.println(new Table(
                        "good readers",
                        "frozen ones",
                        "tokens a CPU second",
                        "ratio",
                        "goal",
                        "p99, ms",
                        "sent away",
                        "lost")
                .row(
                        Table.count(readers(1000)),
                        "0",
                        alone.rates.text("%.0f k"),
                        "",
                        "",
                        alone.delays.text("%.1f"),
                        "",
                        Long.toString(alone.faults))
                .row(
                        Table.count(readers(1000)),
                        Table.count(readers(1000)),
                        beside.rates.text("%.0f k"),
                        beside.rates.dividedBy(alone.rates).text("%.2f"),
                        "≥ 0.95",
                        beside.delays.text("%.1f"),
                        beside.sentAway + " of " + beside.thawed + " that read on",
                        Long.toString(beside.faults)));
    }

    private final class Frozen {
        private final Samples rates = new Samples();
        private final Samples delays = new Samples();
        private int thawed;
        private int sentAway;
        private long faults;

        void run(int count) throws Exception {
            List<String> paths = site.conversations(TURNS);
            List<String> loud = site.conversations(LOUD_TURNS);
            int good = readers(1000);
            try (StreamReaders readers = new StreamReaders(site.address, site.cookie())) {
                readers.read(good, paths, Token.SHORTEST);
                List<StreamReader> asleep = readers.freeze(count, loud, LOUD);
                site.begin(paths, Token.SHORTEST, good);
                site.begin(loud, LOUD, good);
                Thread.sleep(LOUD_WARM_UP_MILLIS);
                site.memory();
                Heard heard = window(site, readers, good);
                rates.add(heard.tokensACpuSecond / 1e3);
                delays.add(heard.p99);
                site.complete();
                readers.awaitDone();
                List<StreamReader> awake = readers.thaw(asleep, Math.min(count, THAWED));
                readers.awaitDone();
                site.end(paths);
                site.end(loud);
                thawed += awake.size();
                sentAway += awake.stream().filter(StreamReader::cameBack).count();
                faults += readers.faults();
            }
        }
    }
}
