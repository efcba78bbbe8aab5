package dev.holdfast.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.LineCodec.UnsealException;
import dev.holdfast.journal.WholeFile;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of small JSON files, each replaced whole: {@code <name>.json} or, encrypted, {@code <name>.json.fernet}. A change of
 * form that was cut off may leave a file in both. Whoever uses it lets one thread at a time at a file.
 */
final class SmallFiles {
    /**
     * What a check of one file found.
     *
     * @param sentence why it cannot be read; else empty
     */
    record Checked(Path file, Maintenance.Health health, String sentence) {}

    /** Makes sense of what a file holds. */
    @FunctionalInterface
    interface Reading {
        /** @param content in the clear */
        void read(Path file, byte[] content) throws IOException;
    }

    /** Tells which of two contents of the same file was written later: the one with the higher number. */
    @FunctionalInterface
    interface Version {
        /** For contents that do not tell: what was written last was written in the form that was set. */
        Version UNKNOWN = (file, content) -> 0;

        /** @param content in the clear */
        long of(Path file, byte[] content) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SmallFiles.class);

    private static final String ENDING = ".json";
    private static final String SEALED = ".fernet";

    /** A file that is longer is not ours. */
    private static final int MOST_BYTES = 64 << 20;

    private final Disk disk;
    private final Path folder;
    private final Storage storage;

    /** @param folder that this process alone writes to; made with the first file */
    SmallFiles(Disk disk, Path folder, Storage storage) {
        this.disk = disk;
        this.folder = folder;
        this.storage = storage;
        try {
            WholeFile.sweep(disk, folder);
        } catch (IOException e) {
            LOG.warn("{} may hold files that were begun and never finished: {}", folder, e.toString());
        }
    }

    /** Its file in the clear. */
    Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    /**
     * All files of such a name, whatever they hold; those in the form that is set come last, so that of two forms of the
     * same the later one is read last.
     */
    List<Path> list() throws IOException {
        return disk.list(folder).stream()
                .filter(SmallFiles::isOne)
                .sorted(Comparator.comparing(this::inTheFormThatIsSet))
                .toList();
    }

    /** Whatever has a name that begins so, unfinished files among it. */
    List<Path> begun(String prefix) throws IOException {
        return disk.list(folder).stream()
                .filter(file -> name(file).startsWith(prefix))
                .toList();
    }

    /** In which forms it is there, the one that is set first. @param clear its name in the clear */
    List<Path> forms(Path clear) throws IOException {
        List<Path> files = new ArrayList<>();
        Path sealed = sealed(clear);
        for (Path file : storage.encrypts() ? List.of(sealed, clear) : List.of(clear, sealed)) {
            if (disk.exists(file)) {
                files.add(file);
            }
        }
        return files;
    }

    /** What it holds, as it lies there. */
    byte[] read(Path file) throws IOException {
        return WholeFile.read(disk, file, MOST_BYTES);
    }

    /**
     * What it holds, in the clear.
     *
     * @param content as {@link #read} gives it
     * @throws JournalException if no key opens it
     */
    byte[] opened(Path file, byte[] content) throws JournalException {
        if (!isSealed(file)) {
            return content;
        }
        KeyRing keys = storage.keys()
                .orElseThrow(() -> new JournalException(
                        file, "is encrypted, and no key was given.", "Give the key that it was written with."));
        try {
            return keys.openWholeFile(content);
        } catch (UnsealException e) {
            throw new JournalException(
                    file,
                    "is encrypted, and no key that was given opens it.",
                    "Give the key that it was written with.",
                    e);
        }
    }

    /**
     * What the JSON in a file says.
     *
     * @param content in the clear
     * @param read may throw whatever comes of JSON that is not what was written
     * @param what a sentence that goes on after the file's name, for what is something else
     * @param advice what to do then, a sentence
     */
    static <T> T parse(Path file, byte[] content, Function<JsonObject, T> read, String what, String advice)
            throws JournalException {
        try {
            return read.apply(JsonParser.parseString(new String(content, StandardCharsets.UTF_8))
                    .getAsJsonObject());
        } catch (RuntimeException e) { // It is no cause of the other: it may quote what the file holds.
            throw new JournalException(file, what, advice);
        }
    }

    /** Puts it in the place of what was there, in whatever form. When this returns, it survives a power cut. */
    void write(Path clear, byte[] content) throws IOException {
        disk.createFolders(folder);
        Storage.Sealed kept = storage.seal(name(clear), content);
        WholeFile.replace(disk, folder.resolve(kept.name()), kept.content());
        Path other = isSealed(Path.of(kept.name())) ? clear : sealed(clear);
        if (disk.exists(other)) {
            delete(List.of(other));
        }
    }

    /**
     * Writes a file anew that is not as it is to be: encrypted with the newest key, or in the clear. Of two forms the later
     * one counts, or the one that is set if they are of the same version. What no key opens stays as it is, and the log
     * says so.
     */
    void renew(Path file, Version version) throws IOException {
        if (!disk.exists(file) || asItIsToBe(file, read(file))) {
            return;
        }
        byte[] content;
        try {
            content = latest(forms(clear(file)), version);
        } catch (JournalException e) {
            LOG.error("Not written anew: {}", e.getMessage());
            return;
        }
        write(clear(file), content);
    }

    /** One that cannot be understood is no obstacle where there is no other. */
    private byte[] latest(List<Path> forms, Version version) throws IOException {
        Path set = forms.get(0);
        byte[] content = opened(set, read(set));
        if (forms.size() == 1) {
            return content;
        }
        Path other = forms.get(1);
        byte[] there = opened(other, read(other));
        return version.of(other, there) > version.of(set, content) ? there : content;
    }

    /** Reads a file and changes nothing; empty if it has been removed meanwhile. */
    Optional<Checked> check(Path file, Reading reading) throws IOException {
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        Maintenance.Health ifNot = Maintenance.Health.UNREADABLE;
        try {
            byte[] kept = read(file);
            ifNot = Maintenance.Health.LOCKED;
            byte[] content = opened(file, kept);
            ifNot = Maintenance.Health.UNREADABLE;
            reading.read(file, content);
            return Optional.of(new Checked(file, Maintenance.Health.SOUND, ""));
        } catch (IOException e) {
            String sentence = e instanceof JournalException ? e.getMessage() : e.toString();
            return Optional.of(new Checked(file, ifNot, sentence));
        }
    }

    void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            disk.delete(file);
        }
        if (!files.isEmpty()) {
            disk.forceFolder(folder);
        }
    }

    /** Whether it lies there as it is to be: encrypted with the newest key, or in the clear. */
    private boolean asItIsToBe(Path file, byte[] content) {
        boolean newest =
                storage.keys().filter(keys -> keys.isSealedWithNewest(content)).isPresent();
        return inTheFormThatIsSet(file) && (newest || !storage.encrypts());
    }

    boolean inTheFormThatIsSet(Path file) {
        return isSealed(file) == storage.encrypts();
    }

    private static Path sealed(Path clear) {
        return clear.resolveSibling(name(clear) + SEALED);
    }

    /** Whether a file has such a name. */
    static boolean isOne(Path file) {
        return name(clear(file)).endsWith(ENDING);
    }

    /** The name of a file without its ending. */
    static String nameOf(Path file) {
        String clear = name(clear(file));
        return clear.substring(0, clear.length() - ENDING.length());
    }

    private static Path clear(Path file) {
        String name = name(file);
        return isSealed(file) ? file.resolveSibling(name.substring(0, name.length() - SEALED.length())) : file;
    }

    static boolean isSealed(Path file) {
        return name(file).endsWith(SEALED);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
