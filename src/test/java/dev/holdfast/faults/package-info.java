/**
 * Campaigns against real faults: processes that are killed, file systems that lose power, fill up or become read-only, a
 * kernel that fails calls, clocks that jump. They run with {@code mvn -Pfaults verify} only; those that need root or a
 * tool that is not there are skipped, and say so.
 *
 * <p>{@link dev.holdfast.faults.Writer} is a process that appends to conversations as fast as it can and tells what was
 * acknowledged; {@link dev.holdfast.faults.Writing} runs it and holds what is found afterwards against that.
 * {@link dev.holdfast.faults.Mount} is a file system of its own, {@link dev.holdfast.faults.Machine} what the machine can
 * do.
 */
package dev.holdfast.faults;
