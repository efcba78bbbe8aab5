package dev.holdfast.faults;

import com.google.gson.JsonObject;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.protect.KeyRing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A process that appends to conversations as fast as it can, a thread each, in all three forms, until it is killed. It
 * prints a line for each thing that it was told, as soon as it was:
 *
 * <pre>
 *   A conversation number microseconds    the line with that number is on the disk; since 1970
 *   W conversation number                 it is written
 *   F conversation number                 it could not be
 *   C conversation microseconds           the conversation's file was made
 *   O conversation                        its file was opened again, after a failure
 *   R conversation reason                 it could not be; the thread ends
 * </pre>
 */
final class Writer {
    static final Path CONVERSATIONS = Path.of("conversations");

    /** Lines of one conversation that wait for an answer. */
    static final int WAITING = 6;

    static final String UNFORCED = "unforced";

    private static final int IO_THREADS = 4;
    private static final int TRIES_TO_OPEN = 20;
    private static final String KEY = "aSBhbSBhIGtleSB0aGF0IG9ubHkgdGVzdHMga25vdyE=";

    private final Journals journals;
    private final Path folder;
    private final int conversation;
    private final PrintStream out;
    private final Semaphore room = new Semaphore(WAITING);
    private volatile boolean failed;
    private int last;

    private Writer(Journals journals, Path folder, int conversation, PrintStream out) {
        this.journals = journals;
        this.folder = folder;
        this.conversation = conversation;
        this.out = out;
    }

    /** The journals of a data folder, as writer and checker have them. */
    static Journals journals(Path data, Executor io) {
        return journals(new FileDisk(), data, io);
    }

    private static Journals journals(Disk disk, Path data, Executor io) {
        KeyRing keys = new KeyRing(KeyRing.parse(KEY), Clock.systemUTC(), new Random());
        return new Journals(disk, data.resolve("quarantine"), io, keys);
    }

    static String name(int conversation) {
        return "c" + conversation;
    }

    /** @param arguments the data folder, how many conversations, and {@value #UNFORCED} if nothing is to be forced */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        ExecutorService io = Executors.newFixedThreadPool(IO_THREADS);
        boolean unforced = List.of(arguments).contains(UNFORCED);
        Disk disk = unforced ? Unforced.of(new FileDisk()) : new FileDisk();
        Journals journals = journals(disk, data, io);
        Path folder = data.resolve(CONVERSATIONS);
        createFolders(disk, folder);
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            Writer writer = new Writer(journals, folder, i, System.out);
            new Thread(writer::write, "conversation " + i).start();
        }
    }

    /** The kernel may fail this, too. */
    private static void createFolders(Disk disk, Path folder) throws IOException {
        for (int i = 1; i < TRIES_TO_OPEN; i++) {
            try {
                disk.createFolders(folder);
                return;
            } catch (IOException e) {
                // Once more.
            }
        }
        disk.createFolders(folder);
    }

    private void write() {
        Optional<Journal> journal = first();
        while (journal.isPresent()) {
            append(journal.get(), ++last);
            if (failed) {
                journal = again(journal.get());
            }
        }
    }

    private Optional<Journal> first() {
        return tried(() -> {
            Optional<Path> file = journals.find(folder, name(conversation));
            return file.isPresent() ? open(file.get()) : create();
        });
    }

    private interface Opening {
        Journal open() throws IOException;
    }

    private Optional<Journal> tried(Opening opening) {
        IOException reason = new IOException("never tried");
        for (int i = 0; i < TRIES_TO_OPEN; i++) {
            try {
                return Optional.of(opening.open());
            } catch (IOException e) {
                reason = e;
            }
        }
        say("R " + conversation + " " + reason);
        return Optional.empty();
    }

    private Journal create() throws IOException {
        JournalForm form = JournalForm.values()[conversation % JournalForm.values().length];
        JsonObject first = new JsonObject();
        first.addProperty("_type", "metadata");
        first.addProperty("generation", 1);
        Journal journal = journals.create(form.file(folder, name(conversation)), first);
        say("C " + conversation + " " + micros());
        return journal;
    }

    private Journal open(Path file) throws IOException {
        return journals.open(file, this::found, new NotedDamage());
    }

    private void found(JournalLine line) {
        if (line.json().has("n")) {
            last = Math.max(last, line.json().get("n").getAsInt());
        }
    }

    /** As the store does: what refuses, or failed, is closed and opened again. */
    private Optional<Journal> again(Journal journal) {
        room.acquireUninterruptibly(WAITING);
        try {
            journal.close();
        } catch (IOException e) {
            // What it means is found on opening.
        }
        room.release(WAITING);
        failed = false;
        Optional<Journal> opened =
                tried(() -> open(journals.find(folder, name(conversation)).orElseThrow()));
        opened.ifPresent(again -> say("O " + conversation));
        return opened;
    }

    private void append(Journal journal, int n) {
        boolean delta = WrittenLine.isDelta(n);
        room.acquireUninterruptibly();
        journal.append(WrittenLine.body(n), delta ? Durability.WRITTEN : Durability.FORCED)
                .whenComplete((seq, failure) -> {
                    if (failure != null) {
                        failed = true;
                        say("F " + conversation + " " + n);
                    } else {
                        say(delta ? "W " + conversation + " " + n : "A " + conversation + " " + n + " " + micros());
                    }
                    room.release();
                });
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void say(String line) {
        out.println(line);
    }
}
