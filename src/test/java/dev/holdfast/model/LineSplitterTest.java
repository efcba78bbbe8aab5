package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(16, lines::add);

    private void feed(String text) {
        splitter.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anyCutThroughTheBytesGivesTheSameLines() {
        byte[] bytes = "a\r\nbß\n\n🎈\u2028c\nrest".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            lines.clear();
            splitter.feed(ByteBuffer.wrap(bytes, 0, cut));
            splitter.feed(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
            assertEquals(List.of("a", "bß", "", "🎈\u2028c"), lines);
            assertEquals("rest", splitter.take());
        }
    }

    @Test
    void lineOfTheGreatestLengthPassesAndOneMoreByteDoesNot() {
        feed("0123456789abcdef\n");
        assertEquals(List.of("0123456789abcdef"), lines);
        assertThrows(MalformedReplyException.class, () -> feed("0123456789abcdefg"));
    }
}
