package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                "{\"s\":\"\\u0001NaN\",\"n\":NaN}",
                "{\"s\":\"\\u0001\\u0001NaN\",\"\\u0001NaN\":[-Infinity]}",
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
                "{\"a\":NaN,\\\"b\":1}",
                "{\"a\":NaN,\"b\\",
                "[NaN]",
                "{\"a\":1} // NaN"
            })
    void whatIsNotOneJsonObjectIsRefused(String line) {
        assertThrows(JsonParseException.class, () -> LineJson.read(line));
    }

    @Test
    void aMarkThatStandsInTheTextAlreadyIsNotTakenForAConstant() {
        JsonObject read = LineJson.read("{\"s\":\"\u0001\\u0001NaN\",\"n\":NaN}");
        assertEquals("\u0001\u0001NaN", read.get("s").getAsString());
        assertEquals("{\"s\":\"\\u0001\\u0001NaN\",\"n\":NaN}", LineJson.write(read));
    }

    @Test
    void objectsAndArraysAreWrittenUpToTheDepthThatIsRead() {
        for (String[] level : new String[][] {{"{\"a\":", "}"}, {"[", "]"}}) {
            String deep = level[0].repeat(199) + "1" + level[1].repeat(199);
            assertFalse(LineJson.tooNested(LineJson.read("{\"a\":" + deep + "}")));
            assertTrue(LineJson.tooNested(LineJson.read("{\"a\":" + level[0] + deep + level[1] + "}")));
        }
    }

    @Test
    void nameIsQuotedAsInALine() {
        assertEquals("\"a\\\"b\"", LineJson.quote("a\"b"));
        assertEquals("\"\\ud83d\"", LineJson.quote("\ud83d"));
        assertEquals("\"😀\"", LineJson.quote("😀"));
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
