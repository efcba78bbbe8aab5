package dev.holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a form or of a query, {@code application/x-www-form-urlencoded} as the
 * <a href="https://url.spec.whatwg.org/#urlencoded-parsing">URL standard</a> has it, but strict: a byte sequence that is
 * no UTF-8 is refused instead of being replaced, because replaced text would be kept as if it had been said. Of fields
 * with the same name the first counts.
 */
final class Form {
    /** Bytes too many that are still read, and dropped: who is cut off in mid-sentence never sees the answer. */
    private static final long MOST_HEARD_OUT = 32L << 20;

    private static final int MOST_ASKED_FOR = 200;

    /** Of a request without fields. */
    static final Form EMPTY = new Form(Map.of());

    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Reads the request's body.
     *
     * @param most bytes that it may have
     * @throws HttpProblem 413 if it is larger, 415 if it is no form, 400 if it is malformed
     */
    static Form read(HttpServletRequest request, long most) throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.startsWith("application/x-www-form-urlencoded")) {
            throw new HttpProblem(415, "Not a form", "Send the fields as application/x-www-form-urlencoded, in UTF-8.");
        }
        return parse(body(request, most));
    }

    private static byte[] body(HttpServletRequest request, long most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        InputStream in = request.getInputStream();
        long size = 0;
        for (int read = in.read(buffer); read >= 0 && size <= most + MOST_HEARD_OUT; read = in.read(buffer)) {
            size += read;
            if (size <= most) {
                body.write(buffer, 0, read);
            }
        }
        if (size > most) {
            throw tooLarge(most);
        }
        return body.toByteArray();
    }

    private static HttpProblem tooLarge(long most) {
        return HttpProblem.tooLarge(
                "That is larger than the " + most + " bytes that are taken here. Nothing was saved.");
    }

    static Form parse(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, (byte) '&', start, body.length);
            int equals = indexOf(body, (byte) '=', start, end);
            if (end > start) {
                String value = equals == end ? "" : decode(body, equals + 1, end);
                fields.putIfAbsent(decode(body, start, equals), value);
            }
            start = end + 1;
        }
        return new Form(fields);
    }

    private static int indexOf(byte[] body, byte wanted, int from, int to) {
        int at = from;
        while (at < to && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] body, int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            if (body[i] == '+') {
                bytes.put((byte) ' ');
            } else if (body[i] == '%') {
                int high = i + 2 < to ? Character.digit(body[i + 1], 16) : -1;
                int low = i + 2 < to ? Character.digit(body[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put(body[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static HttpProblem malformed() {
        return HttpProblem.badRequest("What was sent is no valid UTF-8 form. Nothing was saved.");
    }

    /** The value of a field; empty if it is missing or an empty text. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * How many are asked for in the field {@code limit}: 1 to {@value #MOST_ASKED_FOR}.
     *
     * @param usual if it was not sent
     * @throws HttpProblem 400 if it is no such number
     */
    int limit(int usual) {
        if (!has("limit")) {
            return usual;
        }
        String limit = field("limit").orElse("");
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST_ASKED_FOR) {
            throw HttpProblem.badRequest("limit is a number from 1 to " + MOST_ASKED_FOR + ".");
        }
        return Integer.parseInt(limit);
    }

    /** Whether the field was sent, be it empty. */
    boolean has(String name) {
        return fields.containsKey(name);
    }
}
