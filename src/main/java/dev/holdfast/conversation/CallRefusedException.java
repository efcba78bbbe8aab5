package dev.holdfast.conversation;

/** A model was not asked, because of what it would cost. The message is a sentence or more for the person who asked. */
public final class CallRefusedException extends Exception {
    public CallRefusedException(String sentence) {
        super(sentence);
    }
}
