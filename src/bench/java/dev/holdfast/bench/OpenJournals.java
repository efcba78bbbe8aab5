package dev.holdfast.bench;

import com.google.gson.JsonObject;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The journal alone, one file a conversation, in the plain form. */
final class OpenJournals implements AutoCloseable {
    private final List<Journal> journals = new ArrayList<>();
    private final List<AppendRate.CalledBack> appends = new ArrayList<>();

    OpenJournals(Path folder, int count, Executor io, List<JsonObject> bodies) throws IOException {
        Journals made = new Journals(new FileDisk(), folder.resolve("quarantine"), io, null);
        for (int i = 0; i < count; i++) {
            Journal journal = made.create(JournalForm.PLAIN.file(folder, "c" + i), new JsonObject());
            journals.add(journal);
            int[] next = {i};
            appends.add(() -> journal.append(bodies.get(next[0]++ % bodies.size()), Durability.FORCED));
        }
    }

    /** As in the server: no thread waits. */
    double rate() throws Exception {
        return AppendRate.ofCalledBack(appends);
    }

    double rateOfWaiting() throws Exception {
        List<AppendRate.Waiting> waiting = new ArrayList<>();
        for (AppendRate.CalledBack append : appends) {
            waiting.add(() -> append.append().join());
        }
        return AppendRate.ofWaiting(waiting);
    }

    @Override
    public void close() throws IOException {
        for (Journal journal : journals) {
            journal.close();
        }
    }
}
