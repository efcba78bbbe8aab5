package dev.holdfast.window;

import java.util.Locale;

/**
 * The marks and rules by which a window is chosen.
 *
 * @param high most tokens of messages that are ever sent
 * @param low tokens that remain at most after a cut, unless the last turn alone has more; less than {@code high}
 * @param keepFirst so many messages at the beginning of a conversation are always sent, rounded up to whole turns: then the
 *     middle is left out; 0: then the oldest
 * @param mostMessages most messages that are ever sent, unless the last turn alone has more; 0: any number
 */
public record WindowRules(int high, int low, int keepFirst, int mostMessages) {
    public WindowRules {
        if (low < 0 || high <= low) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The low mark (%,d) is below the high mark (%,d), and neither is negative.",
                    low,
                    high));
        }
        if (keepFirst < 0 || mostMessages < 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Numbers of messages are not negative: %,d are to be kept, %,d to be sent.",
                    keepFirst,
                    mostMessages));
        }
    }

    /** Leaves out the oldest, by tokens alone. */
    public static WindowRules of(int high, int low) {
        return new WindowRules(high, low, 0, 0);
    }

    /**
     * The same rules for a model that takes no more than so much at once; both marks are lowered in proportion if need be.
     *
     * @param context tokens that the model takes, its reply among them
     * @param reserved tokens of them that are not for the conversation: the reply's and the instructions'
     * @throws IllegalArgumentException with a sentence, if nothing is left for the conversation
     */
    public WindowRules within(int context, int reserved) {
        long room = (long) context - reserved;
        if (room < 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The model takes %,d tokens at once, and %,d of them are reserved for its reply and the instructions:"
                            + " nothing is left for the conversation. Lower model.max-output or shorten the instructions.",
                    context,
                    reserved));
        }
        return room >= high ? this : new WindowRules((int) room, (int) (room * low / high), keepFirst, mostMessages);
    }

    /** From here on a summary that is there is used, before the high mark makes it necessary. */
    public int soft() {
        return high - (high - low) / 8;
    }

    /** From here on it is time to make a summary. */
    public int early() {
        return high - (high - low) / 4;
    }

    /** Tokens that remain at most when the place of a cut is where a summary ends. */
    int middle() {
        return low + (high - low) / 2;
    }

    /** Tokens that messages from before the cut and the summary have at most, together. */
    int mostBefore() {
        return low / 2;
    }

    /** Tokens that are left free for a summary that is still to be made. */
    int summaryRoom() {
        return low / 8;
    }

    /** So many quarters of the most messages. */
    int messages(int quarters) {
        return mostMessages == 0 ? Integer.MAX_VALUE : (int) ((long) mostMessages * quarters / 4);
    }
}
