package dev.holdfast.cli;

import dev.holdfast.store.Maintenance.Damage;
import dev.holdfast.store.Maintenance.Finding;
import dev.holdfast.store.Maintenance.Health;
import dev.holdfast.store.Maintenance.Quarantined;
import java.util.List;

/** What a check finds, in sentences; of sound files only their number. */
final class DoctorText extends DoctorReport {
    /** So many places of one file are shown. */
    private static final int MOST_PLACES = 20;

    DoctorText(Report report) {
        super(report);
    }

    @Override
    void write(Finding finding) {
        String where = finding.file() + ": ";
        switch (finding.health()) {
            case SOUND -> {}
            case HEALED ->
                out(where + "healed. A torn end of " + Counted.of(finding.tornBytes(), "byte")
                        + ", as a crash leaves it; opening moves it to quarantine.");
            case DAMAGED -> damaged(where, finding);
            case LOCKED -> out(where + "locked. No key opens it." + behind(finding.sentence()));
            case UNCHECKED ->
                out(where + "unchecked. Its lines are another program's, without checksums; "
                        + Counted.of(finding.lines(), "line") + " can be read.");
            case UNREADABLE -> out(where + "unreadable." + behind(finding.sentence()));
        }
    }

    private void damaged(String where, Finding finding) {
        List<Damage> places = finding.damage();
        if (places.isEmpty()) {
            out(where + "damaged." + behind(finding.sentence()));
        }
        for (Damage place : places.subList(0, Math.min(MOST_PLACES, places.size()))) {
            out(where + "damaged. Line " + place.line() + " (byte " + place.offset() + ", "
                    + Counted.of(place.bytes(), "byte") + "):" + behind(place.sentence()));
        }
        if (places.size() > MOST_PLACES) {
            out(where + Counted.of(places.size() - MOST_PLACES, "more place") + "; " + Order.JSON + " shows more.");
        }
    }

    private static String behind(String sentence) {
        return sentence.isEmpty() ? "" : " " + sentence;
    }

    @Override
    void writeTotals(List<Quarantined> quarantined) {
        out(Counted.of(files(), "file") + " checked: " + count(Health.SOUND) + " sound, "
                + withBytes(count(Health.HEALED), "healed", "", tornBytes()) + ", "
                + withBytes(
                        count(Health.DAMAGED), "damaged", Counted.of(damagedPlaces(), "place") + ", ", damagedBytes())
                + ", " + count(Health.LOCKED) + " locked, " + count(Health.UNREADABLE) + " unreadable, "
                + count(Health.UNCHECKED) + " unchecked.");
        out("In quarantine: "
                + withBytes(quarantined.size(), quarantined.size() == 1 ? "file" : "files", "", bytes(quarantined))
                + ".");
    }

    private static String withBytes(long count, String what, String places, long bytes) {
        return count + " " + what + (count == 0 ? "" : " (" + places + Counted.of(bytes, "byte") + ")");
    }
}
