package dev.holdfast;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.logging.JettyLogger;
import org.eclipse.jetty.logging.JettyLoggerFactory;
import org.eclipse.jetty.logging.StdErrAppender;
import org.slf4j.LoggerFactory;

/** What the program and its libraries log, until it is closed; it is printed nowhere else meanwhile. */
public final class CapturedLog implements AutoCloseable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StdErrAppender appender;
    private final PrintStream before;

    private CapturedLog(StdErrAppender appender) {
        this.appender = appender;
        this.before = appender.getStream();
        appender.setStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    public static CapturedLog begin() {
        JettyLoggerFactory factory = (JettyLoggerFactory) LoggerFactory.getILoggerFactory();
        JettyLogger any = factory.getJettyLogger("dev.holdfast");
        return new CapturedLog((StdErrAppender) any.getAppender());
    }

    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        appender.setStream(before);
    }
}
