/**
 * The command line: {@code serve}, {@code chat} for a conversation in the terminal, and {@code show} to look at one.
 *
 * <p>May import everything but {@code web}; what it needs of the composition is handed in by {@code Main}.
 */
package dev.holdfast.cli;
