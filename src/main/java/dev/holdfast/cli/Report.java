package dev.holdfast.cli;

/**
 * Where the lines go with which an order is answered. For one thread.
 *
 * <p>All methods throw {@link Gone} once nobody reads any more.
 */
interface Report {
    /** A line of what was asked for. */
    void out(String line);

    /** A line about what went wrong. */
    void err(String line);

    /** Called between conversations, so that an order ends whose reader has gone even if there is nothing to say. */
    void checkReader();

    /** Whoever gave the order does not wait for its end. */
    final class Gone extends RuntimeException {
        Gone(Throwable cause) {
            super("whoever gave the order has gone", cause);
        }
    }
}
