package dev.holdfast.store;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.DiskFile;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.JournalForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How a file begins, which tells whether it can be a file of lines at all.
 *
 * @param text its first bytes, each as a character
 * @param size of the whole file, in bytes
 */
record FileHead(Path file, String text, long size) {
    private static final int LENGTH = 4096;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** Of a token's first five bytes the version and the upper bytes of a time in this century are these characters. */
    private static final String TOKEN = "gAAAA";

    /** An array of objects, or an object that goes on in the next line. */
    private static final Pattern DOCUMENT =
            Pattern.compile("\\[\\s*[{\\]].*|\\[\\s*|\\{\\s*\n\\s*[\"}].*", Pattern.DOTALL);

    static FileHead read(Disk disk, Path file) throws IOException {
        try (DiskFile opened = disk.openToRead(file)) {
            ByteBuffer head = ByteBuffer.allocate(LENGTH);
            while (head.hasRemaining() && opened.read(head, head.position()) >= 0) {
                // Goes on until it is full or the file ends.
            }
            String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
            return new FileHead(file, text, opened.size());
        }
    }

    /** @throws JournalException if it is a file of another kind */
    void requireLines() throws JournalException {
        if (JournalForm.of(file) != JournalForm.PLAIN) {
            return;
        }
        if (text.startsWith("PK\u0003\u0004")) {
            throw new JournalException(file, "is a ZIP archive and no file of lines.", "Unpack it first.");
        }
        if (text.startsWith("\u001f\u008b")) {
            throw new JournalException(
                    file,
                    "is packed with gzip, but its name does not end in " + JournalForm.GZIP.ending() + ".",
                    "Give a copy of it such a name, or unpack it.");
        }
        String start = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        if (DOCUMENT.matcher(start.stripLeading()).matches()) {
            throw document(file);
        }
    }

    static JournalException document(Path file) {
        return new JournalException(
                file,
                "is one JSON document, as ChatGPT, Claude.ai, Open WebUI and LibreChat export, and no file of lines.",
                "Only files with a JSON object a line are read here.");
    }

    /** Whether it is in the plain form and begins like a token of Fernet. */
    boolean isSealedAsAWhole() {
        return JournalForm.of(file) == JournalForm.PLAIN && text.startsWith(TOKEN);
    }

    /** Whether it may be a journal of ours: of one whose first line is damaged this can be told from the whole file only. */
    boolean mayBeOurs() {
        return JournalForm.of(file) != JournalForm.PLAIN || text.contains("\"format\":\"holdfast/");
    }
}
