package dev.holdfast.web.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one stylesheet of many. {@code page.css} is plain CSS that imports one file per component; a browser would ask
 * for them one after the other, which on a slow line is what the first visit waits for. With the imports replaced by
 * what they import it is one request. Comments, blank lines and indentation stay behind.
 */
public final class Stylesheet {
    private static final Pattern IMPORT = Pattern.compile("(?m)^@import \"([a-z-]+\\.css)\";\\n");

    private static final Pattern COMMENT = Pattern.compile("(?s) */\\*.*?\\*/\n?");

    private static final Pattern INDENTATION = Pattern.compile("(?m)^\\s+");

    private Stylesheet() {}

    /**
     * The text of {@code folder + name} with each of its own {@code @import "file.css";} lines replaced by that file.
     * Imported files import nothing.
     *
     * @param open opens a file by its path in the web application, or returns null if there is none
     * @param folder with slashes at both ends
     * @throws IllegalStateException if a file is missing
     */
    public static String join(Function<String, InputStream> open, String folder, String name) {
        Matcher imports = IMPORT.matcher(read(open, folder + name));
        String joined = imports.replaceAll(found -> Matcher.quoteReplacement(read(open, folder + found.group(1))));
        return INDENTATION.matcher(COMMENT.matcher(joined).replaceAll("")).replaceAll("");
    }

    private static String read(Function<String, InputStream> open, String path) {
        try (InputStream in = open.apply(path)) {
            if (in == null) {
                throw new IllegalStateException("a stylesheet is missing: no " + path + " in the web application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
