/**
 * The words of the product as values: who speaks, what is said, and how the lines of a file become a conversation.
 *
 * <p>Everything here is pure: no file, clock, network or thread. It imports nothing of ours.
 *
 * <pre>
 *   Entry (sealed)                     one line of a conversation's file, whatever it says
 *    ├─ Message                        a role and content: the only entry that people see as such
 *    ├─ ReplyStarted ─ Delta* ─ Message   how an assistant's message comes into being
 *    ├─ Queued                         said while a reply was running; becomes a Message when its turn begins
 *    └─ Title, Head, Paused, Resumed, Unknown
 *
 *   Transcript.apply(seq, entry)       folds entries, in file order, into
 *    └─ MessageTree                    all messages, and the active path through them
 * </pre>
 */
package dev.holdfast.conversation;
