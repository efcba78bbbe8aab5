package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request is said to be rendered as is what goes over the wire. */
class RenderedRequestTest {
    private final ProviderDouble provider = new ProviderDouble();
    private final HeardReply heard = new HeardReply();

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest
    @EnumSource
    void itIsTheBodyThatIsSent(Wire wire) throws Exception {
        provider.answer(wire.path, wire.script().send(Wire.recorded(wire.recorded)));
        ChatModel model = wire.model(provider.base(), new ManualTimer());
        ModelRequest request = new ModelRequest(
                Optional.of("Be brief."),
                List.of(
                        Wire.user("Grüße 🎈 <&>"),
                        PromptTest.said(Role.ASSISTANT, new Block.Text("Ja")),
                        Wire.user("Und?")),
                77);
        model.ask(request, heard);
        heard.completed();
        assertEquals(
                JsonParser.parseString(model.rendered(request)),
                provider.requests().get(0).body());
        assertEquals(model.rendered(request), model.rendered(request), "the same again");
    }
}
