package dev.holdfast.window;

import dev.holdfast.conversation.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a million tokens of one model cost, each kind of them. */
record Price(BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite) {
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";
    private static final String CACHE_READ = "cache-read";
    private static final String CACHE_WRITE = "cache-write";
    private static final Set<String> KINDS = Set.of(INPUT, OUTPUT, CACHE_READ, CACHE_WRITE);

    /** Digits enough for any price, and few enough for any reader. */
    static final String AMOUNT = "\\d{1,12}(\\.\\d{1,12})?";

    private static final int MILLION = 6;

    /** What {@code usage} costs, exactly. */
    BigDecimal of(Usage usage) {
        return times(input, usage.input())
                .add(times(output, usage.output()))
                .add(times(cacheRead, usage.cacheRead()))
                .add(times(cacheWrite, usage.cacheWrite()))
                .movePointLeft(MILLION);
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }

    /**
     * Reads {@code input 3, output 15, cache-read 0.30, cache-write 3.75}; those of the cache may be missing, and are as
     * {@code input} then.
     *
     * @return empty if it is not like that
     */
    static Optional<Price> parse(String text) {
        Map<String, BigDecimal> kinds = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] words = part.strip().split("\\s+");
            boolean understood = words.length == 2 && KINDS.contains(words[0]) && words[1].matches(AMOUNT);
            if (!understood || kinds.put(words[0], new BigDecimal(words[1])) != null) {
                return Optional.empty();
            }
        }
        BigDecimal input = kinds.get(INPUT);
        if (input == null || !kinds.containsKey(OUTPUT)) {
            return Optional.empty();
        }
        return Optional.of(new Price(
                input,
                kinds.get(OUTPUT),
                kinds.getOrDefault(CACHE_READ, input),
                kinds.getOrDefault(CACHE_WRITE, input)));
    }
}
