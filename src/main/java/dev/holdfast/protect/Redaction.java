package dev.holdfast.protect;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is taken out of everything that people and models say, in all conversations. Immutable.
 *
 * @param filter sees whole messages after the rules have been applied; replies appear only when complete while there is one
 */
public record Redaction(RedactionRules rules, Optional<MessageFilter> filter) {
    public Redaction {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(filter, "filter");
    }

    /** By rules alone. */
    public static Redaction by(RedactionRules rules) {
        return new Redaction(rules, Optional.empty());
    }

    /** For one conversation. @param placeholders by kind, the number that its next one has */
    public Redactor redactor(Map<String, Integer> placeholders) {
        return new Redactor(rules, filter, Placeholders.from(placeholders));
    }
}
