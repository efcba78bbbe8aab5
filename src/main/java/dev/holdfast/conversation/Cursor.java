package dev.holdfast.conversation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader has read: everything up to line {@code seq}, and of the reply that this line opens, everything up to
 * offset {@code at} of block {@code block}. Written {@code 12} or {@code 12.0.345}. It says nothing that the file does
 * not know, so it outlives the process that handed it out.
 *
 * @param seq of the last line that was seen whole
 * @param at in UTF-16 units
 */
public record Cursor(long seq, int block, int at) implements Comparable<Cursor> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})(?:\\.(\\d{1,9})\\.(\\d{1,9}))?");

    /** Everything up to a line, and no reply in part. */
    public static Cursor after(long seq) {
        return new Cursor(seq, 0, 0);
    }

    /** The cursor that {@code text} spells; empty if it spells none. Null is none. */
    public static Optional<Cursor> parse(String text) {
        Matcher matcher = text == null ? null : SHAPE.matcher(text);
        if (matcher == null || !matcher.matches()) {
            return Optional.empty();
        }
        long seq = Long.parseLong(matcher.group(1));
        return Optional.of(
                matcher.group(2) == null
                        ? after(seq)
                        : new Cursor(seq, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))));
    }

    @Override
    public int compareTo(Cursor other) {
        int bySeq = Long.compare(seq, other.seq);
        int byBlock = Integer.compare(block, other.block);
        return bySeq != 0 ? bySeq : byBlock != 0 ? byBlock : Integer.compare(at, other.at);
    }

    @Override
    public String toString() {
        return block == 0 && at == 0 ? Long.toString(seq) : seq + "." + block + "." + at;
    }
}
