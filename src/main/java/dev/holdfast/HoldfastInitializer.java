package dev.holdfast;

import dev.holdfast.config.Settings;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Registers the program's routes with a servlet container: with the one inside the jar, whose maker hands in a running
 * program, or with a stock one, which finds this class in the WAR by its name under {@code META-INF/services}.
 */
public final class HoldfastInitializer implements ServletContainerInitializer {
    private final Consumer<ServletContext> routes;

    /** For a stock container: the program begins and ends with the web application, and is set by the environment. */
    public HoldfastInitializer() {
        this(HoldfastInitializer::startWith);
    }

    /** @param routes registers the routes of a program that whoever started it also ends */
    HoldfastInitializer(Consumer<ServletContext> routes) {
        this.routes = routes;
    }

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        routes.accept(context);
    }

    private static void startWith(ServletContext context) {
        Holdfast program = Holdfast.start(Settings.of(Map.of(), System.getenv()));
        try {
            program.register(context);
            context.addListener(new ServletContextListener() {
                @Override
                public void contextDestroyed(ServletContextEvent event) {
                    program.close();
                }
            });
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }
}
