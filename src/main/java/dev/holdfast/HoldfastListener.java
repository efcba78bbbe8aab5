package dev.holdfast;

import dev.holdfast.config.Settings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Registers the program's routes with a servlet container: the one inside the jar, which is handed a running program, or
 * a stock one, which finds this class named in the WAR's {@code web.xml}.
 */
public final class HoldfastListener implements ServletContextListener {
    private final Consumer<ServletContext> routes;
    private Holdfast started;

    /** For a stock container: the program begins and ends with the web application, and is set by the environment. */
    public HoldfastListener() {
        this.routes = this::start;
    }

    /** @param routes registers the routes of a program that whoever started it also ends */
    HoldfastListener(Consumer<ServletContext> routes) {
        this.routes = routes;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        routes.accept(event.getServletContext());
    }

    /** A container calls this after a failed start, too. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (started != null) {
            try {
                started.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void start(ServletContext context) {
        try {
            started = Holdfast.start(Settings.of(Map.of(), System.getenv()), System.getenv());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        started.register(context);
    }
}
