package dev.holdfast.it.chaos;

import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a reader put together of one conversation, over all its connections, and the cursor it goes on from. Thread-safe. */
final class Heard {
    /** A reply as the events told it. */
    static final class Reply {
        private final StringBuilder text = new StringBuilder();
        private long characters;
        private String state = "streaming";

        String text() {
            return text.toString();
        }

        /** On the wire, in all. */
        long characters() {
            return characters;
        }

        String state() {
            return state;
        }
    }

    private final String conversation;
    private final Faults faults;
    private final Map<String, Reply> replies = new LinkedHashMap<>();
    private final Set<String> saved = new HashSet<>();
    private String cursor = "0";
    private int answered;

    Heard(String conversation, Faults faults) {
        this.conversation = conversation;
        this.faults = faults;
    }

    String conversation() {
        return conversation;
    }

    synchronized String cursor() {
        return cursor;
    }

    /** How many replies are over that no crash cut off. */
    synchronized int answered() {
        return answered;
    }

    synchronized long characters() {
        return replies.values().stream().mapToLong(Reply::characters).sum();
    }

    synchronized Map<String, Reply> replies() {
        return Map.copyOf(replies);
    }

    synchronized Set<String> saved() {
        return Set.copyOf(saved);
    }

    /** @param id the event's cursor; empty: it leaves the reader where it is */
    synchronized void take(String event, JsonObject data, String id) {
        if (!id.isEmpty()) {
            if (compare(id, cursor) <= 0) {
                faults.add("%s: %s %s was told to a reader at %s", conversation, event, id, cursor);
            }
            cursor = id;
        }
        switch (event) {
            case "reply" -> reply(data);
            case "delta" -> grow(data);
            case "done" -> done(data);
            case "saved" -> saved(data);
            case "gone", "failed" -> faults.add("%s: %s was told", conversation, event);
            default -> {
                // Titles, the list and signs of life are no part of a turn.
            }
        }
        notifyAll();
    }

    private void reply(JsonObject data) {
        if (replies.put(data.get("id").getAsString(), new Reply()) != null) {
            faults.add("%s: reply %s began twice", conversation, data.get("id"));
        }
    }

    private void grow(JsonObject data) {
        Reply reply = replies.computeIfAbsent(data.get("id").getAsString(), unknown -> new Reply());
        int at = data.get("at").getAsInt();
        String text = data.get("text").getAsString();
        if (at > reply.text.length() || data.get("block").getAsInt() != 0) {
            faults.add(
                    "%s: a delta at %d behind %d characters of %s",
                    conversation, at, reply.text.length(), data.get("id"));
            return;
        }
        reply.text.setLength(at);
        reply.text.append(text);
        reply.characters += text.length();
    }

    private void done(JsonObject data) {
        Reply reply = replies.computeIfAbsent(data.get("id").getAsString(), unknown -> new Reply());
        if (!reply.state.equals("streaming")) {
            faults.add("%s: %s was done twice", conversation, data.get("id"));
        }
        reply.state = data.get("state").getAsString();
        answered += reply.state.equals("interrupted") ? 0 : 1;
    }

    private void saved(JsonObject data) {
        if (!data.get("queued").getAsBoolean() && !saved.add(data.get("id").getAsString())) {
            faults.add("%s: message %s was saved twice", conversation, data.get("id"));
        }
    }

    /** Waits until the end of these replies is known. @return whether that came while the patience lasted */
    synchronized boolean await(Set<String> ended, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!ended.stream()
                .allMatch(
                        id -> replies.containsKey(id) && !replies.get(id).state.equals("streaming"))) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private static int compare(String one, String other) {
        String[] a = (one + ".0.0").split("\\.");
        String[] b = (other + ".0.0").split("\\.");
        for (int i = 0; i < 3; i++) {
            int by = Long.compare(Long.parseLong(a[i]), Long.parseLong(b[i]));
            if (by != 0) {
                return by;
            }
        }
        return 0;
    }
}
