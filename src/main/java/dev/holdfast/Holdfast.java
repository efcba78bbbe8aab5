package dev.holdfast;

import dev.holdfast.config.Settings;
import jakarta.servlet.ServletContext;

/** STUB of the composition root. */
final class Holdfast implements AutoCloseable {
    private Holdfast() {}
    static Holdfast start(Settings settings) { return new Holdfast(); }
    void register(ServletContext context) {}
    @Override public void close() {}
}
