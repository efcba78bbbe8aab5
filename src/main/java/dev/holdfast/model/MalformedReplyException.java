package dev.holdfast.model;

/** A provider's answer is not what its format allows. Carries no content. */
final class MalformedReplyException extends RuntimeException {
    MalformedReplyException() {
        super(null, null, false, false);
    }
}
