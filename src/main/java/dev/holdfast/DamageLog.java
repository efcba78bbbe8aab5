package dev.holdfast;

import dev.holdfast.journal.DamageReporter;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what was wrong with a file. */
final class DamageLog implements DamageReporter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.journal");

    @Override
    public void healed(Path file, long bytesCut, Path keptIn) {
        LOG.info(
                "{}: a torn end of {} bytes, as a crash leaves it, was cut off and kept in {}", file, bytesCut, keptIn);
    }

    @Override
    public void damaged(Path file, long line, long offset, long bytes, String sentence) {
        LOG.error("{}: line {} (byte {}, {} bytes): {} The rest is kept.", file, line, offset, bytes, sentence);
    }
}
