package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other programs read the gzip form: those of the system, where they are installed. */
@Tag("slow")
@Timeout(60)
class GzipToolsTest {
    private static final String[] WORDS =
            ("the quick answer that was given yesterday says more about question and time than people remember when"
                            + " they open a letter from home in winter and read it slowly by window light while rain"
                            + " falls on garden path where nobody walks any longer since spring")
                    .split(" ");

    @TempDir
    Path folder;

    private final NotedDamage damage = new NotedDamage();

    private Journals journals() {
        return new Journals(new FileDisk(), folder.resolve("quarantine"), Runnable::run, Lines.CODEC);
    }

    private Path write(JournalForm form, int messages) throws IOException {
        Random random = new Random(5);
        Path file = form.file(folder, "talk");
        try (Journal journal = journals().create(file, Lines.first())) {
            for (int n = 1; n <= messages; n++) {
                JsonObject body = Lines.message(n);
                StringBuilder text = new StringBuilder();
                for (int word = 20 + random.nextInt(200); word > 0; word--) {
                    text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(9) == 0 ? ". " : " ");
                }
                body.addProperty("content", text.toString());
                journal.append(body, Durability.FORCED);
            }
        }
        return file;
    }

    private byte[] plain() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy")).resolve("talk.jsonl.gz");
        Files.copy(folder.resolve("talk.jsonl.gz"), copy);
        return Files.readAllBytes(journals().rewrite(copy, Rewriting.to(JournalForm.PLAIN), damage));
    }

    private static byte[] run(Path input, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(input.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not installed");
            throw e;
        }
        byte[] output = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor(), command[0]);
        return output;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zcat",
                "gzip -dc",
                "python3 -c import,sys,gzip;sys.stdout.buffer.write(gzip.decompress(sys.stdin.buffer.read()))"
            })
    void otherProgramsUnpackWhatWasAppendedAndWhatWasPacked(String command) throws Exception {
        String[] words = command.split(" ");
        words[words.length - 1] = words[words.length - 1].replace("import,sys,gzip", "import sys,gzip");
        Path file = write(JournalForm.GZIP, 60);
        List<byte[]> lines = lines(run(file, words));
        assertEquals(61, lines.size());
        lines.forEach(line -> assertTrue(JournalFormat.sealed(line)));
        journals().rewrite(file, Rewriting.to(JournalForm.GZIP), damage);
        List<byte[]> packed = lines(run(file, words));
        assertEquals(61, packed.size());
        for (int i = 1; i < lines.size(); i++) {
            assertArrayEquals(lines.get(i), packed.get(i));
        }
        assertEquals(0, run(file, "gzip", "-t").length);
    }

    private static List<byte[]> lines(byte[] text) {
        List<byte[]> lines = new ArrayList<>();
        for (String line : new String(text, StandardCharsets.UTF_8).split("\n")) {
            lines.add(Lines.utf8(line));
        }
        return lines;
    }

    @Test
    void whatIsPackedIsAtMostEightPerCentLargerThanAllInOne() throws Exception {
        Path file = write(JournalForm.GZIP, 1_500);
        long appended = Files.size(file);
        journals().rewrite(file, Rewriting.to(JournalForm.GZIP), damage);
        Path plain = folder.resolve("whole");
        Files.write(plain, plain());
        int whole = run(plain, "gzip", "-9").length;
        double ratio = (double) Files.size(file) / whole;
        System.out.printf(
                "gzip form: %d bytes in all, %d appended, %d packed, %.3f of gzip -9%n",
                Files.size(plain), appended, Files.size(file), ratio);
        assertTrue(ratio <= 1.08, () -> ratio + " of gzip -9");
    }
}
