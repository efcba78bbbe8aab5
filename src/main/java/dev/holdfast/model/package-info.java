/**
 * Models: the {@link dev.holdfast.model.ChatModel} port and its adapters. An adapter knows one provider's wire format and
 * nothing of files, browsers or turns.
 *
 * <p>May import {@code conversation} and {@code config}.
 */
package dev.holdfast.model;
