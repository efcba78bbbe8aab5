package dev.holdfast.bench;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The reference for streams: one asynchronous servlet that writes to its readers, and nothing else. What it writes has the
 * bytes of {@link StreamingSite}, gathered for as long, and is made once for all readers of a turn. No turn is kept, looked
 * through or asked for of anybody.
 */
public final class BareStreams {
    /** How long text waits to be told with more: in the program a tenth of a second and the span in which it wakes many. */
    private static final int GATHERED_MILLIS = 110;

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
    private final List<Turn> running = new ArrayList<>();
    private final Pacer tokens = new Pacer();
    private final Pacer flushes = new Pacer();

    private BareStreams() {}

    /** One that is told to many. */
    private static final class Turn {
        private final List<Reader> readers = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private long tokens;
        private long at;

        synchronized void say(int length) {
            text.append(Token.now(length));
            tokens++;
        }

        synchronized void flush() {
            if (text.isEmpty()) {
                return;
            }
            String data = "data: {\"id\":\"m2\",\"block\":0,\"kind\":\"text\",\"at\":" + at + ",\"text\":\"" + text
                    + "\"}\n\n";
            at += text.length();
            text.setLength(0);
            tell("id: 2.0." + at + "\nevent: delta\n" + data);
        }

        synchronized void complete() {
            flush();
            tell("id: 3\nevent: done\ndata: {\"id\":\"m2\",\"state\":\"complete\",\"usage\":{\"input\":1,\"output\":"
                    + tokens + "}}\n\n");
        }

        /** A reader who has gone is noticed by a write only, and is nobody's to write to any more. */
        void end() {
            readers.forEach(Reader::end);
        }

        private void tell(String event) {
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
            readers.forEach(reader -> reader.say(bytes));
        }
    }

    private static final class Reader implements WriteListener {
        private final AsyncContext async;
        private final ServletOutputStream out;
        private final Runnable leave;
        private final Queue<byte[]> waiting = new ArrayDeque<>();
        private boolean busy = true;
        private boolean unflushed;
        private boolean ending;

        Reader(AsyncContext async, ServletOutputStream out, Turn turn) {
            this.async = async;
            this.out = out;
            this.leave = () -> turn.readers.remove(this);
        }

        synchronized void say(byte[] event) {
            waiting.add(event);
            if (!busy) {
                onWritePossible();
            }
        }

        synchronized void end() {
            ending = true;
            if (!busy) {
                onWritePossible();
            }
        }

        @Override
        public synchronized void onWritePossible() {
            try {
                busy = true;
                while (out.isReady()) {
                    byte[] next = waiting.poll();
                    if (next != null) {
                        out.write(next);
                        unflushed = true;
                    } else if (unflushed) {
                        unflushed = false;
                        out.flush();
                    } else {
                        busy = false;
                        if (ending) {
                            async.complete();
                        }
                        return;
                    }
                }
            } catch (IOException | IllegalStateException e) {
                onError(e);
            }
        }

        @Override
        public void onError(Throwable failure) {
            leave.run();
            async.complete();
        }
    }

    private final class Stream extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/event-stream;charset=utf-8");
            response.flushBuffer();
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            Turn turn = turns.computeIfAbsent(request.getRequestURI(), path -> new Turn());
            Reader reader = new Reader(async, response.getOutputStream(), turn);
            turn.readers.add(reader);
            response.getOutputStream().setWriteListener(reader);
        }
    }

    /** @param words {@code say PATH LENGTH GATHERED}: tokens of a length, each at once or several together */
    private void begin(String[] words) {
        Turn turn = turns.computeIfAbsent(words[1], path -> new Turn());
        int length = Integer.parseInt(words[2]);
        boolean gathered = Boolean.parseBoolean(words[3]);
        running.add(turn);
        tokens.every(Token.PERIOD_MILLIS, () -> {
            turn.say(length);
            if (!gathered) {
                turn.flush();
            }
        });
        if (gathered) {
            flushes.every(GATHERED_MILLIS, turn::flush);
        }
    }

    private void complete() {
        tokens.stopAll();
        flushes.stopAll();
        running.forEach(Turn::complete);
        running.forEach(Turn::end);
        running.clear();
        turns.clear();
    }

    public static void main(String[] args) throws Exception {
        BareStreams bare = new BareStreams();
        Server server = new Server(new QueuedThreadPool(64, 4));
        HttpConfiguration http = new HttpConfiguration();
        http.setOutputBufferSize(4096);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
        ServletHolder holder = new ServletHolder(bare.new Stream());
        holder.setAsyncSupported(true);
        handler.addServlet(holder, "/*");
        server.setHandler(handler);
        server.start();
        Orders.follow(
                URI.create("http://127.0.0.1:" + connector.getLocalPort()),
                Map.of("say", bare::begin, "complete", words -> bare.complete()));
        System.exit(0);
    }
}
