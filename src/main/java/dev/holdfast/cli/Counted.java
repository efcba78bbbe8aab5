package dev.holdfast.cli;

/** Numbers of things, as people say them. */
final class Counted {
    private Counted() {}

    /** {@code 1 file}, {@code 2 files}. */
    static String of(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
