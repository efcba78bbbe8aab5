package dev.holdfast.architecture.bad.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class OtherReader {
    String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
