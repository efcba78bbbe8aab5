/**
 * The command line: {@code serve}, {@code chat} for a conversation in the terminal, {@code show} to look at one, and what
 * an operator does to the store.
 *
 * <pre>
 *   args ──► Commands ──► OperatorCommands ── Order ──► OperatorClient
 *                              │ nobody has              │ FolderSocket, OperatorProtocol
 *                              │ the folder              ▼
 *                              │                    OperatorDoor, of the process that has the folder
 *                              ▼                         ▼
 *                         OperatorDesk              OperatorDesk ──► Maintenance
 * </pre>
 *
 * <p>So whichever process has the data folder does the work. What the WAR needs of this, the door and the desk, does
 * without picocli and jline, which the WAR leaves out.
 *
 * <p>To add a command: a row in {@code OperatorCommand}, its arguments in {@code Order} and {@code CommandGrammar},
 * what it does in {@code OperatorDesk}, a row in README's table.
 *
 * <p>May import everything but {@code web}; what it needs of the composition is handed in by {@code Main}.
 */
package dev.holdfast.cli;
