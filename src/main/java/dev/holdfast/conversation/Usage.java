package dev.holdfast.conversation;

/**
 * Tokens of one model call, as the provider reported them.
 *
 * @param input tokens sent that came from no cache
 * @param output tokens received, thinking included
 * @param cacheRead tokens sent that the provider already held
 * @param cacheWrite tokens sent that the provider stored for the next call
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite) {
    /** Nothing was reported. */
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0) {
            throw new IllegalArgumentException("token counts are not negative");
        }
    }

    public Usage plus(Usage other) {
        return new Usage(
                input + other.input, output + other.output, cacheRead + other.cacheRead, cacheWrite + other.cacheWrite);
    }

    /** Everything that was sent, from a cache or not. */
    public long sent() {
        return input + cacheRead + cacheWrite;
    }
}
