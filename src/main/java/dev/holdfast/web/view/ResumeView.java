package dev.holdfast.web.view;

/**
 * The page behind a resume link, for {@code resume.html}.
 *
 * @param token the link's; null to ask for a code
 * @param problem why the last try failed; null if there was none
 * @param ended the token of a link that opened nothing, in whose place a new one can be asked for; null if there was none
 * @param asked whether that has just been done
 */
public record ResumeView(String token, String problem, String ended, boolean asked) {
    /** Asks for a code. */
    public static ResumeView code() {
        return new ResumeView(null, null, null, false);
    }

    /** Shows the one button. */
    public static ResumeView link(String token) {
        return new ResumeView(token, null, null, false);
    }

    /** Says why nothing was opened. @param ended as above */
    public static ResumeView failed(String problem, String ended) {
        return new ResumeView(null, problem, ended, false);
    }

    /** A new link has been asked for. */
    public static ResumeView again() {
        return new ResumeView(null, null, null, true);
    }
}
