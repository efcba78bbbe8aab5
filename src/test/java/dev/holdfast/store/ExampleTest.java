package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.NotedDamage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in this room's Javadoc is a program: it compiles, runs, and keeps what it says. */
@Tag("slow")
class ExampleTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/holdfast/store/package-info.java");

    @TempDir
    Path folder;

    @Test
    void theExampleCompilesRunsAndKeepsWhatItPrints() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(program(example()), classes);
        Path data = folder.resolve("data");

        String printed = run(classes, data);

        List<String> kept = new ArrayList<>();
        for (Path file : conversations(data)) {
            new ConversationFiles(new FileDisk(), Optional.empty(), ZoneOffset.UTC)
                    .read(
                            file,
                            read -> read.path()
                                    .forEach(message ->
                                            kept.add(message.message().text())),
                            new NotedDamage());
        }
        assertFalse(kept.isEmpty(), "the example keeps a message");
        assertEquals(kept, printed.lines().toList());
    }

    private static String example() throws IOException {
        Matcher example = Pattern.compile("<pre>\\{@code\n(.*?) \\* }</pre>", Pattern.DOTALL)
                .matcher(Files.readString(SOURCE));
        assertTrue(example.find(), "there is an example in " + SOURCE);
        String code = example.group(1);
        assertFalse(example.find(), "and only one");
        return code.lines().map(line -> line.replaceFirst("^ \\* ?", "")).reduce("", (all, line) -> all + line + "\n");
    }

    private static String program(String example) {
        return """
                import dev.holdfast.conversation.*;
                import dev.holdfast.journal.*;
                import dev.holdfast.store.*;
                import java.nio.file.*;
                import java.security.*;
                import java.time.*;
                import java.util.*;

                public class Example {
                    public static void main(String[] args) throws Exception {
                %s
                    }
                }
                """.formatted(example);
    }

    private static void compile(String program, Path classes) throws IOException {
        Path source = Files.writeString(classes.resolve("Example.java"), program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                classes.toString());
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)
                                .getJavaFileObjects(source))
                .call();
        assertTrue(compiled, () -> said + "\n" + program);
    }

    private static String run(Path classes, Path data) throws Exception {
        PrintStream real = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {data.toString()});
        } finally {
            System.setOut(real);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Path> conversations(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("conversations"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
