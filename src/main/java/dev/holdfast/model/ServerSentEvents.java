package dev.holdfast.model;

import java.util.Optional;

/**
 * The part of "Server-sent events" (HTML Standard, section 9.2) that model providers use: each writes one whole JSON
 * document into one data line, so a data line is an event. Comments, such as {@code : OPENROUTER PROCESSING}, blank
 * lines and other fields say nothing.
 */
final class ServerSentEvents {
    private ServerSentEvents() {}

    /**
     * The data of an event. A line that is a JSON object without {@code data:} is taken too: servers that do not
     * stream at that address answer with one, mostly an error. So is llama.cpp's {@code error:} field.
     */
    static Optional<String> data(String line) {
        if (line.startsWith("data:")) {
            return Optional.of(line.substring(5).strip());
        }
        if (line.startsWith("error:")) {
            return Optional.of("{\"error\":" + line.substring(6) + "}");
        }
        return line.startsWith("{") ? Optional.of(line) : Optional.empty();
    }
}
