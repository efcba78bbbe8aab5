package dev.holdfast.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the file of a journal. A crash in the middle of a change of form leaves two: the one of the highest generation
 * counts, if it is sound or holds lines that the others do not. The others are deleted if all they hold is in it, else
 * kept in quarantine.
 */
final class JournalFiles {
    private static final Comparator<JournalReport> NEWEST = Comparator.comparingLong(JournalReport::generation)
            .thenComparingLong(JournalReport::lastSeq)
            .thenComparing(JournalReport::form)
            .reversed();

    private final Disk disk;
    private final LineCodec codec;
    private final Quarantine quarantine;

    JournalFiles(Disk disk, LineCodec codec, Quarantine quarantine) {
        this.disk = disk;
        this.codec = codec;
        this.quarantine = quarantine;
    }

    Optional<Path> find(Path folder, String name) throws IOException {
        for (JournalForm form : JournalForm.values()) {
            deleteIfThere(
                    WholeFile.temporary(form.file(folder, name))); // It may be in the clear; nobody takes it over.
        }
        List<Path> files = all(folder, name);
        if (files.size() <= 1) {
            return files.stream().findFirst();
        }
        List<JournalReport> reports = judge(files);
        JournalReport winner = winner(reports);
        for (JournalReport loser : reports) {
            if (loser != winner) {
                remove(loser, winner);
            }
        }
        return Optional.of(winner.file());
    }

    /** As {@link #find}, but changes nothing. */
    Optional<Path> look(Path folder, String name) throws IOException {
        List<Path> files = all(folder, name);
        return files.size() <= 1
                ? files.stream().findFirst()
                : Optional.of(winner(judge(files)).file());
    }

    private List<Path> all(Path folder, String name) throws IOException {
        List<Path> files = new ArrayList<>();
        for (JournalForm form : JournalForm.values()) {
            Path file = form.file(folder, name);
            if (disk.exists(file)) {
                files.add(file);
            }
        }
        return files;
    }

    private List<JournalReport> judge(List<Path> files) throws IOException {
        List<JournalReport> reports = new ArrayList<>();
        for (Path file : files) {
            try (DiskFile opened = disk.openToRead(file)) {
                reports.add(JournalReport.of(opened, file, Framing.of(file, codec)));
            }
        }
        reports.sort(NEWEST);
        return reports;
    }

    /** @param newestFirst of all the files */
    private static JournalReport winner(List<JournalReport> newestFirst) {
        return newestFirst.stream()
                .filter(report -> counts(report, newestFirst))
                .findFirst()
                .orElse(newestFirst.get(0));
    }

    private static boolean counts(JournalReport report, List<JournalReport> all) {
        return report.generation() >= 0
                && (report.sound()
                        || all.stream().allMatch(other -> other == report || other.lastSeq() < report.lastSeq()));
    }

    private void remove(JournalReport loser, JournalReport winner) throws IOException {
        deleteIfThere(Distrust.warning(loser.file()));
        if (winner.sound() && loser.generation() < winner.generation() && loser.lastSeq() <= winner.lastSeq()) {
            disk.delete(loser.file());
            disk.forceFolder(WholeFile.folder(loser.file()));
        } else {
            quarantine.take(loser.file());
        }
    }

    private void deleteIfThere(Path file) throws IOException {
        if (disk.exists(file)) {
            disk.delete(file);
        }
    }
}
