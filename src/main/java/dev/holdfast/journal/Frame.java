package dev.holdfast.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is written as one and found as one: a line of the plain form, a gzip member, a sealed line.
 *
 * @param number the number of its first line, from 1, as an editor counts; 0 if the file was read from its end
 * @param offset where it begins, in bytes
 * @param end where the next one begins
 * @param lines its sound lines, in order
 * @param fault what is wrong with it; empty if all of it is sound
 * @param lacking the bytes that would close it, if they are missing; only the last, or one before a bad one, lacks them
 */
record Frame(long number, long offset, long end, List<JournalLine> lines, Optional<Fault> fault, byte[] lacking) {
    private static final byte[] NOTHING = {};

    /**
     * Why a frame is not sound.
     *
     * @param sentence for people, quotes no content
     * @param kind what could have made it so
     */
    record Fault(String sentence, Kind kind) {
        enum Kind {
            /** A crash, if nothing but deltas follows. */
            TORN,
            /** No crash: the frame is as it was written, some line in it is not. */
            DAMAGED,
            /** It is whole, and no key opens it. */
            LOCKED
        }

        static Fault torn(String sentence) {
            return new Fault(sentence, Kind.TORN);
        }
    }

    static Frame sound(long number, long offset, long end, List<JournalLine> lines) {
        return new Frame(number, offset, end, lines, Optional.empty(), NOTHING);
    }

    static Frame faulty(long number, long offset, long end, List<JournalLine> lines, Fault fault) {
        return new Frame(number, offset, end, lines, Optional.of(fault), NOTHING);
    }

    /** A bad frame and the bad one behind it, as one. */
    Frame with(Frame next) {
        List<JournalLine> all = new ArrayList<>(lines);
        all.addAll(next.lines);
        return new Frame(number, offset, next.end, all, fault, next.lacking);
    }

    Frame lacking(byte[] closing) {
        return new Frame(number, offset, end, lines, fault, closing);
    }

    /** Only the lines from {@code first} on, which have no numbers. */
    Frame linesFrom(int first) {
        return new Frame(0, offset, end, lines.subList(first, lines.size()), fault, lacking);
    }

    long length() {
        return end - offset;
    }

    boolean closed() {
        return lacking.length == 0;
    }

    /** A crash may have left it, if nothing but deltas follows. */
    boolean mayBeTorn() {
        return fault.isPresent() && fault.get().kind() == Fault.Kind.TORN;
    }

    boolean locked() {
        return fault.isPresent() && fault.get().kind() == Fault.Kind.LOCKED;
    }

    /** Whether a bad frame before it is damage, and no tail: what is no delta was forced, and all before it. */
    boolean settles() {
        return !mayBeTorn()
                && (fault.isPresent() || !lines.stream().allMatch(line -> JournalFormat.isDelta(line.json())));
    }
}
