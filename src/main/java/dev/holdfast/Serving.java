package dev.holdfast;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee11.servlet.ResourceServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The program behind a Jetty of its own. */
final class Serving implements AutoCloseable {
    private static final int MOST_THREADS = 64;

    /** Streams are many and small; Jetty's own 32 kB each would be what they mostly cost. */
    private static final int OUTPUT_BUFFER = 4096;

    private static final int STOP_MILLIS = 4000;

    private final Server server;
    private final ServerConnector connector;
    private final CompletableFuture<Holdfast> program;

    private Serving(CompletableFuture<Holdfast> program, Settings settings) {
        this.program = program;
        QueuedThreadPool pool = new QueuedThreadPool(MOST_THREADS, 4);
        pool.setName("holdfast-http");
        server = new Server(pool);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setOutputBufferSize(OUTPUT_BUFFER);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.required(Option.HOST));
        connector.setPort(settings.integer(Option.PORT));
        server.addConnector(connector);
        server.setHandler(context());
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(STOP_MILLIS);
    }

    /** A start is mostly the loading of classes: the server's can load while the command line and the settings are read. */
    static void load() {
        Server server = new Server();
        server.addConnector(new ServerConnector(server, 1, 1));
        server.setHandler(new ServletContextHandler(ServletContextHandler.NO_SESSIONS));
    }

    private ServletContextHandler context() {
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
        URI files = URI.create(Objects.requireNonNull(
                        Serving.class.getResource("/webapp/css/page.css"), "the page is missing from the class path")
                .toString()
                .replaceFirst("css/page\\.css$", ""));
        context.setBaseResource(ResourceFactory.of(context).newResource(files));
        context.setProtectedTargets(new String[] {"/WEB-INF", "/META-INF"});
        context.setErrorHandler(new PlainErrors());
        ServletHolder holder = new ServletHolder("default", ResourceServlet.class);
        holder.setInitParameter("dirAllowed", "false");
        holder.setInitParameter("etags", "true");
        context.addServlet(holder, "/");
        context.addEventListener(
                new HoldfastListener(registered -> program.join().register(registered)));
        return context;
    }

    /**
     * Starts listening, for a program that may still be starting: the two load side by side, which nearly halves the time
     * to the first answer. The program is closed with the server, also if this fails.
     *
     * @throws IOException if the port or the data folder cannot be had; the message is a sentence
     */
    static Serving start(Settings settings, CompletableFuture<Holdfast> program) throws IOException {
        Serving serving = new Serving(program, settings);
        try {
            serving.server.start();
        } catch (Exception e) {
            serving.close();
            serving.rethrowIfProgramFailed();
            throw e instanceof IOException refused
                    ? new IOException(
                            "Cannot listen on " + settings.required(Option.HOST) + " port "
                                    + settings.integer(Option.PORT) + ": "
                                    + (refused.getCause() == null ? refused : refused.getCause()).getMessage()
                                    + ". Choose another with --port.",
                            refused)
                    : new IOException("The server could not start: " + e, e);
        }
        program.join().listeningAt(serving.address());
        return serving;
    }

    private void rethrowIfProgramFailed() throws IOException {
        try {
            program.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Where this machine reaches it; without a slash at the end. */
    URI address() {
        String host = connector.getHost();
        boolean any = host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
        String name = any ? "127.0.0.1" : host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + connector.getLocalPort());
    }

    void join() throws InterruptedException {
        server.join();
    }

    /**
     * Stops listening, sends the readers of event streams away (the server would wait for them), then closes the program.
     */
    @Override
    public void close() throws IOException {
        connector.close();
        boolean started = !program.handle((running, failure) -> failure != null).join();
        if (started) {
            program.join().conversations().close();
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The server did not stop as it should: " + e, e);
        } finally {
            if (started) {
                program.join().close();
            }
        }
    }
}
