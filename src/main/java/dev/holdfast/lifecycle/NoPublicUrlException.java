package dev.holdfast.lifecycle;

/** A link cannot be made: nobody has said under which address people reach this page. */
public final class NoPublicUrlException extends RuntimeException {
    public NoPublicUrlException() {
        super("No link can be made: the setting public-url must say under which address people reach this page.");
    }
}
