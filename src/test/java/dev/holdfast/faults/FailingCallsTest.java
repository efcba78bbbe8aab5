package dev.holdfast.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel fails calls of a process that writes, of each of its threads the Nth one: forces, which then have not
 * happened, writes, cuts and renames. Afterwards the power is cut, so that only what was forced is there.
 */
@Tag("faults")
class FailingCallsTest {
    private static final int CONVERSATIONS = 6;

    /** So many lines must be acknowledged, and so behind every failure that is met. */
    private static final int LINES = 120;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fdatasync:error=EIO",
                "fsync:error=EIO",
                "pwrite64:error=ENOSPC",
                "pwrite64:error=EIO",
                "ftruncate:error=EIO",
                "rename:error=EIO"
            })
    void afterCallsThatFailedWhatWasAcknowledgedIsThere(String failure) throws IOException {
        Machine.requireRootAnd("strace");
        Writing.Tally tally = new Writing.Tally();
        List<String> when = List.of("1", "2", "3", "5", "8", "13", "21", "5+8", "10+3", "30+20");
        try (Mount mount = Mount.image("ext4", folder)) {
            for (int i = 0; i < when.size(); i++) {
                Writing writing = new Writing(mount.folder().resolve("data" + i), CONVERSATIONS, tally);
                try (var process = writing.start(strace(failure + ":when=" + when.get(i)))) {
                    writing.await(process, i % CONVERSATIONS, LINES);
                    Instant before = mount.cutPower();
                    process.kill();
                    writing.take(process, before);
                }
                mount.again();
                writing.check();
            }
        }
        // A cut fails only behind a write that failed; a name is given, and a folder forced, before lines are.
        boolean meetsLines = failure.startsWith("fdatasync") || failure.startsWith("pwrite64");
        assertTrue(!meetsLines || tally.failed() > 0 && tally.reopened() > 0, "no failure was met");
        System.out.println("failing calls campaign, " + failure + ": " + when.size() + " places, " + tally.failed()
                + " lines failed, " + tally.reopened() + " files opened again, " + tally);
    }

    /** Without a word, and beside the process rather than above it, so that killing the process kills it. */
    private static String[] strace(String failure) {
        String call = failure.substring(0, failure.indexOf(':'));
        String calls = call.equals("ftruncate") ? "ftruncate,pwrite64" : call;
        String more = call.equals("ftruncate") ? "pwrite64:error=EIO:when=4+7" : failure;
        return new String[] {
            "strace",
            "-D",
            "-f",
            "--seccomp-bpf",
            "-qqq",
            "-o",
            "/dev/null",
            "-e",
            "trace=" + calls,
            "-e",
            "inject=" + failure,
            "-e",
            "inject=" + more
        };
    }
}
