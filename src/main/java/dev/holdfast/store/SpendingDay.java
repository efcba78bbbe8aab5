package dev.holdfast.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.LineJson;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one day's calls used: those that are over, and by their estimates those that are open. Not thread-safe. */
final class SpendingDay {
    /** A call that is being made. Its estimate counts until it is over. */
    record Open(LocalDate day, Owner owner, String model, Usage estimate, long number) {}

    private final LocalDate date;
    /** How often its file was written. Of two files the one with more holds the later state, whatever the clock said. */
    private long writes;

    private final Map<Owner, Spent> over = new HashMap<>();
    private final Set<Open> open = new HashSet<>();
    private Spent overInAll = Spent.NOTHING;

    /** Nothing was used. */
    SpendingDay(LocalDate date) {
        this.date = date;
    }

    LocalDate date() {
        return date;
    }

    long writes() {
        return writes;
    }

    /** Whether calls are being made. */
    boolean isOpen() {
        return !open.isEmpty();
    }

    void add(Owner owner, String model, Usage used) {
        over.merge(owner, Spent.NOTHING.plus(model, used), Spent::plus);
        overInAll = overInAll.plus(model, used);
    }

    void begin(Open call) {
        open.add(call);
    }

    /** It was not made. @return whether it was open */
    boolean forget(Open call) {
        return open.remove(call);
    }

    Spent of(Owner owner) {
        Spent sum = over.getOrDefault(owner, Spent.NOTHING);
        for (Open call : open) {
            sum = call.owner().equals(owner) ? sum.plus(call.model(), call.estimate()) : sum;
        }
        return sum;
    }

    Spent inAll() {
        Spent sum = overInAll;
        for (Open call : open) {
            sum = sum.plus(call.model(), call.estimate());
        }
        return sum;
    }

    /** The content of its file, after one more write. */
    byte[] written() {
        writes++;
        Map<Owner, Spent> all = new HashMap<>(over);
        open.forEach(call -> all.merge(call.owner(), Spent.NOTHING.plus(call.model(), call.estimate()), Spent::plus));
        JsonObject owners = new JsonObject();
        all.forEach((owner, spent) -> owners.add(owner.name(), json(spent)));
        JsonObject json = new JsonObject();
        json.addProperty("day", date.toString());
        json.addProperty("writes", writes);
        json.add("owners", owners);
        return LineJson.line(json);
    }

    private static JsonObject json(Spent spent) {
        JsonObject models = new JsonObject();
        spent.byModel().forEach((model, usage) -> {
            JsonObject json = new JsonObject();
            json.addProperty("input", usage.input());
            json.addProperty("output", usage.output());
            json.addProperty("cache_read", usage.cacheRead());
            json.addProperty("cache_write", usage.cacheWrite());
            models.add(model, json);
        });
        return models;
    }

    /**
     * Reads what {@link #written} made.
     *
     * @param file where it lies, named after the day
     * @throws JournalException if it is something else
     */
    static SpendingDay read(Path file, byte[] content) throws JournalException {
        return SmallFiles.parse(
                file,
                content,
                json -> read(LocalDate.parse(SmallFiles.nameOf(file)), json),
                "is no record of what was spent on that day.",
                "Move it away; then that day counts from nothing.");
    }

    private static SpendingDay read(LocalDate date, JsonObject json) {
        if (!json.get("day").getAsString().equals(date.toString())) {
            throw new IllegalArgumentException("another day's");
        }
        SpendingDay day = new SpendingDay(date);
        day.writes = json.get("writes").getAsLong();
        json.getAsJsonObject("owners").entrySet().forEach(day::add);
        return day;
    }

    private void add(Map.Entry<String, JsonElement> owner) {
        owner.getValue()
                .getAsJsonObject()
                .entrySet()
                .forEach(model -> add(
                        new Owner(owner.getKey()),
                        model.getKey(),
                        usage(model.getValue().getAsJsonObject())));
    }

    private static Usage usage(JsonObject json) {
        return new Usage(
                json.get("input").getAsLong(),
                json.get("output").getAsLong(),
                json.get("cache_read").getAsLong(),
                json.get("cache_write").getAsLong());
    }
}
