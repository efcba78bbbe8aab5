package dev.holdfast;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP/1.1 request, byte for byte as the test has it: a well-behaved client would refuse to send half of what the
 * server has to stand. Each has a connection of its own.
 */
public final class Ask {
    private static final int PATIENCE_MILLIS = 20_000;

    private final URI address;
    private final String method;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = {};
    private boolean saysLength = true;

    /** @param target what stands in the request line; nothing is encoded */
    public Ask(URI address, String method, String target) {
        this.address = address;
        this.method = method;
        this.target = target;
        headers.put("Host", address.getAuthority());
        headers.put("Accept", "text/html");
    }

    /** Sets a header, in the place of one with the same name. */
    public Ask header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Asks as a program does. */
    public Ask json() {
        return header("Accept", "application/json");
    }

    /** Sends fields. */
    public Ask form(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(encode(namesAndValues[i]));
            form.append('=').append(encode(namesAndValues[i + 1]));
        }
        return body("application/x-www-form-urlencoded", form.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes as they are. */
    public Ask body(String type, byte[] bytes) {
        header("Content-Type", type);
        body = bytes;
        return this;
    }

    /** Does not say how long the body is. */
    public Ask withoutLength() {
        saysLength = false;
        return this;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Sends it and reads the answer to its end. */
    public Answer send() {
        headers.put("Connection", "close");
        try (Socket socket = open()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            AnswerHead head = AnswerHead.read(in);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            if (!method.equals("HEAD")) {
                readToItsEnd(head.body(in), content);
            }
            return new Answer(head.status(), head.headers(), content.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    private void readToItsEnd(InputStream in, OutputStream content) throws IOException {
        long begun = System.nanoTime();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            content.write(buffer, 0, read);
            if (System.nanoTime() - begun > PATIENCE_MILLIS * 1_000_000L) {
                throw new AssertionError("the answer to " + method + " " + target + " does not end");
            }
        }
    }

    /** Sends it; what comes is left to the caller, who closes the connection. */
    public Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (saysLength && (body.length > 0 || method.equals("POST"))) {
            headers.putIfAbsent("Content-Length", Integer.toString(body.length));
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        OutputStream out = socket.getOutputStream();
        out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return socket;
    }
}
