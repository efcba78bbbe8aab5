package dev.holdfast.web;

import java.nio.ByteBuffer;

/**
 * An event in its written form, which is made once for all its readers. A piece of a reply's text knows its place, so that
 * pieces that follow one another can be told as one event: at the place of the first, with the cursor of the last.
 * Immutable; the bytes are not to be changed.
 */
final class WrittenEvent {
    private static final byte[] NOTHING = {};

    /** Of a piece of text: in which block of which reply it lies, in UTF-16 units. {@code reply} is its first line. */
    record Place(String conversation, long reply, int block, int from, int to) {
        boolean follows(Place earlier) {
            return from == earlier.to
                    && block == earlier.block
                    && reply == earlier.reply
                    && conversation.equals(earlier.conversation);
        }
    }

    private final byte[] cursor;
    private final byte[] opening;
    private final byte[] text;
    private final byte[] closing;
    /** Null if it is no piece of text. */
    private final Place place;

    private final boolean patient;

    private WrittenEvent(byte[] cursor, byte[] opening, byte[] text, byte[] closing, Place place, boolean patient) {
        this.cursor = cursor;
        this.opening = opening;
        this.text = text;
        this.closing = closing;
        this.place = place;
        this.patient = patient;
    }

    /** One that is told at once and by itself. */
    static WrittenEvent of(String written) {
        return new WrittenEvent(NOTHING, EventStream.bytes(written), NOTHING, NOTHING, null, false);
    }

    /** One that is told by itself and may be told a little later. */
    static WrittenEvent patient(String written) {
        return new WrittenEvent(NOTHING, EventStream.bytes(written), NOTHING, NOTHING, null, true);
    }

    /**
     * A piece of text. What is written is {@code cursor + opening + text + closing}.
     *
     * @param cursor what depends on the last character only
     * @param opening what depends on the first character only
     * @param closing the same for all pieces of a conversation
     */
    static WrittenEvent piece(Place place, String cursor, String opening, String text, String closing) {
        return new WrittenEvent(
                EventStream.bytes(cursor),
                EventStream.bytes(opening),
                EventStream.bytes(text),
                EventStream.bytes(closing),
                place,
                true);
    }

    /** Whether it may wait until what comes next can be told with it. */
    boolean patient() {
        return patient;
    }

    /** In bytes. */
    int length() {
        return cursor.length + opening.length + text.length + closing.length;
    }

    private boolean goesOn(WrittenEvent earlier) {
        return place != null && earlier.place != null && place.follows(earlier.place);
    }

    /** All of them, one after the other. @param gathered whether pieces that follow one another become one */
    static ByteBuffer together(WrittenEvent[] events, boolean gathered) {
        int length = 0;
        for (WrittenEvent event : events) {
            length += event.length();
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int first = 0;
        while (first < events.length) {
            int last = first;
            while (gathered && last + 1 < events.length && events[last + 1].goesOn(events[last])) {
                last++;
            }
            bytes.put(events[last].cursor).put(events[first].opening);
            for (int i = first; i <= last; i++) {
                bytes.put(events[i].text);
            }
            bytes.put(events[first].closing);
            first = last + 1;
        }
        return bytes.flip();
    }
}
