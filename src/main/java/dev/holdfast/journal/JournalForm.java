package dev.holdfast.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * How a journal lies in its file; told by the ending of the file's name. {@link JournalFormat} says how each looks.
 * Endings are never used again for anything else.
 */
public enum JournalForm {
    /** A JSON object a line. A name with none of the endings is taken for this form. */
    PLAIN(".jsonl"),

    /** The plain form, packed: any {@code zcat} unpacks it. */
    GZIP(".jsonl.gz"),

    /** Every line sealed by a {@link LineCodec}. */
    SEALED(".jsonl.fernet");

    private final String ending;

    JournalForm(String ending) {
        this.ending = ending;
    }

    /** What the file's name ends in. */
    public String ending() {
        return ending;
    }

    /** The file of this form that holds the journal {@code name}. */
    public Path file(Path folder, String name) {
        return folder.resolve(name + ending);
    }

    /** The form of a file, by its name. */
    public static JournalForm of(Path file) {
        String name = file.getFileName().toString();
        for (JournalForm form : List.of(GZIP, SEALED)) {
            if (name.endsWith(form.ending)) {
                return form;
            }
        }
        return PLAIN;
    }

    /** The name of the journal in a file, which is the same in every form: the file's name without its ending. */
    public static String nameOf(Path file) {
        String name = file.getFileName().toString();
        String ending = of(file).ending;
        return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    }
}
