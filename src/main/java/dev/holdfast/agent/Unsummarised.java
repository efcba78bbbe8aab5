package dev.holdfast.agent;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Usage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a summary is to be made of.
 *
 * @param from the first message that it will cover
 * @param to the last one
 * @param before the summary of what came before the messages
 * @param messages whole turns, oldest first
 * @param tokens that the summary is to have at most
 */
record Unsummarised(String from, String to, Optional<String> before, List<Message> messages, int tokens) {
    Unsummarised {
        messages = List.copyOf(messages);
    }

    /** @param model who made it; empty if nobody did */
    Entry.Summary summary(LiveConversation live, String text, Optional<String> model, Usage usage, Clock clock) {
        return new Entry.Summary(live.file.newMessageId(), from, to, text, model, usage, clock.instant());
    }
}
