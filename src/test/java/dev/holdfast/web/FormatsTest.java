package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.FeedEvent;
import org.junit.jupiter.api.Test;

/** One format for all readers of a conversation. */
class FormatsTest {
    private static final ConversationId ONE =
            ConversationId.parse("01aaaaaaaaaaaaaaaaaaaaaaaa").orElseThrow();
    private static final ConversationId OTHER =
            ConversationId.parse("01bbbbbbbbbbbbbbbbbbbbbbbb").orElseThrow();

    private final Formats formats = new Formats();

    @Test
    void readersOfAConversationShareAFormatWhichWritesAnEventOnce() {
        EventFormat first = formats.take(ONE, false);
        EventFormat second = formats.take(ONE, false);
        FeedEvent event = new FeedEvent.Titled("Letters");

        assertSame(first, second);
        assertSame(first.write(event), second.write(event));
    }

    @Test
    void otherConversationsAndStreamsOfSeveralHaveTheirOwn() {
        EventFormat alone = formats.take(ONE, false);

        assertNotSame(alone, formats.take(ONE, true));
        assertNotSame(alone, formats.take(OTHER, false));
    }

    @Test
    void formatIsForgottenWithItsLastReader() {
        EventFormat format = formats.take(ONE, false);
        formats.take(ONE, false);
        formats.give(ONE, false);
        assertSame(format, formats.take(ONE, false));

        formats.give(ONE, false);
        formats.give(ONE, false);
        assertNotSame(format, formats.take(ONE, false));
    }
}
