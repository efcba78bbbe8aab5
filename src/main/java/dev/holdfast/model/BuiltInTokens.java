package dev.holdfast.model;

import dev.holdfast.conversation.Message;

/**
 * The built-in model's estimate of tokens, in quarters: a character of ASCII weighs one quarter (English has about four
 * characters a token), of another alphabet two, anything from U+2E80 on (East Asian scripts, emoji) four. A message
 * costs four tokens more for its role and borders.
 */
final class BuiltInTokens {
    private static final int PER_MESSAGE = 4;

    private BuiltInTokens() {}

    static long estimate(ModelRequest request) {
        long tokens = request.system().map(BuiltInTokens::estimate).orElse(0L);
        for (Message message : request.messages()) {
            tokens += estimate(message.text()) + PER_MESSAGE;
        }
        return tokens;
    }

    static long estimate(String text) {
        return (text.codePoints().asLongStream().map(BuiltInTokens::quarters).sum() + 3) / 4;
    }

    /** The longest beginning of {@code text} that is at most {@code tokens} long; ends between code points. */
    static String prefix(String text, int tokens) {
        long left = 4L * tokens;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            left -= quarters(codePoint);
            if (left < 0) {
                return text.substring(0, end);
            }
            end += Character.charCount(codePoint);
        }
        return text;
    }

    private static long quarters(long codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x2E80 ? 2 : 4;
    }
}
