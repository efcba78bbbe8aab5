package dev.holdfast.bench;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.FileDisk;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole way of a message: redacted, encoded, written and forced, taken into transcript and catalog. */
final class OpenStore implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();

    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final FileConversationStore store;
    private final List<AppendRate.CalledBack> appends = new ArrayList<>();

    OpenStore(Path folder, int conversations, ExecutorService io, List<String> texts) throws IOException {
        store = store(folder, io, background);
        RedactionRules rules = new RedactionRules(RedactionRules.defaults(), List.of());
        for (int i = 0; i < conversations; i++) {
            StoredConversation conversation = store.create(Owner.OPERATOR, "cli:" + i);
            Redactor redactor = new Redactor(rules, Optional.empty(), new Placeholders());
            int[] next = {i};
            appends.add(() -> append(conversation, redactor, texts.get(next[0]++ % texts.size())));
        }
    }

    private static FileConversationStore store(Path folder, ExecutorService io, ExecutorService background) {
        return new FileConversationStore(
                new FileDisk(), folder, Storage.PLAIN, io, background, CLOCK, new SecureRandom(), new NoDamage());
    }

    private static CompletableFuture<Long> append(StoredConversation conversation, Redactor redactor, String text) {
        Optional<String> parent =
                conversation.locked(transcript -> transcript.tree().head().map(Message::id));
        Message message = Message.user(conversation.newMessageId(), parent, text, CLOCK.instant(), Optional.empty());
        return conversation.append(redactor.redact(message).orElseThrow());
    }

    double rate() throws Exception {
        return AppendRate.ofCalledBack(appends);
    }

    @Override
    public void close() {
        store.close();
        background.shutdown();
    }
}
