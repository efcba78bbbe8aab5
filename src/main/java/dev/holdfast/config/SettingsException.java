package dev.holdfast.config;

/** A setting cannot be used. The message is a sentence for the person who set it; it never quotes a secret. */
public final class SettingsException extends RuntimeException {
    public SettingsException(String message) {
        super(message);
    }
}
