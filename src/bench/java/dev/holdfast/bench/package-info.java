/**
 * Benchmarks: each measures the program against a reference in the same run and prints both and the ratio, since a ratio
 * holds on a machine that a figure was not taken on. {@code mvn -q -Pbench verify} runs them all. They are no tests:
 * nothing fails when a goal is missed.
 *
 * <p>To add one, write a {@link dev.holdfast.bench.Benchmark} and name it in {@link dev.holdfast.bench.Benchmarks}.
 */
package dev.holdfast.bench;
