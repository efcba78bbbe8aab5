package dev.holdfast.faults;

import dev.holdfast.it.RunningProcess;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs {@link Writer} processes on one data folder, one after the other, and checks what each leaves. */
final class Writing {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SOME = 60;
    /**
     * What the pipe still held when the process was killed does not always reach its reader as it was written: Java empties
     * it beside whoever reads. So many lines of a conversation may have been asked for that nobody heard of; what each must
     * be is known by its number.
     */
    private static final int UNHEARD = 300;

    private final Path data;
    private final List<Ledger> ledgers;
    private final int[] newest;
    private final int[] asked;
    private final Tally tally;
    private int recovered;

    /** What a campaign counts. */
    static final class Tally {
        private long acknowledged;
        private long recovered;
        private long failed;
        private long reopened;

        /** Lines whose appending failed. */
        long failed() {
            return failed;
        }

        /** How often a conversation was opened again after that. */
        long reopened() {
            return reopened;
        }

        long acknowledged() {
            return acknowledged;
        }

        @Override
        public String toString() {
            return acknowledged + " acknowledged, " + recovered + " recovered, 0 lost";
        }
    }

    Writing(Path data, int conversations, Tally tally) {
        this.data = data;
        this.tally = tally;
        this.ledgers =
                IntStream.range(0, conversations).mapToObj(i -> new Ledger()).toList();
        this.newest = new int[conversations];
        this.asked = new int[conversations];
    }

    /** Starts a process. @param prefix a command before it that becomes the program in the end */
    RunningProcess start(String... prefix) {
        return start(List.of(prefix), List.of());
    }

    /** Starts one that forces nothing and acknowledges all the same: the checks must find what it does. */
    RunningProcess startUnforced() {
        return start(List.of(), List.of(Writer.UNFORCED));
    }

    private RunningProcess start(List<String> prefix, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                data.toString(),
                Integer.toString(ledgers.size())));
        arguments.addAll(options);
        return RunningProcess.javaUnder(prefix, data.toAbsolutePath().getParent(), Map.of(), arguments);
    }

    /** Waits until a conversation has got so many lines acknowledged by this process, or some more. */
    void await(RunningProcess process, int conversation, int more) {
        int n = newest[conversation] + more;
        String enough = IntStream.range(n, n + SOME).mapToObj(Integer::toString).collect(Collectors.joining("|"));
        process.awaitLine(Pattern.compile("^A " + conversation + " (" + enough + ") "), PATIENCE);
    }

    /** What the process said before it ended counts from now on. */
    void take(RunningProcess process) {
        take(process, Long.MAX_VALUE);
    }

    /** As {@link #take(RunningProcess)}, but what it was told after {@code cut} does not count as acknowledged. */
    void take(RunningProcess process, Instant cut) {
        take(process, ChronoUnit.MICROS.between(Instant.EPOCH, cut));
    }

    private void take(RunningProcess process, long until) {
        // The last line may be torn.
        List<String> lines = new ArrayList<>(List.of(process.stdout().split("\n")));
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length > 1 && words[0].length() == 1) {
                take(words, Integer.parseInt(words[1]), until);
            }
        }
        for (int i = 0; i < newest.length; i++) {
            newest[i] += Writer.WAITING + UNHEARD;
            while (asked[i] < newest[i]) {
                asked[i]++;
                ledgers.get(i).submitted(asked[i], WrittenLine.body(asked[i]));
            }
        }
    }

    private void take(String[] words, int conversation, long until) {
        switch (words[0]) {
            case "C" -> {
                if (words.length == 3 && Long.parseLong(words[2]) < until) {
                    ledgers.get(conversation).created();
                }
            }
            case "A" -> {
                int n = noteNumber(conversation, words[2]);
                if (words.length == 4 && words[3].length() == 16 && Long.parseLong(words[3]) < until) {
                    ledgers.get(conversation).acknowledged(n);
                    tally.acknowledged++;
                }
            }
            case "W" -> noteNumber(conversation, words[2]);
            case "F" -> {
                noteNumber(conversation, words[2]);
                tally.failed++;
            }
            case "O" -> tally.reopened++;
            default -> {}
        }
    }

    private int noteNumber(int conversation, String number) {
        int n = Integer.parseInt(number);
        newest[conversation] = Math.max(newest[conversation], n);
        return n;
    }

    /** Opens what is there now, and holds it against what was told. */
    void check() throws IOException {
        Journals journals = Writer.journals(data, Runnable::run);
        int found = 0;
        for (int i = 0; i < ledgers.size(); i++) {
            try {
                int lines = ledgers.get(i).check(journals, data.resolve(Writer.CONVERSATIONS), Writer.name(i));
                if (lines >= 0) {
                    found += lines;
                    newest[i]++;
                    asked[i]++;
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("conversation " + i, e);
            }
        }
        tally.recovered += found - recovered;
        recovered = found;
    }
}
