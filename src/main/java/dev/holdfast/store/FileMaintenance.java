package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.JournalReport;
import dev.holdfast.journal.SealedFile;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.SmallFiles.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What an operator does to the files of a {@link FileConversationStore}. */
final class FileMaintenance implements Maintenance {
    private final FileConversationStore store;
    private final ConversationFolders folders;
    private final Storage storage;
    private final ConversationReader reader;
    private final Access access;
    private final Outbox outbox;
    private final SignIns signIns;
    private final Spending spending;
    private final Moves moves;

    FileMaintenance(
            FileConversationStore store,
            ConversationFolders folders,
            Storage storage,
            ConversationReader reader,
            Access access,
            Outbox outbox,
            SignIns signIns,
            Spending spending,
            Moves moves) {
        this.store = store;
        this.folders = folders;
        this.storage = storage;
        this.reader = reader;
        this.access = access;
        this.outbox = outbox;
        this.signIns = signIns;
        this.spending = spending;
        this.moves = moves;
    }

    /** All conversations' files, or that of one, and whether they are in the trash. */
    private List<Path> files(Optional<ConversationId> only) {
        List<Path> files = new ArrayList<>();
        folders.eachFile(files::add);
        files.addAll(folders.trashed());
        return files.stream()
                .filter(file -> only.isEmpty() || only.equals(ConversationFolders.id(file)))
                .toList();
    }

    @Override
    public void check(Optional<ConversationId> only, Consumer<Finding> each) throws IOException {
        for (Path file : files(only)) {
            finding(file).ifPresent(each);
        }
        Consumer<Checked> eachSmall = checked -> each.accept(found(checked));
        store.drafts().check(only, eachSmall);
        outbox.check(only, eachSmall);
        if (only.isEmpty()) {
            access.check().map(this::found).ifPresent(each);
            signIns.check(eachSmall);
            spending.check(eachSmall);
        }
    }

    private Finding found(Checked checked) {
        Path file = checked.file();
        String name = file.getFileName().toString().split("\\.", 2)[0];
        String form = word(SmallFiles.isSealed(file) ? JournalForm.SEALED : JournalForm.PLAIN);
        int lines = checked.health() == Health.SOUND ? 1 : 0;
        return new Finding(name, name(file), checked.health(), form, lines, 0, List.of(), checked.sentence());
    }

    /** Empty if it has been removed meanwhile. */
    private Optional<Finding> finding(Path listed) {
        List<Finding> found = new ArrayList<>();
        ConversationId id = ConversationFolders.id(listed).orElseThrow();
        try {
            store.whileClosed(id, file -> {
                JournalReport report = reader.journals().check(file);
                found.add(found(report));
                if (report.ours()) {
                    store.noteDamage(id, !report.sound());
                }
                return file;
            });
        } catch (IOException e) {
            String sentence = e.getMessage() == null ? e.toString() : e.getMessage();
            String form = word(JournalForm.of(listed));
            found.add(new Finding(id.value(), name(listed), Health.UNREADABLE, form, 0, 0, List.of(), sentence));
        }
        return found.stream().findFirst();
    }

    private Finding found(JournalReport report) {
        return new Finding(
                JournalForm.nameOf(report.file()),
                name(report.file()),
                health(report),
                word(report.form()),
                report.lines(),
                report.tornBytes(),
                report.damage().stream()
                        .map(damage -> new Damage(damage.line(), damage.offset(), damage.bytes(), damage.sentence()))
                        .toList(),
                "");
    }

    private static Health health(JournalReport report) {
        if (report.locked()) {
            return Health.LOCKED;
        }
        if (!report.sound()) {
            return Health.DAMAGED;
        }
        if (!report.ours()) {
            return Health.UNCHECKED;
        }
        return report.tornBytes() > 0 ? Health.HEALED : Health.SOUND;
    }

    private static String word(JournalForm form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    private String name(Path file) {
        return folders.data().relativize(file).toString();
    }

    @Override
    public List<Quarantined> quarantined() throws IOException {
        List<Quarantined> quarantined = new ArrayList<>();
        for (Path file : folders.disk().list(folders.quarantine())) {
            quarantined.add(
                    new Quarantined(name(file), folders.disk().state(file).bytes()));
        }
        return quarantined;
    }

    @Override
    public void repack(Optional<ConversationId> only, Consumer<Step> each) throws IOException {
        for (Path file : files(only)) {
            step(file, each, reader::repack);
        }
        store.drafts().renew(only);
        outbox.renew();
        signIns.renew();
        spending.renew();
    }

    /** What is done to the file of a journal. */
    @FunctionalInterface
    private interface Anew {
        /** @return the new file; empty if nothing was to be done */
        Optional<Path> write(Path file) throws IOException;
    }

    private void step(Path listed, Consumer<Step> each, Anew anew) {
        ConversationId id = ConversationFolders.id(listed).orElseThrow();
        List<Step> done = new ArrayList<>();
        try {
            store.whileClosed(id, file -> {
                long before = size(file);
                Optional<Path> written = anew.write(file);
                long after = size(written.orElse(file));
                Outcome outcome = written.isPresent() ? Outcome.DONE : Outcome.UNCHANGED;
                done.add(new Step(id.value(), outcome, "", before, after));
                return written.orElse(file);
            });
        } catch (IOException e) {
            String sentence = e.getMessage() == null ? e.toString() : e.getMessage();
            done.clear();
            done.add(new Step(id.value(), Outcome.REFUSED, sentence, 0, 0));
        }
        done.forEach(each);
    }

    private long size(Path file) throws IOException {
        return folders.disk().state(file).bytes();
    }

    @Override
    public void rekey(Consumer<Step> each) throws IOException {
        KeyRing keys = storage.keys()
                .filter(given -> storage.encrypts())
                .orElseThrow(() -> new IOException("Nothing is encrypted: there is no key to change. Set"
                        + " encryption.key-file and start, then repack."));
        storage.renewKeys();
        for (Path file : files(Optional.empty())) {
            step(file, each, found -> resealed(found, keys));
        }
        access.rekey();
        store.drafts().renew(Optional.empty());
        outbox.renew();
        signIns.renew();
        spending.renew();
        List<Path> others = new ArrayList<>(folders.disk().list(folders.quarantine()));
        folders.disk().list(folders.outbox()).stream()
                .filter(file -> !SmallFiles.isOne(file))
                .forEach(others::add);
        for (Path file : others) {
            if (!SealedFile.all(folders.disk(), file, keys::isSealedWithNewest)) {
                SealedFile.reseal(folders.disk(), file, keys);
            }
        }
        store.keysChanged();
    }

    private Optional<Path> resealed(Path file, KeyRing keys) throws IOException {
        boolean newest = JournalForm.of(file) == JournalForm.SEALED
                && SealedFile.all(folders.disk(), file, keys::isSealedWithNewest);
        return newest
                ? Optional.empty()
                : Optional.of(reader.journals().rewrite(file, storage.atRest(), reader.reporter()));
    }

    @Override
    public long reindex() {
        return store.reindex();
    }

    @Override
    public List<Trashed> trash() throws IOException {
        List<Trashed> trashed = new ArrayList<>();
        for (Path file : folders.trashed()) {
            ConversationId id = ConversationFolders.id(file).orElseThrow();
            String title = store.findInTrash(id).map(found -> found.title()).orElse("");
            trashed.add(new Trashed(id, title, deletedAt(id), size(file)));
        }
        trashed.sort(Comparator.comparing(Trashed::deletedAt).reversed());
        return trashed;
    }

    /** Long ago, if the file does not tell: then it waits for no grace. */
    private Instant deletedAt(ConversationId id) {
        return store.deletedAt(id).orElse(Instant.EPOCH);
    }

    @Override
    public void delete(ConversationId id) throws IOException {
        require(store.find(id).isPresent(), "There is no such conversation outside the trash.");
        moves.delete(id);
    }

    @Override
    public void restore(ConversationId id) throws IOException {
        require(store.findInTrash(id).isPresent(), "There is no such conversation in the trash.");
        moves.restore(id);
    }

    private static void require(boolean holds, String sentence) throws IOException {
        if (!holds) {
            throw new IOException(sentence);
        }
    }

    @Override
    public long purge(Optional<ConversationId> only, Instant deletedBefore, Consumer<Step> each) throws IOException {
        long purged = 0;
        for (Trashed trashed : trash()) {
            boolean named = only.isEmpty() || only.get().equals(trashed.id());
            if (named && (only.isPresent() || trashed.deletedAt().isBefore(deletedBefore))) {
                purge(trashed.id());
                purged++;
                each.accept(new Step(trashed.id().value(), Outcome.DONE, "", trashed.bytes(), 0));
            }
        }
        return purged;
    }

    /** The file itself goes last: what is cut off before can be begun again. */
    private void purge(ConversationId id) throws IOException {
        access.forget(id);
        store.drafts().forget(id);
        outbox.forget(id);
        Disk disk = folders.disk();
        for (Path folder : List.of(folders.quarantine(), folders.outbox(), folders.trash())) {
            List<Path> files = folders.files(folder, id.value());
            for (Path file : files) {
                disk.delete(file);
            }
            if (!files.isEmpty()) {
                disk.forceFolder(folder);
            }
        }
        store.forget(id);
    }
}
