package dev.holdfast.journal;

import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * How a journal is written anew. Line numbers stay as they are.
 *
 * @param form of the new file
 * @param first makes of the first line what the new file is to begin with; its generation is taken care of
 * @param packed whether lines of the sealed form are packed before they are sealed; the gzip form always packs, the
 *     plain one never
 * @param superfluous is shown each delta; those that it accepts are dropped. A line says which numbers they had
 * @param forgotten is shown each line but the first; those that it accepts are dropped, too
 * @param givesUpLocked whether lines that no key opens are moved to quarantine; else such a file is refused
 */
public record Rewriting(
        JournalForm form,
        UnaryOperator<JsonObject> first,
        boolean packed,
        Predicate<JournalLine> superfluous,
        Predicate<JournalLine> forgotten,
        boolean givesUpLocked) {
    public Rewriting {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(superfluous, "superfluous");
        Objects.requireNonNull(forgotten, "forgotten");
    }

    /** Keeps every line, does not pack what is sealed, and refuses what no key opens. */
    public static Rewriting to(JournalForm form) {
        return new Rewriting(form, line -> line, false, delta -> false, line -> false, false);
    }

    /** The same, packed. */
    public Rewriting packing() {
        return new Rewriting(form, first, true, superfluous, forgotten, givesUpLocked);
    }

    /** The same with another first line. @param first as above; gets a copy that it may change */
    public Rewriting beginning(UnaryOperator<JsonObject> first) {
        return new Rewriting(form, first, packed, superfluous, forgotten, givesUpLocked);
    }

    /** The same without some of the deltas; those, say, of replies that are said as a whole later. */
    public Rewriting dropping(Predicate<JournalLine> superfluousDeltas) {
        return new Rewriting(form, first, packed, superfluousDeltas, forgotten, givesUpLocked);
    }

    /** The same without some lines of whatever kind, of which nothing shall be left. */
    public Rewriting forgetting(Predicate<JournalLine> lines) {
        return new Rewriting(form, first, packed, superfluous, lines, givesUpLocked);
    }

    /** The same, with lines that no key opens moved to quarantine. */
    public Rewriting givingUpLocked() {
        return new Rewriting(form, first, packed, superfluous, forgotten, true);
    }

    boolean packs() {
        return form == JournalForm.GZIP || form == JournalForm.SEALED && packed;
    }
}
