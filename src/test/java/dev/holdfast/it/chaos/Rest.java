package dev.holdfast.it.chaos;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A conversation in which nobody says anything more, until all its turns are over. */
final class Rest {
    private static final int LOOKS = 600;
    /** How often the server asks the model by itself. */
    static final int TRIES = 3;

    private final Talker talker;
    private final boolean asksAtOnce;
    private final Pauses pauses;
    private final Set<String> pressed = new HashSet<>();
    private List<JsonObject> messages = List.of();

    /** @param asksAtOnce whether a person is asked after every reply that broke off, and not only after three */
    Rest(Talker talker, boolean asksAtOnce, Pauses pauses) {
        this.talker = talker;
        this.asksAtOnce = asksAtOnce;
        this.pauses = pauses;
    }

    /**
     * Looks until nothing streams, waits or is to go on by itself; has answered what a person is asked about.
     *
     * @return whether that came while the patience lasted
     */
    boolean await() {
        for (int look = 0; look < LOOKS; look++) {
            messages = look();
            JsonObject last = last();
            boolean rests = messages.stream()
                    .map(message -> message.get("state").getAsString())
                    .noneMatch(state -> state.equals("streaming") || state.equals("queued"));
            if (rests && !last.get("role").getAsString().equals("user") && !interrupted(last)) {
                return true;
            }
            if (asks(last)) {
                press(last);
            }
            pauses.upTo(300);
        }
        return false;
    }

    /** The last message that does not wait. */
    private JsonObject last() {
        return messages.stream()
                .filter(message -> !message.get("state").getAsString().equals("queued"))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    private static boolean interrupted(JsonObject message) {
        return message.get("state").getAsString().equals("interrupted");
    }

    private boolean asks(JsonObject last) {
        return asksAtOnce
                ? interrupted(last) || last.get("role").getAsString().equals("user")
                : interrupted(last) && last.getAsJsonArray("siblings").size() >= TRIES;
    }

    private void press(JsonObject last) {
        String conversation = talker.heard().conversation();
        String message = last.get("id").getAsString();
        int status = talker.visitor()
                .postJson("c/" + conversation + "/continue", Map.of("message", message))
                .statusCode();
        if (status == 200) {
            boolean said = last.get("role").getAsString().equals("user");
            pressed.add(said ? message : last.get("parent").getAsString());
        }
    }

    private List<JsonObject> look() {
        List<JsonObject> shown = new ArrayList<>();
        String before = "";
        boolean more = true;
        while (more) {
            JsonObject page = json(
                    talker.visitor().getJson("c/" + talker.heard().conversation() + "/messages?limit=100" + before));
            JsonArray found = page.getAsJsonArray("messages");
            List<JsonObject> older = new ArrayList<>();
            for (JsonElement message : found) {
                older.add(message.getAsJsonObject());
            }
            shown.addAll(0, older);
            more = page.get("more").getAsBoolean();
            before = more ? "&before=" + older.get(0).get("id").getAsString() : "";
        }
        return shown;
    }

    /** What the server shows, as role and text. */
    List<String> shown() {
        return messages.stream()
                .map(message -> message.get("role").getAsString() + " "
                        + message.get("content").getAsString())
                .toList();
    }

    /** The messages that a person had answered again here. */
    Set<String> pressed() {
        return pressed;
    }

    @Override
    public String toString() {
        return talker.heard().conversation() + " does not come to rest: " + last();
    }

    static JsonObject json(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }
}
