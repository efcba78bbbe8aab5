package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamageReporterTest {
    private static final Path FILE = Path.of("one.jsonl");

    @Test
    void aSentenceSaysWhereAsFarAsThatIsKnown() {
        List<String> said = new ArrayList<>();
        DamageReporter reporter = DamageReporter.inSentences(said::add);
        reporter.damaged(FILE, 3, 100, 20, "It is bad.");
        reporter.damaged(FILE, 0, 100, 20, "It is bad.");
        reporter.damaged(FILE, 3, 100, 0, "It is missing.");
        reporter.damaged(FILE, 1, 0, 1, "It is bad.");
        reporter.healed(FILE, 12, Path.of("quarantine"));
        assertEquals(
                List.of(
                        "one.jsonl, line 3, 20 bytes at byte 100: It is bad.",
                        "one.jsonl, 20 bytes at byte 100: It is bad.",
                        "one.jsonl, line 3: It is missing.",
                        "one.jsonl, line 1, 1 bytes at byte 0: It is bad.",
                        "one.jsonl: a torn end of 12 bytes was cut off and kept in quarantine."),
                said);
    }
}
