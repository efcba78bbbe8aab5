package dev.holdfast.web;

import dev.holdfast.web.view.PageMessages;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.WebApplicationTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Renders templates out of {@code /WEB-INF/templates}. Thread-safe. */
final class Pages {
    private final JakartaServletWebApplication application;
    private final TemplateEngine engine = new TemplateEngine();
    private final PageMessages messages;

    /** @param work loads the template engine while the server goes on starting */
    Pages(ServletContext context, Executor work) {
        application = JakartaServletWebApplication.buildApplication(context);
        WebApplicationTemplateResolver resolver = new WebApplicationTemplateResolver(application);
        resolver.setPrefix("/WEB-INF/templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        engine.setTemplateResolver(resolver);
        messages = PageMessages.load(context::getResourceAsStream, List.of());
        engine.setMessageResolver(messages);
        work.execute(engine::getConfiguration);
    }

    /** Answers with a page, or with a piece of one that has a template of its own. */
    void send(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String template,
            Map<String, Object> variables)
            throws IOException {
        write(response, status, engine.process(template, context(request, response, variables)));
    }

    private WebContext context(
            HttpServletRequest request, HttpServletResponse response, Map<String, Object> variables) {
        return new WebContext(
                application.buildExchange(request, response),
                messages.choose(Collections.list(request.getLocales())),
                variables);
    }

    private static void write(HttpServletResponse response, int status, String html) throws IOException {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
