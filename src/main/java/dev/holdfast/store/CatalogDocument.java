package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.protect.Sha256;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Text;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * How conversations and texts lie in the index: one document each. Whoever changes anything here raises
 * {@link #FORMAT}, so that indexes of the time before are begun anew.
 */
final class CatalogDocument {
    /** What is written here, and how words are told apart. */
    static final String FORMAT = "1";

    static final String ID = "id";
    static final String OWNER = "owner";
    static final String CHANNEL = "channel";
    static final String STATE = "state";
    static final String ACTIVITY = "activity";
    static final String TITLE = "title";
    static final String MARK = "mark";
    static final String LISTING = "listing";

    static final String LINE = "line";
    /** The conversation that a text belongs to. */
    static final String OF = "of";

    static final String SEQ = "seq";
    static final String MESSAGE = "message";
    static final String ROLE = "role";
    static final String TEXT = "text";

    static final String TRASHED = "trashed";
    static final String LISTED = "listed";

    /** Nothing was said in it yet. */
    static final String EMPTY = "empty";

    /** Longest name that is a term of its own; Lucene has a limit, and names of others may have any length. */
    private static final int LONGEST_NAME = 1000;

    private static final FieldType WORDS = words(false);
    private static final FieldType STORED_WORDS = words(true);

    private CatalogDocument() {}

    /** Words with how often they stand there; where they stand is found again from the text. */
    private static FieldType words(boolean stored) {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setTokenized(true);
        type.setStored(stored);
        type.freeze();
        return type;
    }

    static Document of(Entry entry) {
        Listing listing = entry.listing();
        Document document = named(entry);
        document.add(new StringField(OWNER, name(listing.owner().name()), Field.Store.NO));
        document.add(new StringField(CHANNEL, name(listing.channelKey()), Field.Store.NO));
        document.add(new StringField(STATE, state(entry), Field.Store.NO));
        document.add(new Field(TITLE, CatalogWords.composed(listing.title()), WORDS));
        document.add(new StoredField(LISTING, bytes(listing)));
        return document;
    }

    private static String state(Entry entry) {
        return entry.trashed() ? TRASHED : entry.listing().title().isEmpty() ? EMPTY : LISTED;
    }

    /** What may be seen of a conversation: id, time of activity and mark. */
    static Document named(Entry entry) {
        String id = entry.listing().id().value();
        Document document = new Document();
        document.add(new StringField(ID, id, Field.Store.NO));
        document.add(new SortedDocValuesField(ID, new BytesRef(id)));
        document.add(new LongField(ACTIVITY, nanos(entry.listing().lastActivity()), Field.Store.NO));
        document.add(new BinaryDocValuesField(MARK, new BytesRef(bytes(entry.mark()))));
        return document;
    }

    static Document of(Text text) {
        Document document = new Document();
        document.add(new StringField(LINE, line(text), Field.Store.NO));
        document.add(new StringField(OF, text.conversation().value(), Field.Store.NO));
        document.add(
                new SortedDocValuesField(OF, new BytesRef(text.conversation().value())));
        document.add(new StringField(OWNER, name(text.owner().name()), Field.Store.NO));
        document.add(new NumericDocValuesField(SEQ, text.seq()));
        document.add(new StoredField(MESSAGE, text.messageId()));
        document.add(new StoredField(ROLE, text.role()));
        document.add(new Field(TEXT, CatalogWords.composed(text.text()), STORED_WORDS));
        return document;
    }

    private static String line(Text text) {
        return text.conversation().value() + ":" + text.seq();
    }

    static Term key(ConversationId id) {
        return new Term(ID, id.value());
    }

    static Term key(Text text) {
        return new Term(LINE, line(text));
    }

    static Term textsOf(ConversationId id) {
        return new Term(OF, id.value());
    }

    /** The term for a name that may have any length: itself, or its digest. */
    static String name(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        return "sha256:" + Sha256.hex(name);
    }

    /** Nanoseconds since 1970, as far as a long counts them: until 2262. */
    static long nanos(Instant time) {
        long seconds = TimeUnit.SECONDS.toNanos(time.getEpochSecond());
        return seconds == Long.MAX_VALUE || seconds == Long.MIN_VALUE ? seconds : seconds + time.getNano();
    }

    static byte[] bytes(Listing listing) {
        return written(out -> {
            out.writeString(listing.id().value());
            out.writeString(listing.owner().name());
            out.writeString(listing.channelKey());
            out.writeString(listing.title());
            write(out, listing.createdAt());
            write(out, listing.lastActivity());
            out.writeByte((byte) (listing.damaged() ? 1 : 0));
        });
    }

    static Listing listing(byte[] bytes) throws IOException {
        DataInput in = new ByteArrayDataInput(bytes);
        return new Listing(
                new ConversationId(in.readString()),
                new Owner(in.readString()),
                in.readString(),
                in.readString(),
                readInstant(in),
                readInstant(in),
                in.readByte() != 0);
    }

    private static byte[] bytes(Mark mark) {
        return written(out -> {
            out.writeLong(mark.size());
            out.writeLong(mark.modifiedMillis());
            out.writeLong(mark.lastSeq());
            out.writeByte((byte) (mark.running() ? 1 : 0));
            out.writeByte((byte) (mark.deletedAt().isPresent() ? 1 : 0));
            if (mark.deletedAt().isPresent()) {
                write(out, mark.deletedAt().get());
            }
        });
    }

    static Mark mark(BytesRef bytes) throws IOException {
        DataInput in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
        return new Mark(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readByte() != 0,
                in.readByte() != 0 ? Optional.of(readInstant(in)) : Optional.empty());
    }

    private static void write(DataOutput out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant readInstant(DataInput in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutput out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteBuffersDataOutput out = new ByteBuffersDataOutput();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        }
        return out.toArrayCopy();
    }
}
