package dev.holdfast.web.view;

/**
 * The page to sign in on, for {@code sign-in.html}.
 *
 * @param path where the person was going; null if no address is asked for
 * @param token of the link that led here; null if none did
 * @param addressee to whom that was mailed
 * @param mailed whether a link has just been asked for
 * @param problem why the last try failed; null if there was none
 * @param form where a form was sent to that could not be taken; null if none was
 * @param text what was typed into it
 * @param key its send key; may be null
 * @param message for which message it was typed; null if it was a new one
 */
public record SignInView(
        String path,
        String token,
        String addressee,
        boolean mailed,
        String problem,
        String form,
        String text,
        String key,
        String message) {

    /** Asks for an address. */
    public static SignInView ask(String path) {
        return new SignInView(path, null, null, false, null, null, null, null, null);
    }

    /** Shows the one button. */
    public static SignInView enter(String token, String addressee) {
        return new SignInView(null, token, addressee, false, null, null, null, null, null);
    }

    /** A link has been asked for. */
    public static SignInView asked() {
        return new SignInView(null, null, null, true, null, null, null, null, null);
    }

    /** The same, with why the last try failed. */
    public SignInView because(String why) {
        return new SignInView(path, token, addressee, mailed, why, form, text, key, message);
    }

    /** The same, with what was typed, to be sent once one is signed in. Without a text the same. */
    public SignInView keeping(String sentTo, String typed, String sendKey, String edited) {
        return typed == null
                ? this
                : new SignInView(path, token, addressee, mailed, problem, sentTo, typed, sendKey, edited);
    }
}
