package dev.holdfast.window;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import java.time.Instant;
import java.util.Optional;

/** A summary as a model is sent it: in the place of what it stands for, as words of a person's. */
public final class SummaryMessage {
    private SummaryMessage() {}

    /** Always the same, so it has no time of its own (the epoch). */
    static Message of(Entry.Summary summary) {
        return framed(summary.id(), summary.text());
    }

    /** What an empty summary would be sent as. */
    public static Message frame() {
        return framed("", "");
    }

    private static Message framed(String id, String text) {
        return Message.user(
                "summary:" + id,
                Optional.empty(),
                "[Summary of the conversation so far: " + text + "]",
                Instant.EPOCH,
                Optional.empty());
    }
}
