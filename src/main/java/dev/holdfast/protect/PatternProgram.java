package dev.holdfast.protect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A regular expression as a program for a machine that follows all its ways at once (Thompson 1968). There is no way back, so
 * a match costs at most the length of the match times that of the program. Immutable and thread-safe.
 */
final class PatternProgram {
    /** How many instructions a program may have; repetitions are written out. */
    static final int MOST_INSTRUCTIONS = 512;

    /** What is wrong with an expression, and at which character. */
    static final class SyntaxException extends Exception {
        SyntaxException(String message) {
            super(message);
        }
    }

    /** One step. Targets are places in the program; only {@link Fork} and {@link Jump} have them. */
    sealed interface Instruction {}

    /** Takes one character of a set. */
    record Take(CharacterSet set) implements Instruction {}

    /** Goes two ways. */
    record Fork(int one, int other) implements Instruction {}

    record Jump(int to) implements Instruction {}

    /** Goes on only between a word and something else. */
    record Boundary() implements Instruction {}

    record Match() implements Instruction {}

    /** @param negated whether all others are meant */
    record CharacterSet(BitSet characters, boolean negated) {
        boolean has(int character) {
            return character != Window.NOTHING && characters.get(character) != negated;
        }
    }

    private final List<Instruction> instructions;

    private PatternProgram(List<Instruction> instructions) {
        this.instructions = List.copyOf(instructions);
    }

    static PatternProgram parse(String expression) throws SyntaxException {
        PatternNode node = new PatternParser(expression).parse();
        if (node.least() < 1) {
            throw new SyntaxException("it matches nothing at all, too: expected at least one character");
        }
        if (node.most() > CustomPattern.LONGEST_MATCH) {
            throw new SyntaxException("it can match " + node.most() + " characters: expected at most "
                    + CustomPattern.LONGEST_MATCH + "; lower the numbers in braces");
        }
        List<Instruction> instructions = new ArrayList<>();
        node.write(instructions);
        instructions.add(new Match());
        return new PatternProgram(instructions);
    }

    /** Where the longest match ends that begins at the window's position; 0 if there is none. */
    int longestMatch(Window window) {
        int longest = 0;
        int place = 0;
        Ways ways = new Ways(instructions.size());
        ways.add(0, window, place);
        while (ways.count > 0) {
            if (ways.matches) {
                longest = place;
            }
            int character = window.peek(place);
            Ways next = new Ways(instructions.size());
            for (int i = 0; i < ways.count; i++) {
                int at = ways.places[i];
                if (((Take) instructions.get(at)).set().has(character)) {
                    next.add(at + 1, window, place + 1);
                }
            }
            ways = next;
            place++;
        }
        return ways.matches ? place : longest;
    }

    /** The ways that are still open: the places of the characters that may come next. */
    private final class Ways {
        private final int[] places;
        private final boolean[] seen;
        private int count;
        private boolean matches;

        Ways(int size) {
            places = new int[size];
            seen = new boolean[size];
        }

        void add(int at, Window window, int place) {
            if (seen[at]) {
                return;
            }
            seen[at] = true;
            Instruction instruction = instructions.get(at);
            if (instruction instanceof Fork fork) {
                add(fork.one(), window, place);
                add(fork.other(), window, place);
            } else if (instruction instanceof Jump jump) {
                add(jump.to(), window, place);
            } else if (instruction instanceof Boundary) {
                if (isBoundary(window, place)) {
                    add(at + 1, window, place);
                }
            } else if (instruction instanceof Match) {
                matches = true;
            } else {
                places[count++] = at;
            }
        }
    }

    private static boolean isBoundary(Window window, int place) {
        return Alphabet.WORD.has(window.peek(place - 1)) != Alphabet.WORD.has(window.peek(place));
    }
}
