package dev.holdfast.web.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.FileTemplateResolver;

/** The project's own webapp folder, rendered without a server. */
final class WebApp {
    static final Path ROOT = Path.of("webapp");

    /** Where the application is said to be mounted, so that links that forget it are seen. */
    static final String MOUNT = "/mount";

    private final TemplateEngine engine = new TemplateEngine();

    WebApp() {
        FileTemplateResolver resolver = new FileTemplateResolver();
        resolver.setPrefix(ROOT.resolve("WEB-INF/templates") + "/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        engine.setTemplateResolver(resolver);
        engine.setMessageResolver(PageMessages.load(WebApp::open, List.of()));
        engine.setLinkBuilder(new StandardLinkBuilder() {
            @Override
            protected String computeContextPath(
                    IExpressionContext context, String base, Map<String, Object> parameters) {
                return MOUNT;
            }

            @Override
            protected String processLink(IExpressionContext context, String link) {
                return link;
            }
        });
    }

    String render(String template, Map<String, Object> variables) {
        return engine.process(template, new Context(Locale.ENGLISH, variables));
    }

    static InputStream open(String path) {
        try {
            Path file = ROOT.resolve(path.substring(1));
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
