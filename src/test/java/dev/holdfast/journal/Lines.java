package dev.holdfast.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** Lines and files for tests. */
final class Lines {
    static final Path FILE = Path.of("/data/conversations/ab/one.jsonl");
    static final Path QUARANTINE = Path.of("/data/quarantine");

    static final LineCodec CODEC = new ToyCodec("the key");

    private Lines() {}

    static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    static JsonObject first() {
        return json("{\"_type\":\"metadata\",\"generation\":1}");
    }

    static JsonObject message(int n) {
        return json("{\"role\":\"user\",\"content\":\"words of message " + n + "\",\"n\":" + n + "}");
    }

    /** One with so many more characters, which hardly pack and are always the same. */
    static JsonObject message(int n, int length) {
        JsonObject message = message(n);
        byte[] filling = new byte[length * 3 / 4];
        new Random(n).nextBytes(filling);
        String more = Base64.getEncoder().encodeToString(filling);
        message.addProperty("content", message.get("content").getAsString() + " " + more);
        return message;
    }

    static JsonObject delta(int n) {
        return json("{\"_type\":\"delta\",\"text\":\"piece " + n + "\",\"n\":" + n + "}");
    }

    /** A journal's bytes: the first line and then these bodies. */
    static byte[] file(List<JsonObject> bodies) {
        List<byte[]> encoded = new ArrayList<>();
        encoded.add(JournalFormat.encodeFirst(first()));
        bodies.forEach(body -> encoded.add(JournalFormat.encodeBody(body)));
        ByteBuffer lines = JournalFormat.seal(encoded, 0);
        byte[] bytes = new byte[lines.remaining()];
        lines.get(bytes);
        return bytes;
    }

    /** One sealed line, its end included. */
    static byte[] line(JsonObject body, long seq) {
        ByteBuffer line = JournalFormat.seal(List.of(JournalFormat.encodeBody(body)), seq);
        byte[] bytes = new byte[line.remaining()];
        line.get(bytes);
        return bytes;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Where the tests' journal lies in a form. */
    static Path file(JournalForm form) {
        return form.file(FILE.getParent(), JournalForm.nameOf(FILE));
    }

    /** As {@link #file(List)} in another form, each line appended alone. */
    static byte[] file(JournalForm form, List<JsonObject> bodies) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(frame(form, JournalFormat.encodeFirst(first()), 0));
        for (int i = 0; i < bodies.size(); i++) {
            file.writeBytes(line(form, bodies.get(i), i + 1));
        }
        return file.toByteArray();
    }

    /** One line, as it is appended. */
    static byte[] line(JournalForm form, JsonObject body, long seq) {
        return frame(form, JournalFormat.encodeBody(body), seq);
    }

    static byte[] frame(JournalForm form, byte[] body, long seq) {
        return JournalFormat.bytes(framing(form).append(List.of(body), seq));
    }

    static Framing framing(JournalForm form) {
        try {
            return Framing.of(file(form), CODEC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journals of a disk, with {@link #CODEC}. */
    static Journals journals(Disk disk, Executor io) {
        return new Journals(disk, QUARANTINE, io, CODEC);
    }

    /** Opens the journal of a form with an executor that runs everything at once. */
    static Journal open(Disk disk, JournalForm form, List<JournalLine> into, DamageReporter reporter)
            throws IOException {
        return journals(disk, Runnable::run).open(file(form), into::add, reporter);
    }

    /** Opens {@link #FILE}, without a key, with an executor that runs everything at once. */
    static Journal open(Disk disk, List<JournalLine> into, DamageReporter reporter) throws IOException {
        return new Journals(disk, QUARANTINE, Runnable::run, null).open(FILE, into::add, reporter);
    }
}
