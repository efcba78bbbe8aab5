package dev.holdfast.lifecycle;

import dev.holdfast.agent.LiveConversation;
import dev.holdfast.agent.TurnRunner;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.MessageTree;
import dev.holdfast.conversation.NoSuchMessageException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.TurnRunsException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Ways through a conversation other than straight on: say something else instead, have it answered again, go back, go
 * forward, go to another branch. Nothing is removed by any of them: a line is added that says where the active path ends.
 *
 * <p>All of it waits until nothing is being answered; until then the futures fail with {@link TurnRunsException}, for a
 * message that is not there with {@link NoSuchMessageException}. They complete when what is asked is on disk. For a
 * conversation that is not the person's every method throws {@link NoSuchConversationException}. Thread-safe.
 */
public final class Branches {
    private final Conversations conversations;
    private final OpenConversations open;
    private final TurnRunner turns;
    private final Clock clock;

    Branches(Conversations conversations, OpenConversations open, TurnRunner turns, Clock clock) {
        this.conversations = conversations;
        this.open = open;
        this.turns = turns;
        this.clock = clock;
    }

    /** Says {@code text} in the place of the person's message {@code messageId}, which stays as another branch. */
    public CompletableFuture<Said> edit(
            Owner owner, ConversationId id, String messageId, String text, Optional<String> sendKey) {
        return edit(owner, id, messageId, text, sendKey, Passage.FREE);
    }

    /** The same for a request. See {@link Conversations#say(Owner, ConversationId, String, Optional, Passage)}. */
    public CompletableFuture<Said> edit(
            Owner owner, ConversationId id, String messageId, String text, Optional<String> sendKey, Passage passage) {
        return conversations.say(owner, id, text, sendKey, Optional.of(messageId), passage);
    }

    /**
     * Has a message answered again.
     *
     * @param messageId an answer, or what is to be answered; empty: the last message
     */
    public CompletableFuture<Void> regenerate(Owner owner, ConversationId id, Optional<String> messageId) {
        return regenerate(owner, id, messageId, Passage.FREE);
    }

    /**
     * The same for a request, which passes.
     *
     * @throws TooManyAttemptsException if whoever asks has to wait; then nothing was done
     */
    public CompletableFuture<Void> regenerate(
            Owner owner, ConversationId id, Optional<String> messageId, Passage passage) {
        OpenConversations.Read<String> prepare = live -> {
            passage.pass();
            String named = messageId
                    .or(() -> live.locked(transcript -> transcript.tree().head().map(Message::id)))
                    .orElseThrow(NoSuchMessageException::new);
            reach(live, named);
            return named;
        };
        return open.with(owner, id, prepare, (live, named) -> {
            return passage.begin(live, () -> {
                open.idle().touch(live);
                return turns.answerAgain(live, named);
            });
        });
    }

    /** Takes the last exchange off the active path: what a person said last, and all that came of it. */
    public CompletableFuture<Void> undo(Owner owner, ConversationId id) {
        return move(owner, id, transcript -> lastSaid(transcript).map(Message::parent));
    }

    private static Optional<Message> lastSaid(Transcript transcript) {
        List<Message> path = transcript.tree().path();
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i).role() == Role.USER) {
                return Optional.of(path.get(i));
            }
        }
        return Optional.empty();
    }

    /** Puts the newest exchange behind the end of the active path on it again. */
    public CompletableFuture<Void> redo(Owner owner, ConversationId id) {
        return move(owner, id, transcript -> {
            MessageTree tree = transcript.tree();
            Optional<String> said = newest(tree, tree.head().map(Message::id));
            return said.map(message -> newest(tree, said).or(() -> said));
        });
    }

    private static Optional<String> newest(MessageTree tree, Optional<String> parent) {
        List<String> answers = tree.children(parent);
        return answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(answers.size() - 1));
    }

    /** Puts {@code messageId} on the active path, and what was last said behind it. */
    public CompletableFuture<Void> show(Owner owner, ConversationId id, String messageId) {
        return move(
                owner,
                id,
                transcript -> transcript
                        .tree()
                        .message(messageId)
                        .map(message -> Optional.of(transcript.tree().newestLeaf(messageId))),
                Optional.of(messageId));
    }

    private CompletableFuture<Void> move(
            Owner owner, ConversationId id, Function<Transcript, Optional<Optional<String>>> target) {
        return move(owner, id, target, Optional.empty());
    }

    /**
     * Ends the active path elsewhere.
     *
     * @param target where, empty being before the first message; nothing if there is no such place
     * @param needed a message that must be in memory for that
     */
    private CompletableFuture<Void> move(
            Owner owner,
            ConversationId id,
            Function<Transcript, Optional<Optional<String>>> target,
            Optional<String> needed) {
        OpenConversations.Read<Void> prepare = live -> {
            if (needed.isPresent()) {
                reach(live, needed.get());
            }
            Optional<Optional<String>> to = live.locked(target);
            if (to.isPresent()) {
                live.stored().reachMessage(to.get());
            }
            return null;
        };
        return open.with(owner, id, prepare, (live, nothing) -> {
            open.idle().touch(live);
            Optional<Optional<String>> to = live.locked(target);
            if (live.busy() || to.isEmpty()) {
                return CompletableFuture.failedFuture(
                        live.busy() ? new TurnRunsException() : new NoSuchMessageException());
            }
            return live.stored()
                    .append(new Entry.Head(to.get(), clock.instant()))
                    .thenApply(seq -> null);
        });
    }

    /** Takes so much of the file in that the message is here, and what it answers. */
    static void reach(LiveConversation live, String messageId) throws IOException {
        if (live.stored().message(messageId).isEmpty()) {
            throw new NoSuchMessageException();
        }
        live.stored().reachMessage(Optional.of(messageId));
        Optional<Message> found = live.locked(transcript -> transcript.tree().message(messageId));
        if (found.isPresent() && found.get().parent().isPresent()) {
            live.stored().reachMessage(found.get().parent());
        }
    }
}
