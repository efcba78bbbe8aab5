package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaFormatTest {
    private final ProviderDouble provider = new ProviderDouble();
    private final HeardReply heard = new HeardReply();

    @AfterEach
    void close() {
        provider.close();
    }

    private void reply(String stream) {
        provider.answer("/api/chat", ProviderDouble.jsonLines().send(stream));
        Wire.OLLAMA.model(provider.base(), new ManualTimer()).ask(Wire.ask("Hi"), heard);
    }

    @Test
    void requestIsTheDocumentedOne() throws Exception {
        provider.answer("/api/chat", ProviderDouble.ollama("Hi"));
        Wire.OLLAMA
                .model(provider.base(), new ManualTimer())
                .ask(
                        new ModelRequest(Optional.of("Be brief."), List.of(Wire.user("why is the sky blue?")), 512),
                        heard);
        heard.completed();
        assertEquals(JsonParser.parseString("""
            {"model":"some-model","messages":[{"role":"system","content":"Be brief."},
             {"role":"user","content":"why is the sky blue?"}],
             "stream":true,"options":{"num_predict":512}}
            """), provider.requests().get(0).body());
    }

    @Test
    void thinkingIsABlockOfItsOwnAndLengthIsTold() throws Exception {
        reply(Wire.recorded("ollama-thinking.ndjson"));
        assertEquals(new HeardReply.Completed(Stop.LENGTH, new Usage(0, 40, 0, 0)), heard.completed());
        assertEquals(List.of("0 THINKING A simple ", "0 THINKING question.", "1 TEXT Rayleigh"), heard.pieces());
    }

    @Test
    void lastLineWithoutReasonIsComplete() throws Exception {
        reply("{\"model\":\"llama3.2\",\"created_at\":\"2023-08-04T19:22:45.499127Z\",\"done\":true}\n");
        assertEquals(new HeardReply.Completed(Stop.COMPLETE, Usage.NONE), heard.completed());
    }

    @Test
    void errorLineInMidStreamKeepsWhatCame() throws Exception {
        String first = Wire.recorded("ollama-basic.ndjson").lines().findFirst().orElseThrow();
        reply(first + "\n{\"error\":\"an error was encountered while running the model: CUDA error\"}\n");
        heard.failed(ModelFailure.Kind.OVERLOADED);
        assertEquals("Grüße, ", heard.text());
    }
}
