package dev.holdfast.cli;

import dev.holdfast.journal.FolderSocket;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets operators reach the process that has the data folder, so that no command works on a file that this process works
 * on too: orders come in by the folder's socket and are carried out here. See {@link OperatorProtocol}. Thread-safe.
 */
public final class OperatorDoor implements AutoCloseable {
    /** So many orders are carried out at once; others wait. */
    public static final int MOST_AT_ONCE = 2;

    /** Who says nothing for so long is sent away. */
    private static final int SECONDS_TO_ORDER = 10;

    private static final Logger LOG = LoggerFactory.getLogger(OperatorDoor.class);

    private final OperatorDesk desk;
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Set<OperatorConnection> connections = new HashSet<>();
    /** Null if there is none. */
    private FolderSocket socket;

    private boolean closed;

    private OperatorDoor(OperatorDesk desk, Executor threads, ScheduledExecutorService timer) {
        this.desk = desk;
        this.threads = threads;
        this.timer = timer;
    }

    /**
     * Opens it. Where there can be no socket the log says so, and the process goes on without.
     *
     * @param folder the data folder; this process holds its lock
     * @param threads at least {@link #MOST_AT_ONCE} and one more; nobody interrupts them
     */
    public static OperatorDoor open(Path folder, OperatorDesk desk, Executor threads, ScheduledExecutorService timer) {
        OperatorDoor door = new OperatorDoor(desk, threads, timer);
        try {
            FolderSocket socket = FolderSocket.open(folder);
            door.socket = socket;
            threads.execute(() -> door.accept(socket));
        } catch (IOException e) {
            LOG.warn("Operator commands on this folder need this process to be stopped: {}", e.getMessage());
        }
        return door;
    }

    private void accept(FolderSocket socket) {
        try {
            while (true) {
                admit(socket.accept());
            }
        } catch (ClosedChannelException e) {
            // It was closed.
        } catch (IOException e) {
            LOG.warn("Operator commands are not heard for a second: {}", e.toString());
            timer.schedule(() -> threads.execute(() -> accept(socket)), 1, TimeUnit.SECONDS);
        }
    }

    private void admit(SocketChannel channel) {
        OperatorConnection connection = new OperatorConnection(channel);
        try {
            if (enter(connection) > MOST_AT_ONCE) {
                connection.err("Other operator commands are running here. This one waits for them.");
            }
        } catch (Report.Gone e) {
            LOG.debug("Somebody who was to wait has gone", e);
        }
        threads.execute(() -> serve(connection));
    }

    /** How many there are now. */
    private synchronized int enter(OperatorConnection connection) {
        if (closed) {
            sendAway(connection);
        }
        connections.add(connection);
        return connections.size();
    }

    private void serve(OperatorConnection connection) {
        try (connection) {
            Optional<Order> order = order(connection);
            if (order.isPresent()) {
                int status = desk.run(order.get(), connection);
                leave(connection);
                connection.exit(status);
            }
        } catch (IOException | Report.Gone e) {
            LOG.debug("An operator's command ended early", e);
        } finally {
            leave(connection);
        }
    }

    private Optional<Order> order(OperatorConnection connection) throws IOException {
        Future<?> patience = timer.schedule(() -> sendAway(connection), SECONDS_TO_ORDER, TimeUnit.SECONDS);
        try {
            return connection.order();
        } finally {
            patience.cancel(false);
        }
    }

    /** Its order works on nothing any more. */
    private synchronized void leave(OperatorConnection connection) {
        connections.remove(connection);
        notifyAll();
    }

    private static void sendAway(OperatorConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("A connection was not closed as it should", e);
        }
    }

    /**
     * Lets nobody in any more. Orders that are being carried out end after the conversation that they are at; this
     * waits for them. To be called before what they work on is closed.
     */
    @Override
    public void close() throws IOException {
        try {
            if (socket != null) {
                socket.close();
            }
        } finally {
            closeConnections();
        }
    }

    private synchronized void closeConnections() {
        closed = true;
        List.copyOf(connections).forEach(OperatorDoor::sendAway);
        boolean interrupted = false;
        while (!connections.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
