/**
 * What a model gets to see of a conversation: how many tokens a message costs, and where the history is cut.
 *
 * <p>Everything here is pure. May import {@code conversation}.
 */
package dev.holdfast.window;
