package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that knows what was forced, and can lose power.
 *
 * <p>It holds everything twice: as the system shows it, and as it is on the medium. {@link #crash} makes the disk that
 * is found when the power is back. Each write and cut of a file since its last force is, by a seeded choice, kept,
 * lost, torn or (in length only) there as NUL bytes. Of the changes to folders since they were forced the first few are
 * kept, for file systems keep them in order; those that touch a forced folder are all kept. The disk that crashed is
 * not changed, so many seeds can be tried at one point.
 */
public final class MemoryDisk implements Disk {
    private final Map<Path, Node> seen = new TreeMap<>();
    private final Map<Path, Node> durable = new TreeMap<>();
    private final List<Change> unforced = new ArrayList<>();
    private final Set<Path> distrusted = ConcurrentHashMap.newKeySet();
    private Runnable beforeChange = () -> {};

    /** Has the root folder and nothing else. */
    public MemoryDisk() {
        Path root = Path.of("/").toAbsolutePath();
        Node node = new Node(true);
        seen.put(root, node);
        durable.put(root, node);
    }

    /** Runs {@code action} before everything that changes the disk; it may call {@link #crash}. */
    public synchronized void beforeEachChange(Runnable action) {
        beforeChange = action;
    }

    /** Puts a file there as if it had been forced long ago, its folders too. */
    public synchronized void put(Path file, byte[] content) {
        for (Path folder = key(file).getParent(); folder != null; folder = folder.getParent()) {
            seen.computeIfAbsent(folder, f -> new Node(true));
            durable.put(folder, seen.get(folder));
        }
        Node node = new Node(false);
        node.seen = content.clone();
        node.durable = content.clone();
        seen.put(key(file), node);
        durable.put(key(file), node);
    }

    /** What a reader would find in the file now. */
    public synchronized byte[] bytes(Path file) {
        return seen.get(key(file)).seen.clone();
    }

    /** The disk after a power cut at this moment. */
    public synchronized MemoryDisk crash(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Map<Path, Node> left = new TreeMap<>(durable);
        int kept = unforced.isEmpty() ? 0 : random.nextInt(unforced.size() + 1);
        unforced.subList(0, kept).forEach(change -> change.apply(left));
        MemoryDisk after = new MemoryDisk();
        Map<Node, Node> survivors = new IdentityHashMap<>();
        left.forEach((path, node) -> {
            if (path.getParent() != null && after.seen.containsKey(path.getParent())) {
                Node survivor = survivors.computeIfAbsent(node, n -> n.survivor(random));
                after.seen.put(path, survivor);
                after.durable.put(path, survivor);
            }
        });
        return after;
    }

    /** The disk as the next process finds it if this one is killed at this moment: the power stays on. */
    public synchronized MemoryDisk killed() {
        MemoryDisk after = new MemoryDisk();
        Map<Node, Node> copies = new IdentityHashMap<>();
        seen.forEach((path, node) -> after.seen.put(path, copies.computeIfAbsent(node, Node::copy)));
        durable.forEach((path, node) -> after.durable.put(path, copies.computeIfAbsent(node, Node::copy)));
        for (Change change : unforced) {
            Node node = change.node() == null ? null : copies.computeIfAbsent(change.node(), Node::copy);
            after.unforced.add(new Change(change.from(), change.to(), node));
        }
        return after;
    }

    @Override
    public synchronized void createFolders(Path folder) throws IOException {
        Path path = key(folder);
        if (path.getParent() == null) {
            return;
        }
        if (!seen.containsKey(path)) {
            if (!seen.containsKey(path.getParent())) {
                createFolders(path.getParent());
            }
            change(new Change(null, path, new Node(true)));
        } else if (!seen.get(path).folder) {
            throw new FileSystemException(folder.toString(), null, "is not a folder");
        }
        forceFolder(path.getParent());
    }

    @Override
    public synchronized List<Path> list(Path folder) {
        return seen.keySet().stream()
                .filter(path -> key(folder).equals(path.getParent()))
                .map(path -> folder.resolve(path.getFileName()))
                .toList();
    }

    @Override
    public synchronized boolean exists(Path path) {
        return seen.containsKey(key(path));
    }

    /** A file is taken to be modified whenever its size changes. */
    @Override
    public synchronized State state(Path file) throws IOException {
        return new State(require(file).seen.length, 0);
    }

    @Override
    public synchronized DiskFile create(Path file) throws IOException {
        if (exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        requireFolder(key(file).getParent());
        Node node = new Node(false);
        change(new Change(null, key(file), node));
        return new MemoryFile(node);
    }

    @Override
    public synchronized DiskFile open(Path file) throws IOException {
        return new MemoryFile(require(file));
    }

    @Override
    public DiskFile openToRead(Path file) throws IOException {
        return open(file);
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        Node node = require(from);
        requireFolder(key(to).getParent());
        change(new Change(key(from), key(to), node));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        require(file);
        change(new Change(key(file), null, null));
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        requireFolder(key(folder));
        beforeChange.run();
        unforced.stream().filter(change -> change.touches(key(folder))).forEach(change -> change.apply(durable));
        unforced.removeIf(change -> change.touches(key(folder)));
    }

    @Override
    public Set<Path> distrusted() {
        return distrusted;
    }

    private void change(Change change) {
        beforeChange.run();
        change.apply(seen);
        unforced.add(change);
    }

    private Node require(Path file) throws IOException {
        Node node = seen.get(key(file));
        if (node == null) {
            throw new NoSuchFileException(file.toString());
        }
        if (node.folder) {
            throw new FileSystemException(file.toString(), null, "is not a regular file");
        }
        return node;
    }

    private void requireFolder(Path folder) throws IOException {
        if (!seen.containsKey(folder) || !seen.get(folder).folder) {
            throw new NoSuchFileException(folder.toString());
        }
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Of a folder's entries: a new one, a moved one ({@code from} and {@code to}) or a deleted one. */
    private record Change(Path from, Path to, Node node) {
        void apply(Map<Path, Node> entries) {
            if (from != null) {
                entries.remove(from);
            }
            if (to != null) {
                entries.put(to, node);
            }
        }

        boolean touches(Path folder) {
            return from != null && folder.equals(from.getParent()) || to != null && folder.equals(to.getParent());
        }
    }

    /** Of a file's content; {@code bytes} are null for a cut to the size {@code at}. */
    private record Write(int at, byte[] bytes) {
        byte[] applyTo(byte[] content) {
            if (bytes == null) {
                return at < content.length ? Arrays.copyOf(content, at) : content;
            }
            byte[] result = Arrays.copyOf(content, Math.max(content.length, at + bytes.length));
            System.arraycopy(bytes, 0, result, at, bytes.length);
            return result;
        }

        /** One of the things that a power cut can make of it. */
        byte[] applyByChoice(byte[] content, RandomGenerator random) {
            int choice = random.nextInt(4);
            if (choice == 0) {
                return content;
            }
            if (bytes == null || choice == 1) {
                return applyTo(content);
            }
            if (choice == 2) {
                return new Write(at, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))).applyTo(content);
            }
            return new Write(at, new byte[bytes.length]).applyTo(content);
        }
    }

    private static final class Node {
        private final boolean folder;
        private final List<Write> unforced = new ArrayList<>();
        private byte[] seen = {};
        private byte[] durable = {};

        Node(boolean folder) {
            this.folder = folder;
        }

        Node copy() {
            Node copy = new Node(folder);
            copy.unforced.addAll(unforced);
            copy.seen = seen;
            copy.durable = durable;
            return copy;
        }

        Node survivor(RandomGenerator random) {
            byte[] content = durable;
            for (Write write : unforced) {
                content = write.applyByChoice(content, random);
            }
            Node survivor = new Node(folder);
            survivor.seen = content;
            survivor.durable = content;
            return survivor;
        }
    }

    /** An open file, which outlives its name. */
    final class MemoryFile implements DiskFile {
        private final Node node;

        private MemoryFile(Node node) {
            this.node = node;
        }

        @Override
        public int read(ByteBuffer target, long position) {
            synchronized (MemoryDisk.this) {
                if (position >= node.seen.length) {
                    return -1;
                }
                int length = Math.min(target.remaining(), node.seen.length - (int) position);
                target.put(node.seen, (int) position, length);
                return length;
            }
        }

        @Override
        public int write(ByteBuffer source, long position) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            apply(new Write((int) position, bytes));
            return bytes.length;
        }

        @Override
        public void truncate(long size) {
            apply(new Write((int) size, null));
        }

        private void apply(Write write) {
            synchronized (MemoryDisk.this) {
                beforeChange.run();
                node.seen = write.applyTo(node.seen);
                node.unforced.add(write);
            }
        }

        @Override
        public void force() {
            synchronized (MemoryDisk.this) {
                beforeChange.run();
                node.unforced.forEach(write -> node.durable = write.applyTo(node.durable));
                node.unforced.clear();
            }
        }

        /** What a failed force does: the content goes on being shown, and will never be on the medium. */
        void forgetUnforced() {
            synchronized (MemoryDisk.this) {
                node.unforced.clear();
            }
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return node.seen.length;
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
