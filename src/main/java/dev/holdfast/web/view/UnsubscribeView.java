package dev.holdfast.web.view;

/**
 * The page where mails can be ended, for {@code unsubscribe.html}.
 *
 * @param token of the link in the mail that led here; null once they are ended
 */
public record UnsubscribeView(String token) {
    /** Shows the one button. */
    public static UnsubscribeView ask(String token) {
        return new UnsubscribeView(token);
    }

    /** It has been pressed. */
    public static UnsubscribeView done() {
        return new UnsubscribeView(null);
    }
}
