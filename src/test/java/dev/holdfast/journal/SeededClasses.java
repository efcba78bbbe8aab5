package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The classes of the journal and of its tests once more, one of them compiled from a source that was changed. */
final class SeededClasses extends ClassLoader {
    private static final String ROOM = "dev.holdfast.journal.";
    private static final Path SOURCES = Path.of("src/main/java/dev/holdfast/journal");

    private final Path compiled;

    private SeededClasses(Path compiled) {
        super(SeededClasses.class.getClassLoader());
        this.compiled = compiled;
    }

    /**
     * @param name of the class to change
     * @param original text in its source, there exactly once
     * @param changed what is to stand there
     * @param folder for what is compiled
     */
    static SeededClasses with(String name, String original, String changed, Path folder) throws IOException {
        String source = Files.readString(SOURCES.resolve(name + ".java"));
        assertEquals(
                2,
                (source + " ").split(Pattern.quote(original), -1).length,
                "the text that is changed stands exactly once in " + name + ": " + original);
        compile(name, source.replace(original, changed), folder);
        return new SeededClasses(folder);
    }

    private static void compile(String name, String source, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        URI uri = URI.create("string:///" + name + ".java");
        JavaFileObject file = new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
        boolean done =
                compiler.getTask(said, null, null, options, null, List.of(file)).call();
        assertEquals("", done ? "" : said.toString(), "a bug that does not compile is none");
    }

    /** The campaign that runs on these classes. */
    Callable<?> campaign(SmallCampaign campaign) throws ReflectiveOperationException {
        return (Callable<?>) loadClass(SmallCampaign.class.getName())
                .getMethod("valueOf", String.class)
                .invoke(null, campaign.name());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(ROOM)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        Path changed = compiled.resolve(path);
        try (InputStream in = Files.exists(changed) ? Files.newInputStream(changed) : getResourceAsStream(path)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
