package dev.holdfast.bench;

import com.google.gson.JsonObject;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.journal.Journals;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** Makes journal files of so many messages, each appended by itself as a conversation does it. */
final class GrownFile {
    private static final int TEXTS = 1_000;
    private static final KeyRing KEYS = keys();

    private GrownFile() {}

    private static KeyRing keys() {
        SecureRandom random = new SecureRandom();
        return new KeyRing(List.of(FernetKey.create(random)), Clock.systemUTC(), random);
    }

    /** The journals of a folder, on the real disk. */
    static Journals journals(Path folder, Executor io) {
        return new Journals(new FileDisk(), folder.resolve("quarantine"), io, KEYS);
    }

    /** Makes the file; it is on the disk afterwards. Its texts are some that come again and again. */
    static Path make(Path folder, JournalForm form, int messages) throws IOException {
        return make(folder, form, messages, Chat.bodies(Math.min(messages, TEXTS)));
    }

    static Path make(Path folder, JournalForm form, int messages, List<JsonObject> bodies) throws IOException {
        Path file = form.file(folder, "c" + messages);
        Journals unforced = new Journals(new LaterForcedDisk(), folder.resolve("quarantine"), Runnable::run, KEYS);
        Journal journal = unforced.create(file, new JsonObject());
        for (int i = 0; i < messages; i++) {
            journal.append(bodies.get(i % bodies.size()), Durability.FORCED).join();
        }
        journal.close();
        journals(folder, Runnable::run)
                .openAtTail(file, newest(1), line -> {}, new NoDamage())
                .close();
        return file;
    }

    /** Accepts the {@code count}th line that it is shown. */
    static Predicate<JournalLine> newest(int count) {
        int[] shown = {0};
        return line -> ++shown[0] == count;
    }
}
