package dev.holdfast.model;

/** A running call to a model. Thread-safe. */
public interface ModelCall {

    /**
     * Ends the call: the provider sees its connection close. The listener hears nothing that had not begun to reach it;
     * neither completion nor failure is reported. Does nothing once the call has ended.
     */
    void cancel();
}
