package dev.holdfast.model;

/**
 * What the built-in model says.
 *
 * @param text Markdown, never empty
 * @param slow whether the person asked for it to come slowly
 */
record BuiltInReply(String text, boolean slow) {}
