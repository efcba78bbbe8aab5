package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    private static final ConversationId ID = new ConversationId("01j0000000aaaaaaaaaaaaaaaa");

    private static Optional<Header> read(String json) {
        return Header.read(ID, JsonParser.parseString(json).getAsJsonObject());
    }

    @Test
    void whatIsWrittenIsRead() {
        Header header = new Header(ID, new Owner("h:olga"), "web:1", Instant.parse("2026-11-21T05:31:00Z"));
        assertEquals(Optional.of(header), Header.read(ID, header.write()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"owner\":\"h:olga\",\"channel_key\":\"web:1\",\"created_at\":\"2026-11-21T05:31:00Z\"}",
                "{\"_type\":\"title\",\"owner\":\"h:olga\",\"channel_key\":\"web:1\",\"created_at\":\"2026-11-21T05:31:00Z\"}",
                "{\"_type\":[],\"owner\":\"h:olga\",\"channel_key\":\"web:1\",\"created_at\":\"2026-11-21T05:31:00Z\"}",
                "{\"_type\":\"metadata\",\"channel_key\":\"web:1\",\"created_at\":\"2026-11-21T05:31:00Z\"}",
                "{\"_type\":\"metadata\",\"owner\":{},\"channel_key\":\"web:1\",\"created_at\":\"2026-11-21T05:31:00Z\"}",
                "{\"_type\":\"metadata\",\"owner\":\"h:olga\",\"created_at\":\"2026-11-21T05:31:00Z\"}",
                "{\"_type\":\"metadata\",\"owner\":\"h:olga\",\"channel_key\":\"web:1\"}",
                "{\"_type\":\"metadata\",\"owner\":\"h:olga\",\"channel_key\":\"web:1\",\"created_at\":\"yesterday\"}"
            })
    void aLineThatLacksSomethingIsNone(String line) {
        assertEquals(Optional.empty(), read(line));
    }
}
