package dev.holdfast.lifecycle;

/**
 * How much may be asked for. Each is 0 for as much as one likes.
 *
 * @param messages an owner may send so many a minute, and at most so many at once; of all other requests that change or
 *     search something {@value #REQUESTS_A_MESSAGE} times as many
 * @param messagesOfNetwork the same for all of a network together
 * @param replies so many may be written at once in an owner's conversations
 * @param repliesOfNetwork so many may be written at once that were asked for from one network
 */
public record Limits(int messages, int messagesOfNetwork, int replies, int repliesOfNetwork) {
    static final int REQUESTS_A_MESSAGE = 4;

    /** For those who are trusted with the machine. */
    public static final Limits NONE = new Limits(0, 0, 0, 0);
}
