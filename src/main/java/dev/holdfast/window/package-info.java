/**
 * What a model gets to see of a conversation, and what that costs: how many tokens a message has, where the history is cut,
 * what models take for a token, and the most that may be used.
 *
 * <pre>
 *   History: path, last cut, pins, summaries ─▶ MessageWindow ─▶ View: messages, cut, and the gap that no summary covers
 *                                                                   └─ SummaryPrompt │ Extract ─▶ Summary
 *   model's name ─▶ TokenCounters ─▶ TokenCounter: ExactCounter │ EstimatingCounter     CountedMessages remembers,
 *                                        └─ BlockCounter: text, calls, images, files     Calibration corrects
 * </pre>
 *
 * <p>Everything here is pure. May import {@code conversation}.
 */
package dev.holdfast.window;
