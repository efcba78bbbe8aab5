/**
 * What a model gets to see of a conversation: how many tokens a message costs, and where the history is cut.
 *
 * <pre>
 *   model's name ─▶ TokenCounters ─▶ TokenCounter: ExactCounter │ EstimatingCounter     CountedMessages remembers,
 *                                        └─ BlockCounter: text, calls, images, files     Calibration corrects
 * </pre>
 *
 * <p>Everything here is pure. May import {@code conversation}.
 */
package dev.holdfast.window;
