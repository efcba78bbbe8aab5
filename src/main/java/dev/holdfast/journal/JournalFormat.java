package dev.holdfast.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The format of a journal file, version {@code holdfast/1}. A real one, in the plain form:
 *
 * <pre>{@code
 * {"_type":"metadata","format":"holdfast/1","generation":1,"created_at":"2026-11-21T05:31:00Z","seq":0,"crc":"7522873d"}
 * {"role":"user","content":"My name is Olga","id":"m1","parent":null,"seq":1,"crc":"87646d6b"}
 * {"_type":"reply","id":"m2","parent":"m1","model":"built-in","seq":2,"crc":"848f06f3"}
 * {"_type":"delta","id":"m2","block":0,"at":0,"text":"Nice to meet you, Ol","seq":3,"crc":"e7029650"}
 * {"role":"assistant","content":"Nice to meet you, Olga!","id":"m2","parent":"m1","seq":4,"crc":"cc63b26d"}
 * }</pre>
 *
 * <p><b>Lines.</b> One JSON object a line, in strict UTF-8, ended by {@code \n} and by nothing else: {@code \r}, U+0085
 * and U+2028 are content. A line has at most {@value #MAX_LINE_BYTES} bytes, its end included; a longer one is damage,
 * and is passed over without being held in memory.
 *
 * <p><b>First line.</b> Its {@code format} names the version. An unknown version is refused. Of every version, past and
 * to come, the first line is sealed as described here, so that a damaged one is told from an unknown one. Its {@code
 * generation} grows by one whenever the file is written anew as a whole.
 *
 * <p><b>Seal.</b> The last two fields of each line are {@code seq} and {@code crc}. {@code seq} is 0 in the first line
 * and grows by one; a gap means that lines are missing, a repeated number that a line is there twice. {@code crc} is
 * the <a href="https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4">CRC-32C</a> of the line's bytes before {@code
 * ,"crc"}, as 8 lower-case hexadecimal digits. A line without a valid seal is bad.
 *
 * <p><b>Forms.</b> The ending of the file's name tells how the lines lie in it. What is appended together, and is sound
 * or bad together, is a frame.
 *
 * <ul>
 *   <li>{@code .jsonl}, plain: a line is a frame.
 *   <li>{@code .jsonl.gz}: a frame is a gzip member (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>) of
 *       whole lines, and a mark. The member's header is always {@code 1f 8b 08 00 00000000 00 ff}. The mark is an empty
 *       member of 30 bytes, {@code 1f 8b 08 04 00000000 00 ff 0800 'H' 'F' 0400 SIZE 0300 00000000 00000000}; SIZE, 4
 *       bytes, the lowest first, is the size of the member that it closes, so that the file is read from its end. Any
 *       {@code zcat} makes the plain form of it.
 *   <li>{@code .jsonl.fernet}, sealed: a frame is a line that a {@link LineCodec} made of one line of the plain form,
 *       without its end, or of a gzip member of several; their first bytes, <code>{</code> and {@code 1f}, tell them
 *       apart. Each line inside bears before {@code seq} the field {@code _file}, the file's name without its ending: in
 *       a file of another name it is damage. At most 24 MiB a sealed line.
 * </ul>
 *
 * <p>A file that is written anew as a whole has packed frames of about 128 KiB of lines. In a frame of their own are its
 * first line and the last one that is no delta.
 *
 * <p><b>Bad frames.</b> The file's tail is what a crash may leave: from the first bad frame on, if nothing but deltas
 * follows it. It is cut off and kept elsewhere. A bad frame before a sound line that is no delta is damage: skipped,
 * reported, left where it is; of a bad gzip member those lines are read that are sealed. So is a bad first frame: it was
 * on the medium before the file got its name. A last frame that is sound and lacks only its {@code \n} or its mark is
 * complete, and gets one. A whole sealed line of printable bytes that no key opens is not what a crash leaves: it is
 * damage wherever it stands, and at the end of a file nothing is appended behind it.
 *
 * <p><b>Fields.</b> A line whose {@code _type} is {@code "delta"} is a delta. One whose {@code _type} is {@code
 * "dropped"} stands in the place of the lines {@code from} to {@code to}, deltas as a rule, and has the number of the
 * last of them: no gap. The journal knows no other kinds. Fields and kinds that a reader does not know are kept as they are. Names and
 * values that have been in a released version are never used again for anything else.
 *
 * <p><b>Two files.</b> A crash in the middle of a change of form leaves the journal in two files. The one of the higher
 * generation counts if it is sound.
 *
 * <p><b>Files of other programs</b> are plain ones whose first line neither has the shape of a sealed one nor names a
 * format of ours, and whose second line has no valid seal. They are read line by line, unchecked, blank lines passed
 * over; they are never written to. One that is a single sealed line as a whole is opened first.
 *
 * <p>What this costs: about 30 bytes a line, packed about 4 % over all lines in one member. What it does not do: a line
 * that is replaced by a sound one of the same number is not noticed, nor are sound lines that are missing from the end,
 * nor a file that is replaced by an older one of its own. Some bits of a gzip member can flip without changing what it
 * holds; that is not reported.
 */
public final class JournalFormat {
    /** The version that is written. */
    public static final String VERSION = "holdfast/1";

    /** Most bytes that a line may have, its end included: 16 MiB. Parsed, a line can take fifty times its size. */
    public static final int MAX_LINE_BYTES = 16 << 20;

    /** The field that names the version, in the first line. */
    public static final String FORMAT = "format";

    /** The field that numbers the line. */
    public static final String SEQ = "seq";

    /** The field that proves the line. */
    public static final String CRC = "crc";

    /** The field that names the file, in the sealed form. */
    public static final String FILE = "_file";

    private static final String TYPE = "_type";
    private static final String DELTA = "delta";
    private static final String DROPPED = "dropped";
    private static final String FROM = "from";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final byte[] NAMELESS = {};
    private static final byte[] SEQ_FIELD = utf8("\"" + SEQ + "\":");
    private static final byte[] CRC_FIELD = utf8(",\"" + CRC + "\":\"");
    private static final byte[] OUR_FORMAT = utf8("\"" + FORMAT + "\":\"holdfast/");
    private static final int CRC_DIGITS = 8;
    private static final int SEAL_END = CRC_FIELD.length + CRC_DIGITS + 2;

    /** Most bytes that the seal and the line's end add to a body: the longest number has 19 digits. */
    private static final int MOST_ADDED = 1 + SEQ_FIELD.length + 19 + SEAL_END + 1;

    private JournalFormat() {}

    /** Whether a line says a piece of a reply that will be said again as a whole. */
    public static boolean isDelta(JsonObject json) {
        return isOfType(json, DELTA);
    }

    /** The first of the numbers that a line stands for: it stands for more than its own if it says what was dropped. */
    static long firstNumber(JournalLine line) {
        JsonElement from = line.json().get(FROM);
        return isDropped(line.json()) && isNumber(from) ? Math.min(from.getAsLong(), line.seq()) : line.seq();
    }

    /** Whether a line stands in the place of deltas that were dropped. */
    static boolean isDropped(JsonObject json) {
        return isOfType(json, DROPPED);
    }

    private static boolean isOfType(JsonObject json, String expected) {
        JsonElement type = json.get(TYPE);
        return type != null && type.isJsonPrimitive() && expected.equals(type.getAsString());
    }

    /** The body of the line that stands in the place of the deltas {@code from} to {@code to}; its number is the last. */
    static JsonObject dropped(long from, long to) {
        JsonObject body = new JsonObject();
        body.addProperty(TYPE, DROPPED);
        body.addProperty(FROM, from);
        body.addProperty("to", to);
        return body;
    }

    static boolean isNumber(JsonElement element) {
        return element != null
                && element.isJsonPrimitive()
                && NUMBER.matcher(element.getAsString()).matches();
    }

    /**
     * The bytes of a line's body: everything before the seal.
     *
     * @throws JsonParseException if it could not be read back: nested too deep, or too long
     * @throws IllegalArgumentException if it brings {@code seq} or {@code crc}, or a number that is none
     */
    static byte[] encodeBody(JsonObject body) {
        if (body.has(SEQ) || body.has(CRC) || body.has(FILE)) {
            throw new IllegalArgumentException("seq, crc and _file are the journal's own fields");
        }
        if (LineJson.tooNested(body)) {
            throw new JsonParseException("it is nested deeper than " + LineJson.MOST_NESTED + " levels");
        }
        String text = LineJson.write(body);
        byte[] bytes = text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_LINE_BYTES - MOST_ADDED) {
            throw new JsonParseException(
                    "it has " + bytes.length + " bytes, and a line has room for " + (MAX_LINE_BYTES - MOST_ADDED));
        }
        return bytes;
    }

    /**
     * The body of a first line: {@code _type} and then {@code format} come first, wherever they stood.
     *
     * @throws JsonParseException as {@link #encodeBody}
     */
    static byte[] encodeFirst(JsonObject firstLine) {
        JsonObject first = new JsonObject();
        if (firstLine.has(TYPE)) {
            first.add(TYPE, firstLine.get(TYPE));
        }
        first.addProperty(FORMAT, VERSION);
        firstLine.entrySet().forEach(field -> {
            if (!field.getKey().equals(FORMAT)) {
                first.add(field.getKey(), field.getValue());
            }
        });
        return encodeBody(first);
    }

    /** Seals bodies as the lines {@code firstSeq}, {@code firstSeq + 1}, … */
    static ByteBuffer seal(Iterable<byte[]> bodies, long firstSeq) {
        return seal(bodies, firstSeq, NAMELESS);
    }

    /**
     * Seals bodies as the lines {@code firstSeq}, {@code firstSeq + 1}, …
     *
     * @param nameField the field {@link #FILE} as it stands in each line; nothing if there is none
     */
    static ByteBuffer seal(Iterable<byte[]> bodies, long firstSeq, byte[] nameField) {
        int room = 0;
        for (byte[] body : bodies) {
            room += body.length + nameField.length + 1 + MOST_ADDED;
        }
        ByteBuffer lines = ByteBuffer.allocate(room);
        long seq = firstSeq;
        for (byte[] body : bodies) {
            seal(lines, body, seq++, nameField);
        }
        return lines.flip();
    }

    /** Most bytes that the line of a body has, without a name. */
    static int lineBytes(byte[] body) {
        return body.length + MOST_ADDED;
    }

    private static void seal(ByteBuffer lines, byte[] body, long seq, byte[] nameField) {
        int start = lines.position();
        lines.put(body);
        if (body.length > 1) {
            lines.put((byte) ',');
        }
        if (nameField.length > 0) {
            lines.put(nameField).put((byte) ',');
        }
        lines.put(SEQ_FIELD).put(utf8(Long.toString(seq)));
        CRC32C crc = new CRC32C();
        crc.update(lines.array(), start, lines.position() - start);
        lines.put(CRC_FIELD)
                .put(utf8(digits(crc)))
                .put((byte) '"')
                .put((byte) '}')
                .put((byte) '\n');
    }

    /** What remains in a buffer. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String digits(CRC32C crc) {
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Whether a line, given without its end, is as it was written. */
    static boolean sealed(byte[] line) {
        if (!hasShapeOfSeal(line)) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(line, 0, line.length - SEAL_END);
        String digits = new String(line, line.length - CRC_DIGITS - 2, CRC_DIGITS, StandardCharsets.ISO_8859_1);
        return digits.equals(digits(crc));
    }

    private static boolean hasShapeOfSeal(byte[] line) {
        int length = line.length;
        return length > SEAL_END
                && matches(line, length - SEAL_END, CRC_FIELD)
                && line[length - 2] == '"'
                && line[length - 1] == '}';
    }

    /** Whether a first line, sound or not, is that of a journal of ours. */
    static boolean looksLikeOurs(byte[] firstLine) {
        if (hasShapeOfSeal(firstLine)) {
            return true;
        }
        for (int i = 0; i + OUR_FORMAT.length <= firstLine.length; i++) {
            if (matches(firstLine, i, OUR_FORMAT)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] line, int at, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (line[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The JSON object that a line, given without its end, spells.
     *
     * @throws JsonParseException if it spells none; the message is a sentence for people without its full stop
     */
    static JsonObject parse(byte[] line) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonParseException("The line is not UTF-8", e);
        }
        try {
            return LineJson.read(text);
        } catch (JsonParseException e) {
            throw new JsonParseException("The line is not a JSON object", e);
        }
    }

    /**
     * What a line, given without its end, says.
     *
     * @param file the name that it must bear; null if it need not bear any
     * @throws JsonParseException if it is not sound; the message is a sentence for people without its full stop
     */
    static JournalLine read(byte[] line, String file) {
        if (!sealed(line)) {
            throw new JsonParseException("The line is not as it was written: its checksum does not match");
        }
        JsonObject json = parse(line);
        JsonElement seq = json.remove(SEQ);
        json.remove(CRC);
        JsonElement name = json.remove(FILE);
        if (file != null && !new JsonPrimitive(file).equals(name)) {
            throw new JsonParseException("The line belongs to another file");
        }
        if (!isNumber(seq)) {
            throw new JsonParseException("The line has no number");
        }
        return new JournalLine(seq.getAsLong(), json, true);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
