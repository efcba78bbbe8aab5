package dev.holdfast.window;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;

/**
 * Counts tokens without a tokenizer, by the kind of each character. It is meant to count a little too much rather than
 * too little, in every script.
 *
 * <table>
 *   <caption>Weight of a character in quarters of a token</caption>
 *   <tr><th>characters</th><th>weight</th></tr>
 *   <tr><td>letters and spaces of ASCII</td><td>1</td></tr>
 *   <tr><td>digits, punctuation and controls of ASCII</td><td>2</td></tr>
 *   <tr><td>U+0080 to U+052F and U+2000 to U+206F: Latin, Greek, Cyrillic, typographic marks</td><td>3</td></tr>
 *   <tr><td>other alphabets, and East Asian scripts</td><td>5</td></tr>
 *   <tr><td>beyond the basic plane: emoji, rare characters</td><td>12</td></tr>
 * </table>
 *
 * <p>A message costs {@value #PER_MESSAGE} tokens more. An image costs {@value #PER_IMAGE}, about the most that Anthropic
 * charges for one; a block of another foreign type costs what its JSON would as text.
 */
public final class EstimatingCounter implements TokenCounter {
    private static final int PER_MESSAGE = 4;
    private static final int PER_IMAGE = 1_600;

    @Override
    public int count(Message message) {
        long quarters = 0;
        for (Block block : message.content()) {
            quarters += quarters(block);
        }
        return (int) Math.min(Integer.MAX_VALUE, PER_MESSAGE + (quarters + 3) / 4);
    }

    private static long quarters(Block block) {
        if (block instanceof Block.Text text) {
            return quarters(text.text());
        }
        if (block instanceof Block.Thinking thinking) {
            return quarters(thinking.text()) + quarters(thinking.signature());
        }
        Block.Other other = (Block.Other) block;
        return Blocks.hasType(other, "image") ? 4L * PER_IMAGE : quarters(other.json().toString());
    }

    private static long quarters(String text) {
        long quarters = 0;
        for (int i = 0; i < text.length(); i++) {
            quarters += quarters(text.charAt(i));
        }
        return quarters;
    }

    private static int quarters(char c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ' ' ? 1 : 2;
        }
        if (c < 0x530 || c >= 0x2000 && c < 0x2070) {
            return 3;
        }
        return Character.isSurrogate(c) ? 6 : 5;
    }
}
