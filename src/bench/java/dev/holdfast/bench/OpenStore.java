package dev.holdfast.bench;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.Disk;
import dev.holdfast.protect.Placeholders;
import dev.holdfast.protect.RedactionRules;
import dev.holdfast.protect.Redactor;
import dev.holdfast.store.FileConversationStore;
import dev.holdfast.store.Storage;
import dev.holdfast.store.StoredConversation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole way of a message: redacted, encoded, written and forced, taken into transcript and catalog. */
final class OpenStore implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();

    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final RedactionRules rules = RedactionRules.secrets();
    private final List<String> texts;
    private final FileConversationStore store;

    /** @param texts what is said in each conversation, again and again */
    OpenStore(Disk disk, Path folder, Executor io, List<String> texts) {
        this.texts = texts;
        this.store = new FileConversationStore(
                disk, folder, Storage.PLAIN, io, background, CLOCK, new SecureRandom(), new NoDamage());
    }

    /** A new one, which stays open. */
    Talk begin() throws IOException {
        return new Talk(store.create(Owner.OPERATOR, "cli:bench"));
    }

    /** A conversation to which one message after the other is appended. Not thread-safe. */
    final class Talk implements AppendRate.CalledBack {
        private static final int AT_ONCE = 1_000;

        private final StoredConversation conversation;
        private final Redactor redactor = new Redactor(rules, Optional.empty(), new Placeholders());
        private Optional<String> last = Optional.empty();
        private int said;

        Talk(StoredConversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public CompletableFuture<Long> append() {
            String id = conversation.newMessageId();
            String text = texts.get(said++ % texts.size());
            Message message = Message.user(id, last, text, CLOCK.instant(), Optional.empty());
            last = Optional.of(id);
            return conversation.append(redactor.redact(message).orElseThrow());
        }

        /** Lets it become so many messages longer, as fast as can be. */
        void grow(int messages) {
            for (int i = 1; i < messages; i++) {
                CompletableFuture<Long> appended = append();
                if (i % AT_ONCE == 0) {
                    appended.join();
                }
            }
            append().join();
        }
    }

    @Override
    public void close() {
        store.close();
        background.shutdown();
    }
}
