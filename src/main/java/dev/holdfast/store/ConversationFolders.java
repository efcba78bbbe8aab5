package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where in the data folder conversations lie: {@code conversations/xy/<id>.jsonl}, where {@code xy} are the last two
 * characters of the id (random, so the folders fill evenly), and {@code trash/<id>.jsonl}.
 */
record ConversationFolders(Disk disk, Path data) {
    private static final Logger LOG = LoggerFactory.getLogger(ConversationFolders.class);

    Path of(ConversationId id) {
        return data.resolve("conversations").resolve(id.value().substring(ConversationId.LENGTH - 2));
    }

    Path trash() {
        return data.resolve("trash");
    }

    Path outbox() {
        return data.resolve("people").resolve("outbox");
    }

    Path drafts() {
        return data.resolve("people").resolve("drafts");
    }

    Path quarantine() {
        return data.resolve("quarantine");
    }

    /** Shows all conversations' files that are not in the trash. */
    void eachFile(Consumer<Path> file) {
        for (Path folder : listed(data.resolve("conversations"))) {
            listed(folder).stream().filter(each -> id(each).isPresent()).forEach(file);
        }
    }

    /** The files of the conversations in the trash. */
    List<Path> trashed() {
        return listed(trash()).stream().filter(file -> id(file).isPresent()).toList();
    }

    /** Which conversation a file holds, by its name; empty if it is no conversation's. */
    static Optional<ConversationId> id(Path file) {
        boolean ends =
                file.getFileName().toString().endsWith(JournalForm.of(file).ending());
        return ends ? ConversationId.parse(JournalForm.nameOf(file)) : Optional.empty();
    }

    /** What cannot be listed, a stray file perhaps, hides nothing else. */
    private List<Path> listed(Path folder) {
        try {
            return disk.list(folder);
        } catch (IOException e) {
            LOG.error("{} could not be listed and is passed over: {}", folder, e.toString());
            return List.of();
        }
    }

    /** Moves a file to another folder, which is made if it is missing. When this returns, that survives a power cut. */
    Path move(Path file, Path folder) throws IOException {
        disk.createFolders(folder);
        Path to = folder.resolve(file.getFileName());
        disk.move(file, to);
        disk.forceFolder(folder);
        disk.forceFolder(file.getParent());
        return to;
    }

    /** The files of a journal in a folder, in whatever form, and what stands beside them: cuts, warnings. */
    List<Path> files(Path folder, String name) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : disk.list(folder)) {
            if (file.getFileName().toString().startsWith(name + ".")) {
                files.add(file);
            }
        }
        return files;
    }
}
