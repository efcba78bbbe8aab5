package dev.holdfast.protect;

import com.google.gson.JsonElement;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The placeholders of one conversation: {@code <AWS_KEY_0>}. The same secret has the same one as long as this object lives;
 * a later one numbers on from the highest in the file, for no secret is on disk to be compared with.
 *
 * <p>Secrets are remembered as hashes, the last {@value #REMEMBERED} of them. Thread-safe.
 */
public final class Placeholders {
    static final int REMEMBERED = 10_000;

    private static final int LONGEST_NUMBER = 9;
    private static final Pattern PLACEHOLDER =
            Pattern.compile("<([A-Z][A-Z0-9_]{0,39})_(\\d{1," + LONGEST_NUMBER + "})>");

    private final Map<String, Integer> next = new HashMap<>();
    private final Map<String, String> byHash = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Those of a conversation that has none. */
    public Placeholders() {}

    /** Those of a conversation in which these numbers come next, by kind. */
    public static Placeholders from(Map<String, Integer> next) {
        Placeholders placeholders = new Placeholders();
        placeholders.next.putAll(next);
        return placeholders;
    }

    /** By kind, the number that the next one will have. A copy. */
    public synchronized Map<String, Integer> next() {
        return Map.copyOf(next);
    }

    /** Numbers go on behind those in an entry. */
    public synchronized void note(Entry entry) {
        if (entry instanceof Message message) {
            message.content().forEach(this::note);
        } else if (entry instanceof Entry.Queued queued) {
            note(queued.text());
        } else if (entry instanceof Entry.Title title) {
            note(title.title());
        } else if (entry instanceof Entry.Checkpoint checkpoint) {
            checkpoint.placeholders().forEach((kind, number) -> next.merge(kind, number, Math::max));
        }
    }

    /**
     * Whether two texts differ in nothing but the numbers of their placeholders: a text that is redacted again after a
     * restart has other numbers.
     */
    public static boolean sameButNumbers(String one, String other) {
        return PLACEHOLDER
                .matcher(one)
                .replaceAll("<$1>")
                .equals(PLACEHOLDER.matcher(other).replaceAll("<$1>"));
    }

    private void note(Block block) {
        if (block instanceof Block.Text text) {
            note(text.text());
        } else if (block instanceof Block.Thinking thinking) {
            note(thinking.text());
        } else {
            note(((Block.Other) block).json());
        }
    }

    private void note(JsonElement json) {
        if (json.isJsonObject()) {
            json.getAsJsonObject().asMap().values().forEach(this::note);
        } else if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(this::note);
        } else if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
            note(json.getAsString());
        }
    }

    /** Numbers go on behind those in {@code text}. */
    public synchronized void note(CharSequence text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            next.merge(matcher.group(1), Integer.parseInt(matcher.group(2)) + 1, Math::max);
        }
    }

    /** The placeholder of a secret. @param hash the secret's, so that it need not be kept */
    synchronized String of(String kind, String hash) {
        return byHash.computeIfAbsent(hash, unknown -> {
            int number = next.merge(kind, 1, Integer::sum) - 1;
            return "<" + kind + "_" + number + ">";
        });
    }
}
