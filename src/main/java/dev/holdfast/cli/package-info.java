/**
 * The command line: {@code serve}, and {@code chat} for a conversation in the terminal.
 *
 * <p>May import everything but {@code web}; what it needs of the composition is handed in by {@code Main}.
 */
package dev.holdfast.cli;
