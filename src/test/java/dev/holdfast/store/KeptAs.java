package dev.holdfast.store;

import dev.holdfast.HandClock;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** All ways in which conversations can lie on disk. */
public enum KeptAs {
    PLAIN(Storage.Gzip.OFF, false, JournalForm.PLAIN),
    GZIP(Storage.Gzip.ALWAYS, false, JournalForm.GZIP),
    GZIP_WHEN_PAUSED(Storage.Gzip.PAUSED, false, JournalForm.GZIP),
    SEALED(Storage.Gzip.OFF, true, JournalForm.SEALED),
    SEALED_AND_PACKED(Storage.Gzip.PAUSED, true, JournalForm.SEALED);

    private final Storage.Gzip gzip;
    private final boolean sealed;
    private final JournalForm atRest;

    KeptAs(Storage.Gzip gzip, boolean sealed, JournalForm atRest) {
        this.gzip = gzip;
        this.sealed = sealed;
        this.atRest = atRest;
    }

    /** A key, the same for the same number. */
    public static FernetKey key(int number) {
        return FernetKey.create(new Random(number));
    }

    /** Keys, the newest first. */
    public static KeyRing ring(FernetKey... newestFirst) {
        return new KeyRing(List.of(newestFirst), new HandClock(), new Random(31));
    }

    /** Each call gives one that knows the same key. */
    public Storage storage() {
        return sealed
                ? new Storage(gzip, Optional.of(ring(key(1))), true, List::of)
                : new Storage(gzip, Optional.empty(), false, List::of);
    }

    boolean sealed() {
        return sealed;
    }

    /** The form of a file that rests. */
    JournalForm atRest() {
        return atRest;
    }

    /** Reads what such a store wrote, and changes nothing. */
    public Journals reading(Disk disk) {
        return new Journals(disk, Path.of("/nowhere"), Runnable::run, storage().codec());
    }

    /** The one file of a journal, whatever its form. */
    public static Path file(Disk disk, Path folder, String name) throws IOException {
        List<Path> files = disk.list(folder).stream()
                .filter(path -> Arrays.stream(JournalForm.values())
                        .anyMatch(form -> form.file(folder, name).equals(path)))
                .toList();
        if (files.size() != 1) {
            throw new AssertionError("one file of " + name + ", not " + files);
        }
        return files.get(0);
    }
}
