/**
 * What a model gets to see of a conversation, and what that costs: how many tokens a message has, where the history is cut,
 * what models take for a token, and the most that may be used.
 *
 * <p>Everything here is pure. May import {@code conversation}.
 */
package dev.holdfast.window;
