/**
 * Turns: a person's message, the model's reply to it, and everybody who watches it being written.
 *
 * <pre>
 *   LiveConversation ── StoredConversation      what is on disk, and the transcript of it
 *    ├─ Feed ── Subscriber*                     every reader, told the same things in the same order
 *    │   └─ Gathering ── TimingWheel            when text is told: at once, or a little together while many listen
 *    └─ ReplyStream ── TimingWheel              the reply being written: numbers its text, journals it as it grows
 *   TurnRunner                                  one turn at a time in each: question, model, reply, the next queued message
 *    ├─ Questions ── MessageWindow              what the model sees, and the line that says where that was cut
 *    │   └─ ModelView                           what a person decides of it: pins, summaries taken back
 *    ├─ Summariser                              sums up what the next cut will leave out, when the turn is over
 *    ├─ Asked ── Traces                         what a call took, and what was sent, rendered again from its references
 *    └─ Budget ── Spending                      what a call may use is set aside before it is made, or the call is not made
 * </pre>
 *
 * <p>The lock of the {@code StoredConversation} guards all of a LiveConversation. Nothing under it blocks: appends are
 * queued, models are asked elsewhere, subscribers only take note. No thread waits for a model.
 *
 * <p>May import {@code conversation}, {@code config}, {@code protect}, {@code store}, {@code window} and {@code model}.
 */
package dev.holdfast.agent;
