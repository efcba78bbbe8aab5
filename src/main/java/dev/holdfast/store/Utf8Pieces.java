package dev.holdfast.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes text of bytes that come in pieces, where a character may begin in one and end in the next. For one thread. */
final class Utf8Pieces {
    private final Consumer<String> text;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] left = {};

    Utf8Pieces(Consumer<String> text) {
        this.text = text;
    }

    void take(byte[] piece) {
        decode(piece, false);
    }

    void end() {
        decode(new byte[0], true);
    }

    private void decode(byte[] piece, boolean isLast) {
        ByteBuffer bytes = ByteBuffer.allocate(left.length + piece.length)
                .put(left)
                .put(piece)
                .flip();
        CharBuffer characters = CharBuffer.allocate(bytes.remaining() + 1);
        decoder.decode(bytes, characters, isLast);
        if (isLast) {
            decoder.flush(characters);
        }
        left = new byte[bytes.remaining()];
        bytes.get(left);
        text.accept(characters.flip().toString());
    }
}
