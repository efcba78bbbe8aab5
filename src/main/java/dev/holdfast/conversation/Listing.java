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
        boolean damaged) {

    /** The same with a title, activity and damage of later lines. @param later what lines after these amount to */
    public Listing with(Transcript later, boolean moreDamage) {
        Instant active = later.lastActivity().isAfter(lastActivity) ? later.lastActivity() : lastActivity;
        String named = later.named().orElse(title.isEmpty() ? later.title() : title);
        return new Listing(id, owner, channelKey, named, createdAt, active, damaged || moreDamage);
    }

    /** The same with damage, or without. */
    public Listing withDamage(boolean found) {
        return new Listing(id, owner, channelKey, title, createdAt, lastActivity, found);
    }
}
