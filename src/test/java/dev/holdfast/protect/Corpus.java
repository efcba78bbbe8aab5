package dev.holdfast.protect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** The labelled lines that redaction is measured with. Their README says what is labelled. */
final class Corpus {
    /** @param from in UTF-16 units @param to exclusive */
    record Label(String kind, long from, long to) {
        boolean covers(Label other) {
            return from <= other.from && other.to <= to;
        }
    }

    record Line(String text, List<Label> labels, String half) {}

    private Corpus() {}

    static List<Line> lines() {
        return Resources.lines("protect/corpus.jsonl").stream()
                .map(Corpus::line)
                .toList();
    }

    private static Line line(String json) {
        JsonObject line = JsonParser.parseString(json).getAsJsonObject();
        List<Label> labels = new ArrayList<>();
        for (JsonElement element : line.getAsJsonArray("secrets")) {
            JsonObject label = element.getAsJsonObject();
            labels.add(new Label(
                    label.get("kind").getAsString(),
                    label.get("from").getAsLong(),
                    label.get("to").getAsLong()));
        }
        return new Line(
                line.get("text").getAsString(),
                List.copyOf(labels),
                line.get("half").getAsString());
    }

    /** What a redaction takes out of {@code text}, given in pieces of {@code size}. */
    static List<Label> taken(RedactionRules rules, String text, int size) {
        List<Label> taken = new ArrayList<>();
        Scanner scanner = new Scanner(rules, new Scanner.Sink() {
            @Override
            public void text(CharSequence chars, int from, int to) {}

            @Override
            public void secret(String kind, String hash, long from, long to) {
                taken.add(new Label(kind, from, to));
            }
        });
        for (int at = 0; at < text.length(); at += size) {
            scanner.push(text.substring(at, Math.min(text.length(), at + size)));
        }
        scanner.finish();
        return taken;
    }
}
