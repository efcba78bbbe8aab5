package dev.holdfast.conversation;

/**
 * What the path up to a message amounts to, that message included. Kept with each message, so that the totals of the
 * active path are known without walking it, however long it is.
 */
record PathTotals(int exchanges, Usage usage) {
    static final PathTotals NONE = new PathTotals(0, Usage.NONE);

    PathTotals plus(Message message) {
        boolean nothingUsed = message.usage().equals(Usage.NONE);
        return new PathTotals(
                exchanges + (message.role() == Role.USER ? 1 : 0), nothingUsed ? usage : usage.plus(message.usage()));
    }
}
