package dev.holdfast.cli;

import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.Entry;
import dev.holdfast.lifecycle.Amount;
import dev.holdfast.lifecycle.PricedCall;
import dev.holdfast.store.ConversationFiles;
import dev.holdfast.window.Prices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Prints a conversation's calls to models, one a line, the oldest first, and changes nothing. */
final class TraceCommand {
    private static final double MILLIS_A_SECOND = 1000;

    private final ConversationFiles files;
    private final Prices prices;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    /** @param json whether a line is a JSON object, as {@link PricedCall#json} has it, instead of text */
    TraceCommand(ConversationFiles files, Prices prices, PrintWriter out, PrintWriter err, boolean json) {
        this.files = files;
        this.prices = prices;
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /**
     * Prints the calls of a file or of a conversation of the data folder.
     *
     * @param what the id of a conversation, or a path
     * @param last how many, the newest; all if empty
     * @throws IOException if it cannot be read; its message is a sentence
     */
    void run(Path data, String what, OptionalInt last) throws IOException {
        Path file = ShowCommand.find(files, data, what);
        List<Call> calls = files.calls(file, last.orElse(Integer.MAX_VALUE));
        if (calls.isEmpty()) {
            err.println(file + " tells of no calls to models.");
            err.flush();
        }
        for (Call call : calls) {
            PricedCall priced = PricedCall.of(call, prices);
            out.println(json ? Terminals.json(priced.json()) : line(priced));
        }
        out.flush();
    }

    private static String line(PricedCall priced) {
        Call call = priced.call();
        String who = call.model().orElse("a model") + (call.kind() == Call.Kind.SUMMARY ? ", for a summary" : "");
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                Locale.ROOT,
                "%,d tokens in (%,d cached), %,d out",
                call.usage().sent(),
                call.usage().cacheRead(),
                call.usage().output()));
        parts.add(priced.cost().map(Amount::shown).orElse("cost not known"));
        call.trace().ifPresent(trace -> parts.add(times(trace)));
        if (!call.tools().isEmpty()) {
            parts.add("called " + String.join(", ", call.tools()));
        }
        parts.add(call.stop().wire());
        return MessageLine.oneLine(call.asked().truncatedTo(ChronoUnit.SECONDS) + " " + call.id() + " " + who + ": "
                + String.join("; ", parts));
    }

    private static String times(Entry.Trace trace) {
        return trace.firstWord()
                        .map(millis -> "first word after " + seconds(millis) + ", ")
                        .orElse("")
                + "took " + seconds(trace.millis());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, millis < MILLIS_A_SECOND ? "%.2f s" : "%.1f s", millis / MILLIS_A_SECOND);
    }
}
