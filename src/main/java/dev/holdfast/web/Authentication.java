package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tells who asks. Thread-safe. */
interface Authentication {
    /**
     * Who asks; empty if it is somebody new who owns nothing yet.
     *
     * @throws HttpProblem 401 or 403 if whoever asks has to say who they are
     */
    Optional<Owner> owner(HttpServletRequest request);

    /**
     * The same; somebody new is given what they are known by from now on.
     *
     * @throws HttpProblem 401 or 403 if whoever asks has to say who they are
     */
    Owner ownerOrNew(HttpServletRequest request, HttpServletResponse response);

    /** Whether whoever asks now is still known later: while a stream is open, a sign-in may end. */
    default BooleanSupplier lasting(HttpServletRequest request) {
        return () -> true;
    }

    /** Who this browser was before its person signed in, if nobody has decided yet what becomes of what it had. */
    default Optional<Owner> before(HttpServletRequest request) {
        return Optional.empty();
    }

    /** That is decided. */
    default void decided(HttpServletRequest request, HttpServletResponse response) {}
}
