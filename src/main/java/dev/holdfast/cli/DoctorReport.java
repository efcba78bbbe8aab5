package dev.holdfast.cli;

import dev.holdfast.store.Maintenance.Damage;
import dev.holdfast.store.Maintenance.Finding;
import dev.holdfast.store.Maintenance.Health;
import dev.holdfast.store.Maintenance.Quarantined;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a check finds; how it is written is a subclass's. For one thread. */
abstract class DoctorReport {
    private final Report report;
    private final Map<Health, Long> count = new EnumMap<>(Health.class);
    private long tornBytes;
    private long damagedPlaces;
    private long damagedBytes;

    DoctorReport(Report report) {
        this.report = report;
    }

    /** Takes a finding down. */
    final void finding(Finding finding) {
        report.checkReader();
        count.merge(finding.health(), 1L, Long::sum);
        tornBytes += finding.tornBytes();
        if (finding.health() == Health.DAMAGED) {
            damagedPlaces += finding.damage().size();
            damagedBytes += finding.damage().stream().mapToLong(Damage::bytes).sum();
        }
        write(finding);
    }

    /** Writes the totals; whether nothing was found that somebody must look at. */
    final boolean end(List<Quarantined> quarantined) {
        writeTotals(quarantined);
        return count(Health.DAMAGED) + count(Health.LOCKED) + count(Health.UNREADABLE) == 0;
    }

    abstract void write(Finding finding);

    abstract void writeTotals(List<Quarantined> quarantined);

    final void out(String line) {
        report.out(line);
    }

    final long files() {
        return count.values().stream().mapToLong(Long::longValue).sum();
    }

    final long count(Health health) {
        return count.getOrDefault(health, 0L);
    }

    final long tornBytes() {
        return tornBytes;
    }

    final long damagedPlaces() {
        return damagedPlaces;
    }

    final long damagedBytes() {
        return damagedBytes;
    }

    static long bytes(List<Quarantined> quarantined) {
        return quarantined.stream().mapToLong(Quarantined::bytes).sum();
    }
}
