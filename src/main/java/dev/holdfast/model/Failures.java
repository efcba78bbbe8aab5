package dev.holdfast.model;

import dev.holdfast.model.ModelFailure.Kind;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * The sentences for all that can go wrong with one provider. They are made of our own words and the settings; nothing
 * that a provider wrote gets in, and no key.
 *
 * @param provider as a sentence begins with it, e.g. {@code Anthropic} or {@code The server at localhost:8000}
 * @param address host and port
 * @param keyTrouble what to say after {@code provider} when it refuses the key, or the lack of one
 * @param modelAdvice a sentence: what to do when there is no such model
 */
record Failures(String provider, String address, String model, String keyTrouble, String modelAdvice) {

    /** What the provider itself reported. */
    ModelFailure of(ProviderError error, Optional<Duration> retryAfter) {
        if (error.outOfCredit()) {
            return new ModelFailure(
                    Kind.REFUSED, provider + " says that the account has no credit left. Top it up there.");
        }
        if (error.wrongAddress()) {
            return new ModelFailure(
                    Kind.REFUSED, provider + " has no chat at this address. Check the path in model.base-url.");
        }
        Kind kind = error.kind();
        return new ModelFailure(kind, sentence(kind, error.status(), retryAfter), retryAfter);
    }

    private String sentence(Kind kind, int status, Optional<Duration> retryAfter) {
        return switch (kind) {
            case WRONG_KEY -> provider + " " + keyTrouble;
            case UNKNOWN_MODEL -> provider + " does not know the model “" + model + "”. " + modelAdvice;
            case CONTEXT_TOO_LONG ->
                "This conversation is too long for “" + model + "”. Begin a new one, or lower window.high.";
            case RATE_LIMITED ->
                provider + " takes no more requests for now. Try again in "
                        + retryAfter.map(Failures::words).orElse("a moment") + ".";
            case OVERLOADED ->
                provider + " is overloaded or failed inside. Try again in "
                        + retryAfter.map(Failures::words).orElse("a moment") + ".";
            default -> provider + " refused the request" + (status == 0 ? "." : " (HTTP " + status + ").");
        };
    }

    /** No answer at all. */
    ModelFailure unreachable(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new ModelFailure(Kind.UNREACHABLE, unreachableSentence(cause));
    }

    private String unreachableSentence(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return "Connecting to " + address + " took too long. Is the server up, and the network?";
        }
        // The HTTP client now and then wraps it in what broke next.
        if (within(cause, SSLException.class)) {
            return "No secure connection to " + address
                    + ": TLS failed. Check model.base-url and the server's certificate.";
        }
        if (within(cause, UnresolvedAddressException.class)) {
            return "The name in " + address + " is not known. Check model.base-url and the network.";
        }
        if (cause instanceof ConnectException) {
            return "Nothing answers at " + address + ". Is the server running, and is model.base-url right?";
        }
        return "The connection to " + address + " broke before an answer came. Try again.";
    }

    private static boolean within(Throwable error, Class<? extends Throwable> type) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    ModelFailure silent(Duration silence) {
        return new ModelFailure(Kind.SILENT, provider + " said nothing for " + words(silence) + ". Try again.");
    }

    ModelFailure truncated() {
        return new ModelFailure(Kind.TRUNCATED, provider + " broke off before the reply was whole. Try again.");
    }

    ModelFailure malformed() {
        return new ModelFailure(
                Kind.MALFORMED,
                "What came from " + address + " cannot be read as a reply. Check model.provider and model.base-url.");
    }

    /** The provider stopped the reply because of what it says. */
    ModelFailure withheld() {
        return new ModelFailure(
                Kind.REFUSED, provider + " stopped this reply because of its rules on content. Try other words.");
    }

    /** Rounded up, in the largest fitting unit: {@code 20 seconds}, {@code 2 minutes}. */
    static String words(Duration time) {
        long seconds = Math.max(1, time.plusMillis(999).toSeconds());
        if (seconds < 120 && seconds != 60) {
            return count(seconds, "second");
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120 ? count(minutes, "minute") : count((minutes + 59) / 60, "hour");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
