package dev.holdfast.journal;

/**
 * Seals what a journal writes, so that nobody without a key can read or change it. Implementations are thread-safe.
 */
public interface LineCodec {

    /** What cannot be opened: sealed by another key, or not as it was sealed. One exception for all reasons. */
    final class UnsealException extends Exception {
        public UnsealException() {
            super("no key opens it: it was sealed by another key, or is not as it was sealed");
        }
    }

    /** {@code plain}, sealed with the newest key: printable ASCII without a line break. */
    byte[] seal(byte[] plain);

    /** What was sealed, by whichever of the known keys. */
    byte[] open(byte[] sealed) throws UnsealException;
}
