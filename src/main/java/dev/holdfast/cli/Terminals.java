package dev.holdfast.cli;

import com.google.gson.JsonObject;
import dev.holdfast.journal.LineJson;

/** Keeps what a model or a person wrote from giving orders to a terminal. */
final class Terminals {
    private Terminals() {}

    /** On one line. Control characters that JSON allows are escaped too: they may be orders to a terminal. */
    static String json(JsonObject object) {
        StringBuilder escaped = new StringBuilder();
        LineJson.write(object).chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    /** {@code text} without control characters other than line break and tab: no escape sequence survives. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
