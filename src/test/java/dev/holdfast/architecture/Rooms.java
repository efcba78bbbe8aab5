package dev.holdfast.architecture;

import java.util.List;

/**
 * The plan of the house, as data: which rooms (packages) there are, who may import whom, and what may be reached from
 * few places only. {@link RoomRules} makes rules of it; README's table of packages is held against {@link #TABLE}.
 *
 * <p>Names are relative to the root package: {@code store} is a room with all its subpackages, {@code config.Settings}
 * one class, {@link #ROOT} the root package itself, where everything is put together.
 */
public final class Rooms {
    /** The root package, {@code dev.holdfast}: may import every room, and is imported by none. */
    public static final String ROOT = "";

    /** All rooms, from the ground up. */
    public static final List<Room> TABLE = List.of(
            new Room("conversation", List.of()),
            new Room("config", List.of()),
            new Room("journal", List.of()),
            new Room("protect", List.of("conversation", "journal")),
            new Room("store", List.of("conversation", "config", "journal", "protect")),
            new Room("window", List.of("conversation")),
            new Room("model", List.of("conversation", "config")),
            new Room("mail", List.of("config")),
            new Room("agent", List.of("conversation", "config", "protect", "store", "window", "model")),
            new Room("lifecycle", List.of("conversation", "config", "protect", "store", "window", "agent", "mail")),
            new Room("web", List.of("conversation", "config", "lifecycle")),
            new Room(
                    "cli",
                    List.of(
                            "conversation",
                            "config",
                            "journal",
                            "protect",
                            "store",
                            "window",
                            "model",
                            "mail",
                            "agent",
                            "lifecycle")));

    /** What is reached from few places only. */
    public static final List<Door> DOORS = List.of(
            new Door(
                    "files",
                    List.of(
                            "java.nio.file.Files",
                            "java.nio.file.FileSystems",
                            "java.nio.file.attribute..",
                            "java.nio.channels.FileChannel",
                            "java.nio.channels.FileLock",
                            "java.nio.channels.AsynchronousFileChannel",
                            "java.io.File",
                            "java.io.FileInputStream",
                            "java.io.FileOutputStream",
                            "java.io.FileReader",
                            "java.io.FileWriter",
                            "java.io.RandomAccessFile"),
                    // Settings reads the settings file, which is none of the data folder's; an index can be rebuilt,
                    // and
                    // Lucene has its own ways to the disk.
                    List.of("journal", "config.Settings", "store.IndexFolder")),
            new Door("databases", List.of("java.sql..", "javax.sql..", "jakarta.persistence.."), List.of()),
            new Door("servlets", List.of("jakarta.servlet.."), List.of("web", ROOT)),
            new Door("Jetty, which the WAR leaves out", List.of("org.eclipse.jetty.."), List.of(ROOT)),
            new Door(
                    "the terminal, which the WAR leaves out",
                    List.of("picocli..", "org.jline.."),
                    List.of("cli", ROOT)),
            new Door("templates", List.of("org.thymeleaf.."), List.of("web", ROOT)),
            new Door("Markdown and HTML", List.of("org.commonmark..", "org.owasp.."), List.of("web", ROOT)),
            new Door("e-mail", List.of("jakarta.mail..", "org.eclipse.angus.."), List.of("mail")),
            new Door("other servers", List.of("java.net.http.."), List.of("model", ROOT)));

    /** Time, chance and threads: only {@link #ROOT} makes them, and hands them to everybody else. */
    public static final List<HandedIn> HANDED_IN = List.of(
            new HandedIn("java.lang.System", "currentTimeMillis", Calls.ALL),
            new HandedIn("java.lang.System", "nanoTime", Calls.ALL),
            new HandedIn("java.time.temporal.TemporalAccessor", "now", Calls.ALL),
            new HandedIn("java.time.Clock", "system*", Calls.ALL),
            new HandedIn("java.time.Clock", "tick*", Calls.ALL),
            new HandedIn("java.util.Date", "<init>", Calls.WITHOUT_ARGUMENTS),
            new HandedIn("java.util.Calendar", "getInstance", Calls.ALL),
            new HandedIn("java.util.random.RandomGenerator", "<init>", Calls.WITHOUT_ARGUMENTS),
            new HandedIn("java.util.random.RandomGenerator", "getDefault", Calls.ALL),
            new HandedIn("java.security.SecureRandom", "getInstance*", Calls.ALL),
            new HandedIn("java.lang.Math", "random", Calls.ALL),
            new HandedIn("java.util.UUID", "randomUUID", Calls.ALL),
            new HandedIn("java.util.concurrent.ThreadLocalRandom", "current", Calls.ALL),
            new HandedIn("java.util.concurrent.Executors", "new*", Calls.ALL),
            new HandedIn("java.util.concurrent.ExecutorService", "<init>", Calls.ALL),
            new HandedIn("java.util.concurrent.ForkJoinPool", "commonPool", Calls.ALL),
            new HandedIn("java.lang.Thread", "<init>", Calls.ALL));

    private Rooms() {}

    /** @param mayImport the rooms whose classes may be used in this one, besides its own */
    public record Room(String name, List<String> mayImport) {}

    /**
     * Something that is reached from few places only.
     *
     * @param what names it in a sentence
     * @param behind full names: of a class with its nested classes, or, ending in {@code ..}, of a package with all below
     * @param by rooms and classes that may use it
     */
    public record Door(String what, List<String> behind, List<String> by) {}

    /**
     * A method or constructor that only {@link #ROOT} calls. A call that is handed a {@code java.time.Clock} is free.
     *
     * @param owner full name of the class that it is called on, or of a type above that
     * @param name {@code <init>} for a constructor; ending in {@code *}, the beginning of a name
     */
    public record HandedIn(String owner, String name, Calls calls) {}

    /** Which overloads are meant. */
    public enum Calls {
        ALL,
        WITHOUT_ARGUMENTS
    }
}
