package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {
    private static final String HOLDER = "The chat at http://localhost:8080 owns it.";

    @TempDir
    Path root;

    private Path folder() {
        return root.resolve("data");
    }

    private String refusal(String holder) throws IOException {
        return "The data folder " + root.toRealPath().resolve("data") + " is in use. " + holder
                + " Stop that one first, or use another folder.";
    }

    @Test
    void aFolderThatWasGivenFreeCanBeTakenAgain() throws IOException {
        FolderLock.acquire(folder(), HOLDER).close();
        FolderLock again = FolderLock.acquire(folder(), HOLDER);
        assertEquals(HOLDER, Files.readString(folder().resolve("lock.info")));
        again.close();
        again.close();
        assertFalse(Files.exists(folder().resolve("lock.info")));
    }

    @Test
    void asSecondInThisProcessIsRefusedAndTheFirstKeepsTheFolder() throws Exception {
        try (FolderLock first = FolderLock.acquire(folder(), HOLDER)) {
            for (int i = 0; i < 3; i++) {
                FolderInUseException refused = assertThrows(
                        FolderInUseException.class, () -> FolderLock.acquire(root.resolve("x/../data"), "another"));
                assertEquals(refusal(HOLDER), refused.getMessage());
            }
            System.gc();
            try (OtherProcess other = new OtherProcess(folder())) {
                assertEquals(refusal(HOLDER), other.said(), "the lock is still there for other processes");
            }
            first.close();
        }
        FolderLock.acquire(folder(), HOLDER).close();
    }

    @Test
    void anOwnerWhoseNameIsGoneGivesTheFolderFreeAllTheSame() throws IOException {
        FolderLock lock = FolderLock.acquire(folder(), HOLDER);
        Files.delete(folder().resolve("lock.info"));
        lock.close();
        FolderLock.acquire(folder(), HOLDER).close();
    }

    @Test
    void aSecondProcessIsRefusedAtOnceAndToldWhoHasTheFolder() throws Exception {
        try (OtherProcess other = new OtherProcess(folder())) {
            assertEquals("acquired", other.said());
            long start = System.nanoTime();
            FolderInUseException refused =
                    assertThrows(FolderInUseException.class, () -> FolderLock.acquire(folder(), HOLDER));
            assertTrue(System.nanoTime() - start < 1_000_000_000L);
            assertEquals(refusal("The other process owns it."), refused.getMessage());
            other.kill();
            FolderLock.acquire(folder(), HOLDER).close();
        }
    }

    @Test
    void anOwnerWithoutNameIsSaidToHaveLeftNone() throws Exception {
        try (OtherProcess other = new OtherProcess(folder())) {
            assertEquals("acquired", other.said());
            Files.delete(folder().resolve("lock.info"));
            FolderInUseException refused =
                    assertThrows(FolderInUseException.class, () -> FolderLock.acquire(folder(), HOLDER));
            assertEquals(refusal("Its owner has left no name."), refused.getMessage());
        }
    }

    /** A second virtual machine that takes the folder, says how it went, and holds it until its input ends. */
    private static final class OtherProcess implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        OtherProcess(Path folder) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            output = process.inputReader(StandardCharsets.UTF_8);
        }

        String said() throws IOException {
            return output.readLine();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            try (OutputStream input = process.getOutputStream()) {
                input.flush();
            } catch (IOException e) {
                // It has ended already.
            }
            process.waitFor();
        }

        public static void main(String[] arguments) throws IOException {
            try (FolderLock lock = FolderLock.acquire(Path.of(arguments[0]), "The other process owns it.")) {
                System.out.println("acquired");
                System.in.read();
            } catch (FolderInUseException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
