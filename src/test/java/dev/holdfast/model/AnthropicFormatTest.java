package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFormatTest {
    private final ProviderDouble provider = new ProviderDouble();
    private final HeardReply heard = new HeardReply();

    @AfterEach
    void close() {
        provider.close();
    }

    private void ask(ModelRequest request) {
        Wire.ANTHROPIC.model(provider.base(), new ManualTimer()).ask(request, heard);
    }

    private void reply(String stream) {
        provider.answer("/v1/messages", ProviderDouble.events().send(stream));
        ask(Wire.ask("Hi"));
    }

    @Test
    void requestIsTheDocumentedOne() throws Exception {
        provider.answer("/v1/messages", ProviderDouble.anthropic("Hi"));
        ask(new ModelRequest(Optional.of("Be brief."), List.of(Wire.user("Hello, Claude")), 1024));
        heard.completed();
        ProviderDouble.Request request = provider.requests().get(0);
        assertEquals(Wire.KEY, request.headers().get("x-api-key"));
        assertEquals("2023-06-01", request.headers().get("anthropic-version"));
        assertEquals("application/json", request.headers().get("content-type"));
        assertFalse(request.headers().containsKey("authorization"));
        assertEquals(JsonParser.parseString("""
            {"model":"some-model","max_tokens":1024,"stream":true,
             "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":[
               {"type":"text","text":"Hello, Claude","cache_control":{"type":"ephemeral"}}]}]}
            """), request.body());
    }

    @Test
    void theCacheMarkStandsBehindTheLastBlockAloneAndBeforeItEverythingIsAsItWas() throws Exception {
        Message reply = PromptTest.said(Role.ASSISTANT, new Block.Text("b"));
        WireFormat format = Wire.ANTHROPIC.format(URI.create("http://localhost"));
        String first = messages(format, true, Wire.user("a"));
        String second = messages(format, true, Wire.user("a"), reply, Wire.user("c"));
        String mark = ",\"cache_control\":{\"type\":\"ephemeral\"}";
        assertEquals(1, first.split(Pattern.quote(mark), -1).length - 1);
        assertEquals(1, second.split(Pattern.quote(mark), -1).length - 1);
        assertTrue(second.endsWith("\"text\":\"c\"" + mark + "}]}]"), second);
        String beginning = first.replace(mark, "");
        assertTrue(second.startsWith(beginning.substring(0, beginning.length() - 1)), second);
    }

    @Test
    void whatIsSentOnceIsNotMarked() {
        WireFormat format = Wire.ANTHROPIC.format(URI.create("http://localhost"));
        String body = format.body(new ModelRequest(Optional.of("Sum up."), List.of(Wire.user("a")), 9, false))
                .toString();
        assertFalse(body.contains("cache_control"), body);
    }

    private static String messages(WireFormat format, boolean resent, Message... said) {
        return format.body(new ModelRequest(Optional.of("Be brief."), List.of(said), 9, resent))
                .get("messages")
                .toString();
    }

    @Test
    void sealedThinkingGoesBackAndUnsealedDoesNot() throws Exception {
        provider.answer("/v1/messages", ProviderDouble.anthropic("Hi"));
        Message assistant = PromptTest.said(
                Role.ASSISTANT,
                new Block.Thinking("cut off", ""),
                new Block.Thinking("sealed", "EqQB"),
                new Block.Text("answer"));
        ask(new ModelRequest(Optional.empty(), List.of(Wire.user("a"), assistant, Wire.user("b")), 1024));
        heard.completed();
        assertEquals(
                JsonParser.parseString("""
                    {"role":"assistant","content":[{"type":"thinking","thinking":"sealed","signature":"EqQB"},
                     {"type":"text","text":"answer"}]}
                    """),
                provider.requests().get(0).body().getAsJsonArray("messages").get(1));
    }

    @Test
    void thinkingIsABlockOfItsOwnWithItsSeal() throws Exception {
        reply(Wire.recorded("anthropic-thinking.sse"));
        assertEquals(new HeardReply.Completed(Stop.COMPLETE, Usage.NONE), heard.completed());
        assertEquals(
                List.of(
                        "0 THINKING Let me solve this step by step:\n\n1. First break down 27 * 453",
                        "0 THINKING \n2. 453 = 400 + 50 + 3",
                        "0 SIGNATURE EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds...",
                        "1 TEXT 27 * 453 = 12,231"),
                heard.pieces());
    }

    @Test
    void sealOfThinkingThatSaidNothingIsLeftOut() throws Exception {
        reply(Wire.recorded("anthropic-thinking.sse")
                .replaceAll("\"type\": \"thinking_delta\", \"thinking\"", "\"x\""));
        heard.completed();
        assertEquals(List.of("0 TEXT 27 * 453 = 12,231"), heard.pieces());
    }

    @Test
    void toolUseBlocksAndUnknownEventsSayNothing() throws Exception {
        reply("""
            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"w","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"a"}}

            event: something_new
            data: {"type":"something_new","text":"no"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"yes"}}

            event: message_stop
            data: {"type":"message_stop"}

            """);
        heard.completed();
        assertEquals(List.of("0 TEXT yes"), heard.pieces());
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, COMPLETE",
        "stop_sequence, COMPLETE",
        "tool_use, COMPLETE",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH"
    })
    void stopReasonSaysWhyTheReplyEnds(String reason, Stop stop) throws Exception {
        reply(Wire.recorded("anthropic-basic.sse").replace("end_turn", reason));
        assertEquals(stop, heard.completed().stop());
    }

    @Test
    void refusalIsAFailureInPlainWords() throws Exception {
        reply(Wire.recorded("anthropic-basic.sse").replace("end_turn", "refusal"));
        assertEquals(
                "The provider stopped this reply because of its rules on content. Try other words.",
                heard.failed(ModelFailure.Kind.REFUSED).sentence());
    }

    @Test
    void laterUsageReplacesEarlierCounts() throws Exception {
        reply(Wire.recorded("anthropic-basic.sse")
                .replace(
                        "{\"output_tokens\": 15}",
                        "{\"input_tokens\": 30, \"cache_read_input_tokens\": 0, \"output_tokens\": 16}"));
        assertEquals(new Usage(30, 16, 0, 4), heard.completed().usage());
    }

    @Test
    void errorEventInMidStreamKeepsWhatCame() throws Exception {
        String stream = Wire.recorded("anthropic-basic.sse");
        reply(stream.substring(0, stream.indexOf("event: content_block_stop"))
                + "event: error\n"
                + "data: {\"type\": \"error\", \"error\": {\"type\": \"overloaded_error\", \"message\":"
                + " \"Overloaded\"}}\n\n");
        heard.failed(ModelFailure.Kind.OVERLOADED);
        assertEquals(Wire.SAID, heard.text());
    }
}
