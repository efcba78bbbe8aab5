package dev.holdfast.architecture.bad.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class outside that room that may, too. */
class Settings {
    String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
