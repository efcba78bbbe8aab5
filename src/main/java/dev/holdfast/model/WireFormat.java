package dev.holdfast.model;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.net.http.HttpRequest;

/**
 * How one provider is asked and how its answer reads: all in which the adapters differ. Immutable; {@link
 * StreamingCall} does the rest.
 */
interface WireFormat {

    /** The body of the HTTP request that asks for a streamed reply. The same request always has the same. */
    JsonObject body(ModelRequest request);

    /** The HTTP request with such a body. */
    HttpRequest request(JsonObject body);

    /** A new reader for one answer; it tells {@code reply} what it finds. */
    LineReader reader(Reply reply);

    /** The sentences for what can go wrong with this provider. */
    Failures failures();

    /** Reads one streamed answer, line by line. Used by one thread at a time. */
    interface LineReader {

        /**
         * @param line without its line end
         * @throws MalformedReplyException if the line is not what the format allows
         */
        void line(String line);
    }

    /** What a reader finds in an answer. After {@link #completed} or {@link #failed} the rest is ignored. */
    interface Reply {

        /**
         * More text.
         *
         * @param source the provider's own number of the block, 0 if it has none; a change of {@code source} or {@code
         *     kind} begins a new block
         * @param text may be empty, which says nothing
         */
        void piece(int source, Block.Kind kind, String text);

        /** The seal over the thinking block {@code source}; left out if that block said nothing. */
        void signature(int source, String signature);

        /** The provider's last event was read. */
        void completed(Stop stop, Usage usage);

        /** The provider reported, inside the stream, that it failed. */
        void failed(ModelFailure failure);
    }
}
