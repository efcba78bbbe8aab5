package dev.holdfast.web;

import dev.holdfast.conversation.Cursor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which conversations a reader of several wants to hear of, in the order of asking, and where in each they left off:
 * {@code <conversation>:<cursor>,<conversation>:<cursor>…}. A cursor that says nothing is as none. What stands for a
 * conversation is taken as it comes: whether there is such a one is for the conversations to say.
 */
record Places(Map<String, Optional<Cursor>> cursors) {
    /** Most conversations on one stream. */
    static final int MOST = 50;

    /**
     * @param at empty: none
     * @param lastEventId the conversation and cursor that were heard last, which beat what {@code at} says; null: unknown
     * @throws HttpProblem 400 if they are more than {@value #MOST}
     */
    static Places parse(String at, String lastEventId) {
        Map<String, Optional<Cursor>> cursors = new LinkedHashMap<>();
        for (String each : at.split(",")) {
            if (!conversation(each).isEmpty()) {
                cursors.putIfAbsent(conversation(each), cursor(each));
            }
        }
        if (cursors.size() > MOST) {
            throw HttpProblem.badRequest("A stream takes " + MOST + " conversations at most.");
        }
        if (lastEventId != null && cursor(lastEventId).isPresent()) {
            cursors.computeIfPresent(conversation(lastEventId), (same, older) -> cursor(lastEventId));
        }
        return new Places(cursors);
    }

    private static String conversation(String each) {
        int colon = each.indexOf(':');
        return colon < 0 ? each : each.substring(0, colon);
    }

    private static Optional<Cursor> cursor(String each) {
        int colon = each.indexOf(':');
        return colon < 0 ? Optional.empty() : Cursor.parse(each.substring(colon + 1));
    }
}
