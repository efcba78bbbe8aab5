package dev.holdfast.conversation;

/**
 * A person's message is on disk.
 *
 * @param message its id
 * @param turn the turn that it begins or waits to begin; named by the message
 * @param queued whether it waits for the running turn to end
 */
public record Said(String message, String turn, boolean queued) {}
