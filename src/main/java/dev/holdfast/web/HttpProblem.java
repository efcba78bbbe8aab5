package dev.holdfast.web;

/**
 * A request that cannot be done, in the words of <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 * Rendered as a page or as {@code application/problem+json}.
 */
final class HttpProblem extends RuntimeException {
    private final int status;
    private final String title;
    private final int retryAfter;

    /**
     * @param title a few words
     * @param detail what happened and what to do, for people; quotes nothing that was sent
     */
    HttpProblem(int status, String title, String detail) {
        this(status, title, detail, 0);
    }

    private HttpProblem(int status, String title, String detail, int retryAfter) {
        super(detail);
        this.status = status;
        this.title = title;
        this.retryAfter = retryAfter;
    }

    static HttpProblem notFound() {
        return new HttpProblem(
                404, "Not here", "There is no such page here, or it belongs to a conversation of another browser.");
    }

    /** Whoever asks has to sign in first. */
    static HttpProblem signIn() {
        return new HttpProblem(
                401, "Sign in", "You are not signed in here, or not any more. Nothing is lost: sign in.");
    }

    static HttpProblem badRequest(String detail) {
        return new HttpProblem(400, "Not understood", detail);
    }

    static HttpProblem tooLarge(String detail) {
        return new HttpProblem(413, "Too large", detail);
    }

    /** @param retryAfter seconds until it may be tried again */
    static HttpProblem tooMany(String title, String detail, int retryAfter) {
        return new HttpProblem(429, title, detail, retryAfter);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Seconds until it may be tried again; 0 if nothing is known about that. */
    int retryAfter() {
        return retryAfter;
    }
}
