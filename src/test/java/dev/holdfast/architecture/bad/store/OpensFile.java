package dev.holdfast.architecture.bad.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

class OpensFile {
    void open(Path file) throws IOException {
        FileChannel.open(file).close();
    }
}
