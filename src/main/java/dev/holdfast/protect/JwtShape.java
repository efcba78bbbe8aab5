package dev.holdfast.protect;

import java.util.Optional;

/**
 * JSON Web Tokens: parts in base64url with dots between them, three when signed (RFC 7515), five when encrypted (RFC 7516).
 * The first one is the header, a JSON object, so it begins with {@code eyJ}.
 *
 * <p>A header that fills the window counts without its dot being seen: nothing else in base64url is that long and begins so.
 */
final class JwtShape implements Shape {
    private static final Alphabet PARTS = new Alphabet("0-9A-Za-z_.\\-");
    private static final int LEAST_HEADER = 12;
    private static final int LEAST_PART = 8;

    @Override
    public String firstCharacters() {
        return "e";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (!window.atWordStart() || !window.reads("eyJ", 0)) {
            return Optional.empty();
        }
        int header = window.runOf(Alphabet.BASE64_URL, 0);
        if (header == Window.REACH) {
            return Optional.of(Found.run(SecretKind.JWT, 0, header, PARTS));
        }
        if (header < LEAST_HEADER || window.peek(header) != '.') {
            return Optional.empty();
        }
        int payload = window.runOf(Alphabet.BASE64_URL, header + 1);
        if (payload == Window.REACH) {
            return Optional.of(Found.run(SecretKind.JWT, 0, payload, PARTS));
        }
        // The key of an encrypted token may be empty: then two dots follow each other.
        boolean longEnough = payload - header > LEAST_PART || payload == header + 1;
        if (!longEnough || window.peek(payload) != '.') {
            return Optional.empty();
        }
        int to = window.runOf(PARTS, payload + 1);
        if (to - payload < LEAST_PART && payload == header + 1) {
            return Optional.empty();
        }
        boolean fullStop = to > payload + 1 && to < Window.REACH && window.peek(to - 1) == '.';
        return Optional.of(Found.run(SecretKind.JWT, 0, fullStop ? to - 1 : to, PARTS));
    }
}
