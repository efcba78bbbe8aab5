package dev.holdfast.bench;

import java.io.PrintStream;

/** Measures something and prints it. */
@FunctionalInterface
interface Benchmark {
    void run(PrintStream out) throws Exception;
}
