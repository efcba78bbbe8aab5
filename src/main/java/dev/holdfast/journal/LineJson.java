package dev.holdfast.journal;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/**
 * The JSON of one line as text, both ways, by Gson, so that what is read is written again as it was: a number keeps its
 * digits whatever its size, {@code NaN} and {@code Infinity} (Python writes them) stay numbers, and half of a surrogate
 * pair is escaped, as UTF-8 has no bytes for it.
 */
public final class LineJson {
    /** Most objects and arrays inside each other that are written; Gson reads 255. */
    static final int MOST_NESTED = 200;

    private static final TypeAdapter<JsonElement> ELEMENT = new Gson().getAdapter(JsonElement.class);
    /** Most lines are no longer, so that their text is not copied while it grows. */
    private static final int ORDINARY_LENGTH = 512;

    private static final String[] CONSTANTS = {"NaN", "Infinity", "-Infinity"};

    private LineJson() {}

    /** Whether {@code element} is nested deeper than can be read back. */
    static boolean tooNested(JsonElement element) {
        return deeperThan(MOST_NESTED, element);
    }

    private static boolean deeperThan(int levels, JsonElement element) {
        if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> member :
                    element.getAsJsonObject().entrySet()) {
                if (levels == 0 || deeperThan(levels - 1, member.getValue())) {
                    return true;
                }
            }
        } else if (element.isJsonArray()) {
            for (JsonElement item : element.getAsJsonArray()) {
                if (levels == 0 || deeperThan(levels - 1, item)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One line of JSON without line break; every character has an encoding in UTF-8. */
    public static String write(JsonObject object) {
        StringBuilder text = new StringBuilder(ORDINARY_LENGTH);
        JsonWriter writer = new JsonWriter(new Into(text));
        writer.setStrictness(Strictness.LENIENT);
        try {
            ELEMENT.write(writer, object);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail", e);
        }
        return escapeLoneSurrogates(text.toString());
    }

    /** The same as the bytes of a file, with the line break. */
    public static byte[] line(JsonObject object) {
        return JournalFormat.utf8(write(object) + "\n");
    }

    /** What the library's own writer does too, but that one takes a lock for each of a line's hundred pieces. */
    private static final class Into extends Writer {
        private final StringBuilder text;

        Into(StringBuilder text) {
            this.text = text;
        }

        @Override
        public void write(int c) {
            text.append((char) c);
        }

        @Override
        public void write(char[] chars, int from, int length) {
            text.append(chars, from, length);
        }

        @Override
        public void write(String part) {
            text.append(part);
        }

        @Override
        public void write(String part, int from, int length) {
            text.append(part, from, from + length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** A string as it stands in a line. */
    static String quote(String text) {
        return escapeLoneSurrogates(ELEMENT.toJson(new JsonPrimitive(text)));
    }

    /** Surrogates occur inside strings only: an escape is welcome there, and a quote follows at the latest. */
    private static String escapeLoneSurrogates(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                escaped = escaped == null ? new StringBuilder(text.substring(0, i)) : escaped;
                escaped.append(String.format("\\u%04x", (int) c));
            } else if (escaped != null) {
                escaped.append(c);
            }
            if (pair) {
                i++;
                if (escaped != null) {
                    escaped.append(text.charAt(i));
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /**
     * Reads what {@link #write} wrote, or another program.
     *
     * @throws JsonParseException if it is not one JSON object, or nested too deep
     */
    static JsonObject read(String text) {
        try {
            return readStrictly(text);
        } catch (JsonParseException e) {
            if (!text.contains("NaN") && !text.contains("Infinity")) {
                throw e;
            }
            int length = unusedLength(text);
            JsonElement read = readStrictly(quoteConstants(text, "\\u0001".repeat(length)));
            return (JsonObject) unquoteConstants(read, "\u0001".repeat(length));
        }
    }

    /** More than there can be of the character U+0001 in any string of {@code text}, raw or escaped. */
    private static int unusedLength(String text) {
        int length = 1 + (int) text.chars().filter(c -> c == 1).count();
        for (int at = text.indexOf("\\u0001"); at >= 0; at = text.indexOf("\\u0001", at + 1)) {
            length++;
        }
        return length;
    }

    private static JsonObject readStrictly(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.LEGACY_STRICT); // The stricter one refuses halves of surrogate pairs.
        try {
            JsonElement element = ELEMENT.read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT || !element.isJsonObject()) {
                throw new JsonParseException("one JSON object expected");
            }
            return element.getAsJsonObject();
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new JsonParseException(e);
        }
    }

    /** JSON has no word for them, so they travel through the strict parser as strings that begin with {@code mark}. */
    private static String quoteConstants(String text, String mark) {
        StringBuilder quoted = new StringBuilder(text.length() + 64);
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String constant = inString ? null : constantAt(text, i);
            if (constant != null) {
                quoted.append('"').append(mark).append(constant).append('"');
                i += constant.length() - 1;
                continue;
            }
            quoted.append(c);
            if (c == '"') {
                inString = !inString;
            } else if (c == '\\' && inString && i + 1 < text.length()) {
                quoted.append(text.charAt(++i));
            }
        }
        return quoted.toString();
    }

    private static String constantAt(String text, int at) {
        for (String constant : CONSTANTS) {
            if (text.startsWith(constant, at)) {
                return constant;
            }
        }
        return null;
    }

    private static JsonElement unquoteConstants(JsonElement element, String mark) {
        if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> member :
                    element.getAsJsonObject().entrySet()) {
                if (member.getKey().startsWith(mark)) {
                    throw new JsonParseException("a name must be a string");
                }
                member.setValue(unquoteConstants(member.getValue(), mark));
            }
        } else if (element.isJsonArray()) {
            JsonArray array = element.getAsJsonArray();
            for (int i = 0; i < array.size(); i++) {
                array.set(i, unquoteConstants(array.get(i), mark));
            }
        } else if (element.isJsonPrimitive() && element.getAsString().startsWith(mark)) {
            return constant(element.getAsString().substring(mark.length()));
        }
        return element;
    }

    private static JsonPrimitive constant(String word) {
        try {
            JsonReader reader = new JsonReader(new StringReader('"' + word + '"'));
            return new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail", e);
        }
    }
}
