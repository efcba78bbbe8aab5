package dev.holdfast.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection to a reader that takes as much as the test says. */
final class HandConnection extends ServletOutputStream {
    /** What came between two flushes, whole flushes only. */
    final List<String> flushed = new ArrayList<>();

    WriteListener listener;
    boolean ready = true;
    boolean broken;
    boolean takesOne;
    int completed;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int flushedBytes;

    AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    completed += method.getName().equals("complete") ? 1 : 0;
                    return null;
                });
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void setWriteListener(WriteListener writeListener) {
        listener = writeListener;
    }

    @Override
    public void write(int b) {
        throw new AssertionError("byte by byte");
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (listener == null) {
            throw new AssertionError("written before the container was ready");
        }
        if (broken) {
            throw new IOException("the reader has gone");
        }
        taken.write(bytes);
        ready = !takesOne;
    }

    @Override
    public void flush() {
        flushed.add(text().substring(flushedBytes));
        flushedBytes = text().length();
    }

    /** All that was written. Only text of one byte a character can be told apart by flush. */
    String text() {
        return taken.toString(StandardCharsets.UTF_8);
    }
}
