package dev.holdfast.architecture.bad.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room that may open files. */
public class Disk {
    byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
