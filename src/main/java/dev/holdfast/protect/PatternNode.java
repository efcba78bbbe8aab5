package dev.holdfast.protect;

import dev.holdfast.protect.PatternProgram.CharacterSet;
import dev.holdfast.protect.PatternProgram.Instruction;
import dev.holdfast.protect.PatternProgram.SyntaxException;
import java.util.List;

/** A part of a parsed expression. */
sealed interface PatternNode {
    /** The length of its shortest match. */
    long least();

    /** The length of its longest match. */
    long most();

    /** Appends its instructions. @throws SyntaxException if the program grows too long */
    void write(List<Instruction> program) throws SyntaxException;

    static void append(List<Instruction> program, Instruction instruction) throws SyntaxException {
        if (program.size() >= PatternProgram.MOST_INSTRUCTIONS) {
            throw new SyntaxException("it is too large: expected at most " + PatternProgram.MOST_INSTRUCTIONS
                    + " steps when its repetitions are written out");
        }
        program.add(instruction);
    }

    /** One character of a set. */
    record OneOf(CharacterSet set) implements PatternNode {
        @Override
        public long least() {
            return 1;
        }

        @Override
        public long most() {
            return 1;
        }

        @Override
        public void write(List<Instruction> program) throws SyntaxException {
            append(program, new PatternProgram.Take(set));
        }
    }

    /** The edge of a word. */
    record Edge() implements PatternNode {
        @Override
        public long least() {
            return 0;
        }

        @Override
        public long most() {
            return 0;
        }

        @Override
        public void write(List<Instruction> program) throws SyntaxException {
            append(program, new PatternProgram.Boundary());
        }
    }

    /** One after the other. */
    record Sequence(List<PatternNode> parts) implements PatternNode {
        @Override
        public long least() {
            return parts.stream().mapToLong(PatternNode::least).sum();
        }

        @Override
        public long most() {
            return parts.stream().mapToLong(PatternNode::most).sum();
        }

        @Override
        public void write(List<Instruction> program) throws SyntaxException {
            for (PatternNode part : parts) {
                part.write(program);
            }
        }
    }

    /** Either of two. */
    record Either(PatternNode one, PatternNode other) implements PatternNode {
        @Override
        public long least() {
            return Math.min(one.least(), other.least());
        }

        @Override
        public long most() {
            return Math.max(one.most(), other.most());
        }

        @Override
        public void write(List<Instruction> program) throws SyntaxException {
            int fork = program.size();
            append(program, new PatternProgram.Match());
            one.write(program);
            int jump = program.size();
            append(program, new PatternProgram.Match());
            program.set(fork, new PatternProgram.Fork(fork + 1, program.size()));
            other.write(program);
            program.set(jump, new PatternProgram.Jump(program.size()));
        }
    }

    /** So many times, and up to so many. */
    record Repeated(PatternNode part, int fewest, int utmost) implements PatternNode {
        @Override
        public long least() {
            return Math.min(Integer.MAX_VALUE, fewest * part.least());
        }

        @Override
        public long most() {
            return Math.min(Integer.MAX_VALUE, utmost * part.most());
        }

        @Override
        public void write(List<Instruction> program) throws SyntaxException {
            for (int i = 0; i < fewest; i++) {
                part.write(program);
            }
            for (int i = fewest; i < utmost; i++) {
                int fork = program.size();
                append(program, new PatternProgram.Match());
                part.write(program);
                program.set(fork, new PatternProgram.Fork(fork + 1, program.size()));
            }
        }
    }
}
