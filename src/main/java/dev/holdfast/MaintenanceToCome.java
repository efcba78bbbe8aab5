package dev.holdfast;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.store.Maintenance;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stands where the store's maintenance will, and says so. */
final class MaintenanceToCome implements Maintenance {
    private static IOException toCome() {
        return new IOException("This build does not maintain its store yet.");
    }

    @Override
    public void check(Optional<ConversationId> only, Consumer<Finding> each) throws IOException {
        throw toCome();
    }

    @Override
    public List<Quarantined> quarantined() throws IOException {
        throw toCome();
    }

    @Override
    public void repack(Optional<ConversationId> only, Consumer<Step> each) throws IOException {
        throw toCome();
    }

    @Override
    public void rekey(Consumer<Step> each) throws IOException {
        throw toCome();
    }

    @Override
    public long reindex() throws IOException {
        throw toCome();
    }

    @Override
    public List<Trashed> trash() throws IOException {
        throw toCome();
    }

    @Override
    public void delete(ConversationId id) throws IOException {
        throw toCome();
    }

    @Override
    public void restore(ConversationId id) throws IOException {
        throw toCome();
    }

    @Override
    public long purge(Optional<ConversationId> only, Instant deletedBefore, Consumer<Step> each) throws IOException {
        throw toCome();
    }
}
