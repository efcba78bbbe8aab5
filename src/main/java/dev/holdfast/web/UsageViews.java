package dev.holdfast.web;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.holdfast.conversation.Call;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.SentRequest;
import dev.holdfast.lifecycle.Amount;
import dev.holdfast.lifecycle.Calls;
import dev.holdfast.lifecycle.Charge;
import dev.holdfast.lifecycle.ConversationUsage;
import dev.holdfast.lifecycle.PricedCall;
import dev.holdfast.web.view.ChartView;
import dev.holdfast.web.view.SentView;
import dev.holdfast.web.view.Totals;
import dev.holdfast.web.view.UsageView;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Makes what the pages about usage show. */
final class UsageViews {
    private static final double MILLIS_A_SECOND = 1000;

    private UsageViews() {}

    static UsageView usage(ConversationUsage usage, ZoneId zone) {
        List<UsageView.Call> calls = new ArrayList<>();
        usage.calls().forEach(priced -> calls.add(call(priced, zone)));
        Collections.reverse(calls);
        return new UsageView(
                usage.id().value(),
                usage.title(),
                sum(usage.all()),
                sum(usage.turn()),
                ChartView.of(usage.turns().stream()
                        .map(turn -> new ChartView.Tokens(turn.sent(), turn.whole(), turn.cut()))
                        .toList()),
                calls,
                calls.size() == Calls.MOST,
                usage.pricesOf());
    }

    private static UsageView.Sum sum(Charge charge) {
        String cost = charge.cost().map(Amount::shown).orElse("");
        return new UsageView.Sum(Totals.of(charge.usage(), cost), charge.unpriced());
    }

    private static UsageView.Call call(PricedCall priced, ZoneId zone) {
        Call call = priced.call();
        return new UsageView.Call(
                call.id(),
                call.kind() == Call.Kind.SUMMARY,
                call.asked().atZone(zone),
                call.model().orElse(""),
                Totals.of(call.usage(), priced.cost().map(Amount::shown).orElse("")),
                call.trace()
                        .flatMap(Entry.Trace::firstWord)
                        .map(UsageViews::seconds)
                        .orElse(""),
                call.trace().map(trace -> seconds(trace.millis())).orElse(""),
                call.stop().wire(),
                call.tools(),
                call.trace().isPresent());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, millis < MILLIS_A_SECOND ? "%.2f" : "%.1f", millis / MILLIS_A_SECOND);
    }

    static SentView sent(ConversationId id, SentRequest sent, ZoneId zone) {
        Entry.Trace trace = sent.trace();
        return new SentView(
                id.value(),
                trace.id(),
                trace.timestamp().atZone(zone),
                trace.model(),
                sent.model(),
                trace.sha256(),
                sent.body().map(UsageViews::inLines).orElse(""),
                sent.same(),
                sent.missing());
    }

    /** As JSON in lines, if it is JSON. */
    private static String inLines(String body) {
        try {
            JsonElement json = JsonParser.parseString(body);
            Gson printer = new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .serializeNulls()
                    .create();
            return printer.toJson(json);
        } catch (JsonParseException e) {
            return body;
        }
    }
}
