package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads, after a start, what the catalog does not know yet. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final ConversationFolders folders;
    private final Journals journals;
    private final Catalog catalog;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Sweep(ConversationFolders folders, Journals journals, Catalog catalog) {
        this.folders = folders;
        this.journals = journals;
        this.catalog = catalog;
    }

    void begin(Executor background) {
        background.execute(() -> {
            try {
                folders.eachFile(this::look);
            } finally {
                done.complete(null);
            }
        });
    }

    /** Returns once the catalog knows everything that there was at the start. */
    void join() {
        done.join();
    }

    private void look(Path file) {
        ConversationId id = ConversationFolders.id(file).orElseThrow();
        Reading reading = new Reading(id);
        DamageNote note = new DamageNote(DamageNote.SILENT);
        try {
            journals.read(file, reading::line, note);
        } catch (IOException e) {
            LOG.warn("{} could not be read and is left as it is: {}", file, e.toString());
            note.unreadable();
        }
        reading.header().ifPresent(header -> catalog.putIfAbsent(header.listing(reading.transcript(), note.damaged())));
    }
}
