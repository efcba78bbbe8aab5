package dev.holdfast.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The reference: the least that a Java program with Jetty and Thymeleaf can be. One servlet renders one template; no
 * sessions, no files, no threads of its own.
 */
public final class BareJetty {
    private static final String TEMPLATE = """
            <!DOCTYPE html>
            <html lang="en">
              <head><meta charset="utf-8"><title th:text="${title}">Title</title></head>
              <body><ol><li th:each="word : ${words}" th:text="${word}">word</li></ol></body>
            </html>
            """;

    private BareJetty() {}

    public static void main(String[] args) throws Exception {
        ServletContextHandler handler = new ServletContextHandler();
        handler.addServlet(new ServletHolder(new Page()), "");
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.setStopAtShutdown(true);
        server.start();
        System.out.println("Bare Jetty is ready: http://127.0.0.1:" + connector.getLocalPort() + "/");
        server.join();
    }

    private static final class Page extends HttpServlet {
        private final transient TemplateEngine engine = new TemplateEngine();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/html;charset=UTF-8");
            Map<String, Object> values = Map.of("title", "Bare Jetty", "words", List.of("paper", "ink", "post"));
            engine.process(TEMPLATE, new Context(Locale.ENGLISH, values), response.getWriter());
        }
    }
}
