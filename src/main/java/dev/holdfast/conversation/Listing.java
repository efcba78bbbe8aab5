package dev.holdfast.conversation;

import java.time.Instant;

/**
 * A conversation as a list shows it.
 *
 * @param title what a person called it, else the beginning of what was first said; empty before that
 * @param lastActivity when something was last said or answered; its creation if nothing was
 * @param damaged whether some of it could not be read
 */
public record Listing(
        ConversationId id,
        Owner owner,
        String channelKey,
        String title,
        Instant createdAt,
        Instant lastActivity,
        boolean damaged) {}
