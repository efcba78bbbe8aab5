package dev.holdfast.window;

/** Says how many tokens a text has, with nothing around it. Pure and thread-safe; takes any UTF-16, lone surrogates too. */
@FunctionalInterface
interface TextCounter {

    /** 0 for the empty text only. */
    long count(String text);
}
