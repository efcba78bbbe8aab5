package dev.holdfast.web.view;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;

/**
 * How the server is, for {@code operator.html}.
 *
 * @param since when it began
 * @param model what people see as the author of replies
 */
public record OperatorView(ZonedDateTime since, String model, List<Count> counts) {
    /** A number. @param key of the words for what it counts, behind {@code operator.} */
    public record Count(String key, long number) {}

    public OperatorView {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(model, "model");
        counts = List.copyOf(counts);
    }
}
