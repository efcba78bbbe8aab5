package dev.holdfast.protect;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * E-mail addresses (RFC 5321, in the unquoted form) with a domain of at least two labels. Not the user and host of a URL or
 * of {@code scp}, and not names of files like {@code logo@2x.png}.
 */
final class EmailShape implements Shape {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final Alphabet LOCAL = new Alphabet("0-9A-Za-z._%+\\-");
    private static final Alphabet DOMAIN = new Alphabet("0-9A-Za-z.\\-");
    private static final Set<String> FILE_ENDINGS =
            Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "js", "mjs", "css", "html", "json", "tgz");

    @Override
    public String firstCharacters() {
        return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    }

    @Override
    public Optional<Found> look(Window window) {
        if (isLocal(window.peek(-1)) && !window.atWordStart()) {
            return Optional.empty();
        }
        int at = 0;
        while (at <= LONGEST_LOCAL && isLocal(window.peek(at))) {
            at++;
        }
        if (at > LONGEST_LOCAL || window.peek(at) != '@') {
            return Optional.empty();
        }
        int end = at + 1;
        while (end <= at + LONGEST_DOMAIN && isDomain(window.peek(end))) {
            end++;
        }
        while (window.peek(end - 1) == '.' || window.peek(end - 1) == '-') {
            end--;
        }
        return isDomainOfMail(window.between(at + 1, end)) && !isPartOfAddress(window, end)
                ? Optional.of(Found.of(SecretKind.EMAIL, 0, end))
                : Optional.empty();
    }

    private static boolean isLocal(int character) {
        return LOCAL.has(character) || character > 127 && Character.isLetter(character);
    }

    private static boolean isDomain(int character) {
        return DOMAIN.has(character) || character > 127 && Character.isLetter(character);
    }

    private static boolean isDomainOfMail(String domain) {
        int dot = domain.lastIndexOf('.');
        if (dot < 1 || domain.startsWith("-") || domain.contains("..")) {
            return false;
        }
        String top = domain.substring(dot + 1).toLowerCase(Locale.ROOT);
        return top.length() >= 2 && top.chars().allMatch(Character::isLetter) && !FILE_ENDINGS.contains(top);
    }

    /** {@code git@host:path}, {@code https://user@host/path}. */
    private static boolean isPartOfAddress(Window window, int end) {
        boolean path = window.peek(end) == ':' && Alphabet.WORD.has(window.peek(end + 1));
        return path || window.peek(end) == '/' || window.peek(-1) == '/';
    }
}
