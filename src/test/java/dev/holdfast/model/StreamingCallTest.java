package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all adapters share: lines, last events, silence, cancelling, and exactly one end. */
class StreamingCallTest {
    private static final Pattern SAID_IN_LINE = Pattern.compile("\"(?:text|content)\": ?\"([^\"]*)\"");

    private final ProviderDouble provider = new ProviderDouble();
    private final ManualTimer timer = new ManualTimer();
    private final HeardReply heard = new HeardReply();

    @AfterEach
    void close() {
        provider.close();
    }

    private ModelCall ask(Wire wire) {
        return wire.model(provider.base(), timer).ask(Wire.ask("Hi"), heard);
    }

    @ParameterizedTest
    @EnumSource
    void recordedStreamIsWholeReplyWithUsage(Wire wire) throws Exception {
        provider.answer(wire.path, wire.script().send(Wire.recorded(wire.recorded)));
        ask(wire);
        assertEquals(new HeardReply.Completed(Stop.COMPLETE, wire.usage), heard.completed());
        assertEquals(List.of("0 TEXT Grüße, ", "0 TEXT 世界 🎈"), heard.pieces());
        awaitNothingWatched();
    }

    /** The connection is read to its end shortly after the reply is whole. */
    private void awaitNothingWatched() {
        while (!timer.waiting().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamInSingleBytesReadsTheSame(Wire wire) throws Exception {
        ProviderDouble.Script script = wire.script();
        for (byte b : Wire.recorded(wire.recorded).getBytes(StandardCharsets.UTF_8)) {
            script.send(new byte[] {b});
        }
        provider.answer(wire.path, script);
        ask(wire);
        assertEquals(new HeardReply.Completed(Stop.COMPLETE, wire.usage), heard.completed());
        assertEquals(Wire.SAID, heard.text());
    }

    @ParameterizedTest
    @EnumSource
    void streamWithCarriageReturnsReadsTheSame(Wire wire) throws Exception {
        provider.answer(wire.path, wire.script().send(Wire.recorded(wire.recorded).replace("\n", "\r\n")));
        ask(wire);
        assertEquals(new HeardReply.Completed(Stop.COMPLETE, wire.usage), heard.completed());
        assertEquals(Wire.SAID, heard.text());
    }

    @ParameterizedTest
    @EnumSource
    void lastEventWithoutLineEndCompletes(Wire wire) throws Exception {
        provider.answer(wire.path, wire.script().send(Wire.recorded(wire.recorded).stripTrailing()));
        ask(wire);
        assertEquals(Stop.COMPLETE, heard.completed().stop());
    }

    @ParameterizedTest
    @EnumSource
    void streamCutAtAnyLineIsTruncatedWithTheTextThatCame(Wire wire) throws Exception {
        List<String> lines = Wire.recorded(wire.recorded).lines().toList();
        int whole = 0;
        while (!lines.get(whole).contains(wire.lastEvent) || lines.get(whole).startsWith("event:")) {
            whole++;
        }
        for (int kept = 0; kept <= whole; kept++) {
            String came = kept == 0 ? "" : String.join("\n", lines.subList(0, kept)) + "\n";
            assertTruncated(wire, came, false);
            assertTruncated(wire, came, true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamCutInsideALineIsTruncatedWithoutThatLine(Wire wire) throws Exception {
        String all = Wire.recorded(wire.recorded);
        int inside = all.lastIndexOf(wire.lastEvent) + 3;
        for (int end : new int[] {inside, all.indexOf("世") + 1, 5}) {
            assertTruncated(wire, all.substring(0, end), false);
            assertTruncated(wire, all.substring(0, end), true);
        }
    }

    private void assertTruncated(Wire wire, String came, boolean broken) throws Exception {
        ProviderDouble.Script script = wire.script().send(came);
        provider.answer(wire.path, broken ? script.cut() : script);
        HeardReply reply = new HeardReply();
        wire.model(provider.base(), timer).ask(Wire.ask("Hi"), reply);
        reply.failed(ModelFailure.Kind.TRUNCATED);
        assertEquals(said(came), reply.text());
    }

    /** The words in whole lines, found without the reader under test. */
    private static String said(String came) {
        Matcher matcher = SAID_IN_LINE.matcher(came.substring(0, came.lastIndexOf('\n') + 1));
        StringBuilder said = new StringBuilder();
        while (matcher.find()) {
            said.append(matcher.group(1).equals("assistant") ? "" : matcher.group(1));
        }
        return said.toString();
    }

    @ParameterizedTest
    @EnumSource
    void silenceBeforeHeadersIsGivenUpAfterTheSetTime(Wire wire) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        provider.answer(wire.path, wire.script().silentUntil(gate));
        startedCall(wire);
        timer.advance(Wire.SILENCE.minusMillis(1));
        assertFalse(heard.ended());
        timer.advance(Duration.ofMillis(1));
        assertEquals(
                "The provider said nothing for 2 minutes. Try again.",
                heard.failed(ModelFailure.Kind.SILENT).sentence());
        assertFalse(Thread.interrupted(), "the timer's thread goes on undisturbed");
        gate.countDown();
    }

    @Test
    void silenceInMidStreamIsGivenUpAndClosesTheConnection() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        String begun = Wire.recorded("openai-basic.sse").substring(0, 700);
        provider.answer(Wire.OPENAI.path, ProviderDouble.events().send(begun).writeUntilGone(gate, gone));
        ask(Wire.OPENAI);
        heard.awaitPiece();
        timer.advance(Wire.SILENCE.plus(Wire.SILENCE.dividedBy(8)));
        heard.failed(ModelFailure.Kind.SILENT);
        assertEquals("Grüße, ", heard.text());
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
    }

    @Test
    void keepAlivesCountAsLife() throws Exception {
        CountDownLatch[] gates = new CountDownLatch[4];
        Arrays.setAll(gates, i -> new CountDownLatch(1));
        ProviderDouble.Script script = ProviderDouble.events();
        for (CountDownLatch gate : gates) {
            script.send("event: ping\ndata: {\"type\": \"ping\"}\n\ndata: " + delta("x") + "\n\n").stallUntil(gate);
        }
        provider.answer(Wire.ANTHROPIC.path, script.send(Wire.recorded("anthropic-basic.sse")));
        BlockingPieces each = new BlockingPieces();
        Wire.ANTHROPIC.model(provider.base(), timer).ask(Wire.ask("Hi"), each);
        for (CountDownLatch gate : gates) {
            each.next();
            timer.advance(Wire.SILENCE.multipliedBy(7).dividedBy(8));
            gate.countDown();
        }
        assertEquals(Stop.COMPLETE, each.heard.completed().stop());
    }

    private static String delta(String text) {
        return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}}";
    }

    /** Lets the test wait for each piece. */
    private static final class BlockingPieces implements ModelListener {
        private final HeardReply heard = new HeardReply();
        private final Semaphore pieces = new Semaphore(0);

        void next() throws InterruptedException {
            assertTrue(pieces.tryAcquire(20, TimeUnit.SECONDS));
        }

        @Override
        public void piece(int block, Block.Kind kind, String piece) {
            heard.piece(block, kind, piece);
            pieces.release();
        }

        @Override
        public void signature(int block, String signature) {
            heard.signature(block, signature);
        }

        @Override
        public void completed(Stop stop, Usage usage) {
            heard.completed(stop, usage);
        }

        @Override
        public void failed(ModelFailure failure) {
            heard.failed(failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelInMidStreamIsSeenByTheProviderAndNothingElseIsHeard(Wire wire) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        String all = Wire.recorded(wire.recorded);
        String begun = all.substring(0, all.indexOf('\n', all.indexOf("Grüße")) + 1);
        provider.answer(wire.path, wire.script().send(begun).writeUntilGone(gate, gone));
        ModelCall call = ask(wire);
        heard.awaitPiece();
        call.cancel();
        call.cancel();
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
        timer.advance(Wire.SILENCE.multipliedBy(2));
        assertFalse(heard.ended());
        assertEquals(List.of("0 TEXT Grüße, "), heard.pieces());
        assertEquals(List.of(), timer.waiting());
    }

    @Test
    void cancelBeforeHeadersIsSeenByTheProvider() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        provider.answer(
                Wire.OPENAI.path,
                ProviderDouble.events().silentUntil(gate).writeUntilGone(new CountDownLatch(0), gone));
        ModelCall call = startedCall(Wire.OPENAI);
        call.cancel();
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
        assertFalse(heard.ended());
    }

    /** A call whose request has reached the provider. */
    private ModelCall startedCall(Wire wire) {
        ModelCall call = ask(wire);
        while (provider.requests().isEmpty()) {
            Thread.onSpinWait();
        }
        return call;
    }

    @Test
    void cancelFromInsideTheListenerEndsTheCall() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        CompletableFuture<ModelCall> call = new CompletableFuture<>();
        provider.answer(
                Wire.OLLAMA.path,
                ProviderDouble.ollama("one", "two").writeUntilGone(gate, gone));
        HeardReply after = new HeardReply();
        ModelListener cancelling = new ModelListener() {
            @Override
            public void piece(int block, Block.Kind kind, String piece) {
                after.piece(block, kind, piece);
                call.join().cancel();
            }

            @Override
            public void signature(int block, String signature) {}

            @Override
            public void completed(Stop stop, Usage usage) {
                after.completed(stop, usage);
            }

            @Override
            public void failed(ModelFailure failure) {
                after.failed(failure);
            }
        };
        call.complete(Wire.OLLAMA.model(provider.base(), timer).ask(Wire.ask("Hi"), cancelling));
        after.awaitPiece();
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
        assertEquals(List.of("0 TEXT one"), after.pieces());
        assertFalse(after.ended());
    }

    @Test
    void cancelAfterTheEndDoesNothing() throws Exception {
        provider.answer(Wire.OPENAI.path, ProviderDouble.openAi("Hi"));
        ModelCall call = ask(Wire.OPENAI);
        heard.completed();
        call.cancel();
        assertEquals(List.of("0 TEXT Hi"), heard.pieces());
    }

    @Test
    void throwingListenerEndsTheCallAndIsHeardNoMore() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        provider.answer(Wire.OLLAMA.path, ProviderDouble.ollama("one", "two").writeUntilGone(gate, gone));
        HeardReply after = new HeardReply();
        ModelListener throwing = new ModelListener() {
            @Override
            public void piece(int block, Block.Kind kind, String piece) {
                after.piece(block, kind, piece);
                throw new IllegalStateException("thrown by the test's listener");
            }

            @Override
            public void signature(int block, String signature) {}

            @Override
            public void completed(Stop stop, Usage usage) {
                after.completed(stop, usage);
            }

            @Override
            public void failed(ModelFailure failure) {
                after.failed(failure);
            }
        };
        Wire.OLLAMA.model(provider.base(), timer).ask(Wire.ask("Hi"), throwing);
        after.awaitPiece();
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
        assertEquals(List.of("0 TEXT one"), after.pieces());
        assertFalse(after.ended());
    }

    @Test
    void providerThatKeepsTheConnectionOpenAfterTheLastEventIsLeft() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        provider.answer(Wire.OPENAI.path, ProviderDouble.openAi("Hi").writeUntilGone(gate, gone));
        ask(Wire.OPENAI);
        heard.completed();
        timer.advance(Wire.SILENCE);
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
        assertEquals(List.of(), timer.waiting());
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
                client.getInputStream().read();
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            });
            String address = "127.0.0.1:" + socket.getLocalPort();
            Wire.OPENAI.model(URI.create("https://" + address), timer).ask(Wire.ask("Hi"), heard);
            assertEquals(
                    "No secure connection to " + address
                            + ": the TLS handshake failed. Check model.base-url and the server's certificate.",
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
        provider.answer(Wire.OPENAI.path, ProviderDouble.error(429, "{\"error\":").cut());
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
    void nextCallUsesTheSameConnection() throws Exception {
        provider.answer(Wire.OPENAI.path, exchange -> ProviderDouble.openAi("port "
                        + exchange.getRemoteAddress().getPort())
                .play(exchange));
        ChatModel model = Wire.OPENAI.model(provider.base(), timer);
        model.ask(Wire.ask("Hi"), heard);
        heard.completed();
        awaitNothingWatched();
        HeardReply second = new HeardReply();
        model.ask(Wire.ask("Hi"), second);
        second.completed();
        assertEquals(heard.text(), second.text());
    }
}
