package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.Journal;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** A conversation that is open, with its journal. */
final class FileConversation implements StoredConversation {
    private final Header header;
    private final Transcript transcript;
    private final Journal journal;
    private final boolean damaged;
    private final Consumer<FileConversation> changed;
    private Listener listener = (seq, entry) -> {};
    private int lastId;

    /** @param changed called with the conversation locked after each entry that a list may show */
    FileConversation(
            Header header,
            Transcript transcript,
            Journal journal,
            boolean damaged,
            Consumer<FileConversation> changed) {
        this.header = header;
        this.transcript = transcript;
        this.journal = journal;
        this.damaged = damaged;
        this.changed = changed;
        this.lastId = transcript.highestId();
    }

    @Override
    public ConversationId id() {
        return header.id();
    }

    @Override
    public Owner owner() {
        return header.owner();
    }

    @Override
    public String channelKey() {
        return header.channelKey();
    }

    @Override
    public Instant createdAt() {
        return header.createdAt();
    }

    @Override
    public synchronized String title() {
        return Header.title(transcript);
    }

    @Override
    public synchronized <T> T locked(Function<Transcript, T> action) {
        return action.apply(transcript);
    }

    @Override
    public synchronized String newMessageId() {
        lastId++;
        return "m" + lastId;
    }

    @Override
    public CompletableFuture<Long> append(Entry entry) {
        return journal.append(EntryJson.write(entry), Durability.FORCED, seq -> written(seq, entry));
    }

    private synchronized void written(long seq, Entry entry) {
        transcript.apply(seq, entry);
        listener.appended(seq, entry);
        if (!(entry instanceof Entry.Delta)) {
            changed.accept(this);
        }
    }

    @Override
    public synchronized void listen(Listener newListener) {
        this.listener = newListener;
    }

    @Override
    public boolean writable() {
        return journal.refusal().isEmpty();
    }

    @Override
    public boolean damaged() {
        return damaged;
    }

    synchronized Listing listing() {
        return header.listing(transcript, damaged);
    }

    void close() throws IOException {
        journal.close();
    }
}
