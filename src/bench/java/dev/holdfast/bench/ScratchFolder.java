package dev.holdfast.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder below the project's {@code target}, so on its disk: a file system in memory would compare nothing. Gone when
 * closed.
 */
final class ScratchFolder implements AutoCloseable {
    private final Path path;

    ScratchFolder() throws IOException {
        path = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
    }

    /** A new folder in it. */
    Path folder(String name) throws IOException {
        return Files.createTempDirectory(path, name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
