package dev.holdfast.bench;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The opponent: all conversations in one table of one SQLite database, with a write-ahead log that each commit forces
 * ({@code journal_mode=WAL}, {@code synchronous=FULL}).
 */
final class SqliteLines {
    private static final String INSERT = "INSERT INTO line (conversation, seq, body) VALUES (?, ?, ?)";

    private record Line(int conversation, long seq, String body, CompletableFuture<Long> written) {}

    private final Path file;
    private final int conversations;
    private final List<String> bodies;
    private final long[] seqs;

    SqliteLines(Path folder, int conversations, List<JsonObject> bodies) throws SQLException {
        this.file = folder.resolve("lines.db");
        this.conversations = conversations;
        this.bodies = bodies.stream().map(JsonObject::toString).toList();
        this.seqs = new long[conversations];
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE line (conversation INTEGER, seq INTEGER, body TEXT NOT NULL,"
                    + " PRIMARY KEY (conversation, seq)) WITHOUT ROWID");
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA busy_timeout=60000");
        }
        return connection;
    }

    private Line next(int conversation) {
        long seq = ++seqs[conversation];
        String body = bodies.get((int) ((seq + conversation) % bodies.size()));
        return new Line(conversation, seq, body, new CompletableFuture<>());
    }

    private static void insert(PreparedStatement insert, Line line) throws SQLException {
        insert.setInt(1, line.conversation());
        insert.setLong(2, line.seq());
        insert.setString(3, line.body());
        insert.executeUpdate();
    }

    /**
     * A commit an append, each conversation by a thread and a connection of its own. They take turns at a lock of ours:
     * left to SQLite's busy handler, which sleeps, they get no more done, and some of them nothing for seconds.
     */
    double rate() throws Exception {
        List<Connection> connections = new ArrayList<>();
        List<AppendRate.Waiting> appends = new ArrayList<>();
        Object turn = new Object();
        for (int i = 0; i < conversations; i++) {
            int conversation = i;
            Connection connection = connect();
            connections.add(connection);
            PreparedStatement insert = connection.prepareStatement(INSERT);
            appends.add(() -> {
                Line line = next(conversation);
                synchronized (turn) {
                    insert(insert, line);
                }
            });
        }
        try {
            return AppendRate.ofWaiting(appends);
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /** One connection; what has come while a commit was under way is the next one. */
    double rateBatched() throws Exception {
        BlockingQueue<Line> waiting = new LinkedBlockingQueue<>();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            writer.execute(() -> commitAll(waiting, connection, insert));
            List<AppendRate.CalledBack> appends = new ArrayList<>();
            for (int i = 0; i < conversations; i++) {
                int conversation = i;
                appends.add(() -> {
                    Line line = next(conversation);
                    waiting.add(line);
                    return line.written();
                });
            }
            return AppendRate.ofCalledBack(appends);
        } finally {
            writer.shutdownNow();
        }
    }

    private static void commitAll(BlockingQueue<Line> waiting, Connection connection, PreparedStatement insert) {
        List<Line> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                batch.add(waiting.take());
                waiting.drainTo(batch);
                for (Line line : batch) {
                    insert(insert, line);
                }
                connection.commit();
                batch.forEach(line -> line.written().complete(line.seq()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            batch.forEach(line -> line.written().completeExceptionally(e));
        }
    }
}
