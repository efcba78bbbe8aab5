package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiFormatTest {
    private final ProviderDouble provider = new ProviderDouble();
    private final HeardReply heard = new HeardReply();

    @AfterEach
    void close() {
        provider.close();
    }

    private void reply(String stream) {
        provider.answer(Wire.OPENAI.path, ProviderDouble.events().send(stream));
        Wire.OPENAI.model(provider.base(), new ManualTimer()).ask(Wire.ask("Hi"), heard);
    }

    @Test
    void requestIsTheDocumentedOne() throws Exception {
        provider.answer(Wire.OPENAI.path, ProviderDouble.openAi("Hi"));
        Wire.OPENAI
                .model(provider.base(), new ManualTimer())
                .ask(new ModelRequest(Optional.of("Be brief."), List.of(Wire.user("Hello!")), 512), heard);
        heard.completed();
        ProviderDouble.Request request = provider.requests().get(0);
        assertEquals("Bearer " + Wire.KEY, request.headers().get("authorization"));
        assertEquals(JsonParser.parseString("""
            {"model":"some-model","messages":[{"role":"system","content":"Be brief."},
             {"role":"user","content":"Hello!"}],
             "max_tokens":512,"stream":true,"stream_options":{"include_usage":true}}
            """), request.body());
    }

    @Test
    void openAiItselfGetsMaxCompletionTokens() {
        WireFormat format = Wire.OPENAI.format(URI.create("https://api.openai.com"));
        String body = bodyOf(format.request(format.body(Wire.ask("Hi"))));
        assertTrue(body.contains("\"max_completion_tokens\":100"), body);
        assertFalse(body.contains("\"max_tokens\""), body);
    }

    private static String bodyOf(HttpRequest request) {
        StringBuilder body = new StringBuilder();
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer part) {
                body.append(StandardCharsets.UTF_8.decode(part));
            }

            @Override
            public void onError(Throwable error) {
                throw new AssertionError(error);
            }

            @Override
            public void onComplete() {}
        });
        return body.toString();
    }

    @Test
    void openRouterCommentsAndReasoningAreUnderstood() throws Exception {
        reply(Wire.recorded("openrouter-reasoning.sse"));
        assertEquals(new HeardReply.Completed(Stop.LENGTH, new Usage(40, 2, 50, 30)), heard.completed());
        assertEquals(List.of("0 THINKING Short ", "0 THINKING greeting.", "1 TEXT Hello", "1 TEXT !"), heard.pieces());
    }

    @Test
    void vllmReasoningWithoutUsageIsUnderstood() throws Exception {
        reply(Wire.recorded("vllm-reasoning.sse"));
        assertEquals(new HeardReply.Completed(Stop.COMPLETE, Usage.NONE), heard.completed());
        assertEquals(List.of("0 THINKING 9.11 or 9.8?", "1 TEXT 9.8 is greater."), heard.pieces());
    }

    @Test
    void thinkingBetweenWordsIsABlockOfItsOwn() throws Exception {
        reply(delta("\"content\":\"a\"") + delta("\"reasoning\":\"b\"") + delta("\"content\":\"c\"") + END);
        heard.completed();
        assertEquals(List.of("0 TEXT a", "1 THINKING b", "2 TEXT c"), heard.pieces());
    }

    @Test
    void reasoningToldTwiceIsHeardOnce() throws Exception {
        reply(delta("\"reasoning\":\"b\",\"reasoning_content\":\"b\"") + END);
        heard.completed();
        assertEquals(List.of("0 THINKING b"), heard.pieces());
    }

    @Test
    void surrogatePairThatComesInTwoPiecesIsWhole() throws Exception {
        reply(delta("\"content\":\"a\\ud83d\"") + delta("\"content\":\"\\ude42b\"") + END);
        heard.completed();
        assertEquals("a🙂b", heard.text());
    }

    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static String delta(String fields) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{" + fields + "},\"finish_reason\":null}]}\n\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"choices\":null", "\"choices\":[]", "\"object\":\"chat.completion.chunk\""})
    void usageChunkWithoutChoicesIsUsage(String choices) throws Exception {
        reply(delta("\"content\":\"a\"")
                + END.replace(
                        "data: [DONE]",
                        "data: {" + choices
                                + ",\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\ndata: [DONE]"));
        assertEquals(new Usage(7, 3, 0, 0), heard.completed().usage());
    }

    @Test
    void doneWithoutAFinishReasonIsTruncated() throws Exception {
        reply(delta("\"content\":\"a\"") + "data: [DONE]\n\n");
        heard.failed(ModelFailure.Kind.TRUNCATED);
        assertEquals("a", heard.text());
    }

    @Test
    void dataWithoutABlankAfterTheColonIsRead() throws Exception {
        reply((delta("\"content\":\"a\"") + END).replace("data: ", "data:"));
        heard.completed();
        assertEquals("a", heard.text());
    }

    @ParameterizedTest
    @CsvSource({"stop, COMPLETE", "tool_calls, COMPLETE", "length, LENGTH"})
    void finishReasonSaysWhyTheReplyEnds(String reason, Stop stop) throws Exception {
        reply(Wire.recorded("openai-basic.sse").replace("\"stop\"", "\"" + reason + "\""));
        assertEquals(stop, heard.completed().stop());
    }

    @Test
    void contentFilterIsAFailureInPlainWords() throws Exception {
        reply(Wire.recorded("openai-basic.sse").replace("\"stop\"", "\"content_filter\""));
        assertTrue(heard.failed(ModelFailure.Kind.REFUSED).sentence().contains("rules on content"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data: {\"id\":\"x\",\"error\":{\"code\":429,\"message\":\"secret"
                        + " words\"},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]} |"
                        + " RATE_LIMITED",
                "data: {\"error\":{\"message\":\"secret words\",\"type\":\"server_error\",\"code\":null}} | OVERLOADED",
                "data: {\"error\":{\"code\":502,\"message\":\"secret words\"}} | OVERLOADED",
                "data: {\"object\":\"error\",\"message\":\"secret"
                        + " words\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400} | REFUSED",
                "error: {\"code\":500,\"message\":\"secret words\",\"type\":\"server_error\"} | OVERLOADED",
                "data: {\"error\":\"secret words\"} | OVERLOADED",
                "data: {\"error\":{\"message\":\"secret words: the context length is only 4096\"}} | CONTEXT_TOO_LONG",
                "{\"error\":\"Unexpected endpoint or method. (POST /chat/completions) secret words\"} | REFUSED"
            })
    void errorInsideTheStreamIsAFailureWithoutTheProvidersWords(String line, ModelFailure.Kind kind) throws Exception {
        reply(delta("\"content\":\"a\"") + line + "\n\ndata: [DONE]\n\n");
        ModelFailure failure = heard.failed(kind);
        assertFalse(failure.toString().contains("secret words"));
        assertEquals("a", heard.text());
    }
}
