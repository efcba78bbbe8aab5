/**
 * Secrets: how they are made, and in what form they may be kept.
 *
 * <p>May import {@code conversation} and {@code journal}.
 */
package dev.holdfast.protect;
