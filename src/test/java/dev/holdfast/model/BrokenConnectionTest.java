package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are not there, are something else, or answer rubbish. */
class BrokenConnectionTest {
    private final ProviderDouble provider = new ProviderDouble();
    private final ManualTimer timer = new ManualTimer();
    private final HeardReply heard = new HeardReply();

    @AfterEach
    void close() {
        provider.close();
    }

    private void ask(Wire wire) {
        wire.model(provider.base(), timer).ask(Wire.ask("Hi"), heard);
    }

    @Test
    void closedPortIsUnreachableAndNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Wire.OLLAMA.model(URI.create("http://127.0.0.1:" + port), timer).ask(Wire.ask("Hi"), heard);
        assertEquals(
                "Nothing answers at 127.0.0.1:" + port + ". Is the server running, and is model.base-url right?",
                heard.failed(ModelFailure.Kind.UNREACHABLE).sentence());
    }

    @Test
    void serverThatClosesRightAfterAcceptIsUnreachable() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            onEachConnection(socket, client -> {});
            String address = "127.0.0.1:" + socket.getLocalPort();
            Wire.OPENAI.model(URI.create("http://" + address), timer).ask(Wire.ask("Hi"), heard);
            assertEquals(
                    "The connection to " + address + " broke before an answer came. Try again.",
                    heard.failed(ModelFailure.Kind.UNREACHABLE).sentence());
        }
    }

    @Test
    void plainServerBehindHttpsIsNamedAsTlsFailure() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            onEachConnection(socket, client -> {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                // Closing with bytes unread would reset the connection before the answer is read.
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            String address = "127.0.0.1:" + socket.getLocalPort();
            Wire.OPENAI.model(URI.create("https://" + address), timer).ask(Wire.ask("Hi"), heard);
            assertEquals(
                    "No secure connection to " + address
                            + ": TLS failed. Check model.base-url and the server's certificate.",
                    heard.failed(ModelFailure.Kind.UNREACHABLE).sentence());
        }
    }

    private interface Deed {
        void to(Socket client) throws IOException;
    }

    private static void onEachConnection(ServerSocket socket, Deed deed) {
        Wire.threads().execute(() -> {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    deed.to(client);
                } catch (IOException e) {
                    // The client's end of it, or the test's.
                }
            }
        });
    }

    @Test
    void unknownHostNameIsNamed() throws Exception {
        Wire.OPENAI.model(URI.create("http://no-such-host.invalid:80"), timer).ask(Wire.ask("Hi"), heard);
        assertEquals(
                "The name in no-such-host.invalid:80 is not known. Check model.base-url and the network.",
                heard.failed(ModelFailure.Kind.UNREACHABLE).sentence());
    }

    @ParameterizedTest
    @EnumSource
    void lineWithoutEndIsMalformedBeforeItFillsTheMemory(Wire wire) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        byte[] part = new byte[StreamingCall.LONGEST_LINE / 2 + 1];
        Arrays.fill(part, (byte) 'x');
        provider.answer(wire.path, wire.script().send(part).send(part).writeUntilGone(gate, gone));
        ask(wire);
        heard.failed(ModelFailure.Kind.MALFORMED);
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void brokenJsonIsMalformedAndKeepsWhatCame(Wire wire) throws Exception {
        String all = Wire.recorded(wire.recorded);
        int second = all.indexOf("世");
        provider.answer(wire.path, wire.script().send(all.substring(0, second) + "\n" + all.substring(second)));
        ask(wire);
        assertEquals(
                "What came from 127.0.0.1:" + provider.base().getPort()
                        + " cannot be read as a reply. Check model.provider and model.base-url.",
                heard.failed(ModelFailure.Kind.MALFORMED).sentence());
        assertEquals("Grüße, ", heard.text());
    }

    @ParameterizedTest
    @EnumSource
    void webPageInsteadOfAStreamIsMalformed(Wire wire) throws Exception {
        provider.answer(wire.path, ProviderDouble.of(200, "text/html", "<html><body>Please log in"));
        ask(wire);
        heard.failed(ModelFailure.Kind.MALFORMED);
    }

    @Test
    void errorBodyThatBreaksOffIsReportedByItsStatus() throws Exception {
        provider.answer(
                Wire.OPENAI.path, ProviderDouble.error(429, "{\"error\":").cut());
        ask(Wire.OPENAI);
        heard.failed(ModelFailure.Kind.RATE_LIMITED);
    }

    @Test
    void endlessErrorBodyIsReadNoFurtherThanItsBound() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        provider.answer(
                Wire.OPENAI.path, ProviderDouble.error(500, "x".repeat(1 << 16)).writeUntilGone(gate, gone));
        ask(Wire.OPENAI);
        heard.failed(ModelFailure.Kind.OVERLOADED);
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
    }

    @Test
    void connectingThatTakesTooLongIsNamed() {
        ModelFailure failure = Wire.OPENAI
                .format(provider.base())
                .failures()
                .unreachable(new CompletionException(new HttpConnectTimeoutException("HTTP connect timed out")));
        assertEquals(
                "Connecting to 127.0.0.1:" + provider.base().getPort()
                        + " took too long. Is the server up, and the network?",
                failure.sentence());
    }

    @Test
    void tlsFailureInsideAnotherOneIsStillNamed() {
        ModelFailure failure = Wire.OPENAI
                .format(URI.create("https://host:1"))
                .failures()
                .unreachable(new CompletionException(new IOException("no bytes", new SSLException("plaintext?"))));
        assertEquals(
                "No secure connection to host:1: TLS failed. Check model.base-url and the server's certificate.",
                failure.sentence());
    }
}
