package dev.holdfast.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies between a browser and a server, and can be pulled: all that was connected breaks off, and nothing new comes
 * through until it is plugged in again. Passes bytes on as they come. Safe for use by several threads.
 */
final class Cable implements AutoCloseable {
    private final URI server;
    private final ServerSocket socket;
    private final List<Socket> ends = new ArrayList<>();
    private boolean plugged = true;

    private Cable(URI server, ServerSocket socket) {
        this.server = server;
        this.socket = socket;
    }

    static Cable to(URI server) {
        try {
            Cable cable = new Cable(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            start(cable::accept);
            return cable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server is reached through it. */
    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    synchronized void pull() {
        plugged = false;
        ends.forEach(Cable::close);
        ends.clear();
    }

    synchronized void plug() {
        plugged = true;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                connect(socket.accept());
            } catch (IOException e) {
                // closed; or one that gave up before it was heard
            }
        }
    }

    private void connect(Socket near) throws IOException {
        Socket far = new Socket(server.getHost(), server.getPort());
        synchronized (this) {
            if (!plugged) {
                close(near);
                close(far);
                return;
            }
            ends.add(near);
            ends.add(far);
        }
        start(() -> pass(near, far));
        start(() -> pass(far, near));
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // pulled, or one of them has left
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pull();
    }
}
