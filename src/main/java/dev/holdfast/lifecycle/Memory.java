package dev.holdfast.lifecycle;

import dev.holdfast.agent.TurnRunner;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.NoSuchMessageException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.TurnRunsException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the model remembers of a conversation, as far as a person decides it. Nothing is removed: a line is added that says
 * what is sent from now on.
 *
 * <p>All of it waits until nothing is being answered; until then the futures fail with {@link TurnRunsException}. They
 * complete when what is asked is on disk. For a conversation that is not the person's every method throws {@link
 * NoSuchConversationException}. Thread-safe.
 */
public final class Memory {
    private final OpenConversations open;
    private final TurnRunner turns;

    Memory(OpenConversations open, TurnRunner turns) {
        this.open = open;
        this.turns = turns;
    }

    /**
     * Keeps a message, and the turn that it is part of, in what the model is sent, however old it gets; or no longer.
     *
     * @return fails with {@link NoSuchMessageException} if it is not there
     */
    public CompletableFuture<Void> pin(Owner owner, ConversationId id, String messageId, boolean pinned) {
        return append(owner, id, live -> {
            Branches.reach(live, messageId);
            return turns.view().pin(live, messageId, pinned);
        });
    }

    /** Sends the model what the summary stands for in its place, as far back as there is room for. */
    public CompletableFuture<Void> takeSummaryBack(Owner owner, ConversationId id) {
        return append(
                owner, id, live -> turns.view().withoutSummary(live).stream().toList());
    }

    private CompletableFuture<Void> append(
            Owner owner, ConversationId id, OpenConversations.Read<List<? extends Entry>> decide) {
        return open.with(owner, id, decide, (live, entries) -> {
            open.idle().touch(live);
            if (live.busy()) {
                return CompletableFuture.failedFuture(new TurnRunsException());
            }
            CompletableFuture<?>[] appended =
                    entries.stream().map(entry -> live.stored().append(entry)).toArray(CompletableFuture<?>[]::new);
            return CompletableFuture.allOf(appended);
        });
    }
}
