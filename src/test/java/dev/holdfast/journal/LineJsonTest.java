package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":null,\"b\":[],\"c\":{}}",
                "{\"n\":123456789012345678901234567890}",
                "{\"n\":1e400,\"m\":-0,\"o\":0.1000,\"p\":1E+2}",
                "{\"n\":NaN,\"m\":[Infinity,-Infinity],\"s\":\"NaN, Infinity and \\\"NaN\\\\\"}",
                "{\"NaN\":{\"x\":[NaN]}}",
                "{\"s\":\"\\ud800\",\"t\":\"a\\udc00b\",\"u\":\"\\udc00\\ud800\"}",
                "{\"s\":\"😀\\ud83d😀\"}",
                "{\"\\udfff\":\"name\"}",
                "{\"s\":\"\\\\\\ud800\\u0000\\u001f<>&='\"}"
            })
    void whatIsReadIsWrittenAgainAsItWas(String line) {
        assertEquals(line, LineJson.write(LineJson.read(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"{}\"",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":tru}",
                "{\"a\":NaNN}",
                "{\"a\":- Infinity}",
                "{NaN:1}",
                "{\"a\":01}",
                "{\"a\":1} // NaN"
            })
    void whatIsNotOneJsonObjectIsRefused(String line) {
        assertThrows(JsonParseException.class, () -> LineJson.read(line));
    }

    @Test
    void aThousandLevelsAreRefusedWithoutOverflow() {
        assertThrows(
                JsonParseException.class, () -> LineJson.read("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)));
    }

    @Test
    void everyCharacterComesBack() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xffff; c++) {
            all.append((char) c);
        }
        JsonObject object = new JsonObject();
        object.addProperty("text", all.toString());
        byte[] bytes = JournalFormat.encodeBody(object);
        byte[] line = Lines.join(bytes, Lines.utf8("}"));
        assertEquals(object, JournalFormat.parse(line));
        assertEquals(-1, new String(line, StandardCharsets.UTF_8).indexOf('\n'));
    }
}
