package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.holdfast.conversation.Stop;
import java.io.OutputStream;
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
        provider.answer(
                wire.path, wire.script().send(Wire.recorded(wire.recorded).replace("\n", "\r\n")));
        ask(wire);
        assertEquals(new HeardReply.Completed(Stop.COMPLETE, wire.usage), heard.completed());
        assertEquals(Wire.SAID, heard.text());
    }

    @ParameterizedTest
    @EnumSource
    void lastEventWithoutLineEndCompletes(Wire wire) throws Exception {
        provider.answer(
                wire.path, wire.script().send(Wire.recorded(wire.recorded).stripTrailing()));
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
            script.send("event: ping\ndata: {\"type\": \"ping\"}\n\ndata: " + delta("x") + "\n\n")
                    .stallUntil(gate);
        }
        provider.answer(Wire.ANTHROPIC.path, script.send(Wire.recorded("anthropic-basic.sse")));
        ask(Wire.ANTHROPIC);
        for (CountDownLatch gate : gates) {
            heard.awaitPiece();
            timer.advance(Wire.SILENCE.multipliedBy(7).dividedBy(8));
            gate.countDown();
        }
        assertEquals(Stop.COMPLETE, heard.completed().stop());
    }

    private static String delta(String text) {
        return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
                + "\"}}";
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
    void cancelBeforeHeadersIsSeenByTheProviderWhileItStillThinks() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ModelCall call = Wire.OPENAI
                    .model(URI.create("http://127.0.0.1:" + socket.getLocalPort()), timer)
                    .ask(Wire.ask("Hi"), heard);
            try (Socket client = socket.accept()) {
                client.setSoTimeout(20_000);
                assertNotEquals(-1, client.getInputStream().read());
                call.cancel();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
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
        CompletableFuture<ModelCall> call = new CompletableFuture<>();
        HeardReply cancelling = new HeardReply(() -> call.join().cancel());
        assertOneOfTwoPiecesIsHeard(cancelling, call);
    }

    @Test
    void cancelBetweenTwoPiecesOfOneLineKeepsTheSecondBack() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        CompletableFuture<ModelCall> call = new CompletableFuture<>();
        HeardReply cancelling = new HeardReply(() -> call.join().cancel());
        provider.answer(
                Wire.OLLAMA.path,
                ProviderDouble.jsonLines()
                        .send("{\"message\":{\"thinking\":\"Hm\",\"content\":\"Yes\"},\"done\":true}\n")
                        .writeUntilGone(gate, gone));
        call.complete(Wire.OLLAMA.model(provider.base(), timer).ask(Wire.ask("Hi"), cancelling));
        cancelling.awaitPiece();
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
        assertEquals(List.of("0 THINKING Hm"), cancelling.pieces());
        assertFalse(cancelling.ended());
    }

    @Test
    void throwingListenerEndsTheCallAndIsHeardNoMore() throws Exception {
        HeardReply throwing = new HeardReply(() -> {
            throw new IllegalStateException("thrown by the test's listener");
        });
        assertOneOfTwoPiecesIsHeard(throwing, new CompletableFuture<>());
    }

    private void assertOneOfTwoPiecesIsHeard(HeardReply reply, CompletableFuture<ModelCall> call) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        provider.answer(Wire.OLLAMA.path, ProviderDouble.ollama("one", "two").writeUntilGone(gate, gone));
        call.complete(Wire.OLLAMA.model(provider.base(), timer).ask(Wire.ask("Hi"), reply));
        reply.awaitPiece();
        gate.countDown();
        gone.get(20, TimeUnit.SECONDS);
        assertEquals(List.of("0 TEXT one"), reply.pieces());
        assertFalse(reply.ended());
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
    void nextCallUsesTheSameConnection() throws Exception {
        provider.answer(
                Wire.OPENAI.path,
                exchange -> ProviderDouble.openAi(
                                "port " + exchange.getRemoteAddress().getPort())
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
