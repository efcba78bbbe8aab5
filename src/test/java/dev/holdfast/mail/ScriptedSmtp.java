package dev.holdfast.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that answers what a test tells it to: for refusals and faults that no well-behaved server shows. */
final class ScriptedSmtp implements AutoCloseable {
    /** Instead of a reply: closes the connection. */
    static final String HANG_UP = "";
    /** Instead of a reply: says nothing more. */
    static final String SILENCE = "silence";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    private final Map<String, String> replies = new ConcurrentHashMap<>(Map.of(
            "CONNECT", "220 ready",
            "EHLO", "250 scripted",
            "AUTH", "235 welcome",
            "STARTTLS", "220 go ahead",
            "MAIL", "250 ok",
            "RCPT", "250 ok",
            "DATA", "354 go on",
            ".", "250 queued",
            "QUIT", "221 bye"));
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SSLContext tls;

    ScriptedSmtp(SSLContext tls) throws IOException {
        this.tls = tls;
        Thread thread = new Thread(this::accept, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    ScriptedSmtp reply(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    /** All lines that clients sent. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                converse(socket, true);
            } catch (IOException e) {
                heard.add("(connection lost)");
            }
        }
    }

    private void converse(Socket socket, boolean greet) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (greet && !answer(socket, "CONNECT")) {
            return;
        }
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            String command = line.split(" ")[0];
            if (data && !line.equals(".")) {
                continue;
            }
            if (!answer(socket, command)) {
                return;
            }
            data = command.equals("DATA") && replies.get(command).startsWith("354");
            if (command.equals("STARTTLS")) {
                SSLSocket secure =
                        (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
                secure.setUseClientMode(false);
                secure.startHandshake();
                converse(secure, false);
                return;
            }
        }
    }

    private boolean answer(Socket socket, String command) throws IOException {
        String reply = replies.getOrDefault(command, "502 unknown");
        if (reply.equals(SILENCE)) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return false;
        }
        if (reply.equals(HANG_UP)) {
            return false;
        }
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
