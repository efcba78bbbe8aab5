package dev.holdfast.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection to a reader that takes as much as the test says. */
final class HandConnection extends ServletOutputStream {
    /** What was written, as it was written. */
    final List<String> written = new ArrayList<>();

    WriteListener listener;
    boolean ready = true;
    boolean broken;
    boolean takesOne;
    int completed;

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
    public void write(ByteBuffer buffer) throws IOException {
        if (listener == null) {
            throw new AssertionError("written before the container was ready");
        }
        if (broken) {
            throw new IOException("the reader has gone");
        }
        String text = StandardCharsets.UTF_8.decode(buffer).toString();
        written.add(text);
        ready = !takesOne;
    }

    /** All that was written. */
    String text() {
        return String.join("", written);
    }
}
