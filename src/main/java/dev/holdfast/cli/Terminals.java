package dev.holdfast.cli;

/** Keeps what a model or a person wrote from giving orders to a terminal. */
final class Terminals {
    private Terminals() {}

    /** {@code text} without control characters other than line break and tab: no escape sequence survives. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
