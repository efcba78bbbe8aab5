package dev.holdfast.store;

import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.journal.Rewriting;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * In which form conversations lie on disk.
 *
 * <pre>
 *                    gzip off        paused          always
 *   in the clear     .jsonl          .jsonl, .gz     .jsonl.gz
 *   encrypted        .fernet         .fernet, packed when paused
 * </pre>
 *
 * @param gzip when files are packed
 * @param keys open what is encrypted; empty: nothing that is encrypted can be read
 * @param encrypts whether what is written is encrypted; only if there are keys
 * @param reread the keys as they are given now, for a change of keys while the program runs
 */
public record Storage(Gzip gzip, Optional<KeyRing> keys, boolean encrypts, Supplier<List<FernetKey>> reread) {
    /** When files are packed. */
    public enum Gzip {
        OFF,
        /** Once nobody has used them for a while. What is said later is added to the packed file. */
        PAUSED,
        /** From their first line on. */
        ALWAYS
    }

    /** Neither packed nor encrypted. */
    public static final Storage PLAIN = new Storage(Gzip.OFF, Optional.empty(), false, List::of);

    public Storage {
        Objects.requireNonNull(gzip, "gzip");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(reread, "reread");
        if (encrypts && keys.isEmpty()) {
            throw new IllegalArgumentException("without a key nothing can be encrypted");
        }
    }

    /** The form of a new file. @param packed whether it is of the kind that is packed */
    JournalForm whenNew(boolean packed) {
        return encrypts ? JournalForm.SEALED : packed && gzip == Gzip.ALWAYS ? JournalForm.GZIP : JournalForm.PLAIN;
    }

    /** How a file of which nothing more is expected for a while is written anew. */
    Rewriting atRest() {
        if (encrypts) {
            Rewriting sealed = Rewriting.to(JournalForm.SEALED);
            return gzip == Gzip.OFF ? sealed : sealed.packing();
        }
        return Rewriting.to(gzip == Gzip.OFF ? JournalForm.PLAIN : JournalForm.GZIP);
    }

    /** Whether a file may go on as it is: nothing that is to be secret is in the clear, or the other way round. */
    boolean accepts(JournalForm form) {
        return (form == JournalForm.SEALED) == encrypts || keys.isEmpty();
    }

    /** The file of a journal that is not open, encrypted or in the clear as it is to be. */
    Path inForm(Journals journals, Path file, DamageReporter reporter) throws IOException {
        return accepts(JournalForm.of(file)) ? file : journals.rewrite(file, Rewriting.to(whenNew(false)), reporter);
    }

    /**
     * Takes the keys as they are given now.
     *
     * @throws IOException if they do not hold the one that is in use; then nothing has changed
     */
    void renewKeys() throws IOException {
        try {
            keys.orElseThrow().renew(reread.get());
        } catch (IllegalArgumentException e) {
            throw new IOException("The keys were not changed: " + e.getMessage() + ".", e);
        }
    }

    /** A file that is written once and whole. */
    public record Sealed(String name, byte[] content) {}

    /** How a file that is no journal is kept: if what is kept is encrypted, as one token, and its name says so. */
    public Sealed seal(String name, byte[] content) {
        return encrypts ? new Sealed(name + ".fernet", keys.orElseThrow().seal(content)) : new Sealed(name, content);
    }

    /** Seals and opens lines; null if there is no key. */
    LineCodec codec() {
        return keys.orElse(null);
    }
}
