package dev.holdfast.cli;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Said;
import dev.holdfast.conversation.Subscriber;
import dev.holdfast.conversation.Usage;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.ShownMessage;
import dev.holdfast.lifecycle.ThreadSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/** A conversation in the terminal. For one thread. */
final class TerminalChat {
    /** What is shown of a conversation that goes on. */
    private static final int RECALLED = 6;

    private final Conversations conversations;
    private final Prompt prompt;
    private final PrintWriter out;

    TerminalChat(Conversations conversations, Prompt prompt) {
        this.conversations = conversations;
        this.prompt = prompt;
        this.out = prompt.out();
    }

    /**
     * Converses until the person ends it.
     *
     * @param resume the conversation to go on with; null for a new one
     */
    void run(String resume) throws IOException {
        ConversationId id = resume == null ? null : known(resume);
        greet();
        Owner owner = id == null ? Owner.OPERATOR : conversations.owner(id).orElseThrow();
        if (id != null) {
            recall(owner, id);
        }
        for (Optional<String> line = prompt.ask("you: "); line.isPresent(); line = prompt.ask("you: ")) {
            if (!line.get().isBlank()) {
                id = id == null ? conversations.createFor(Owner.OPERATOR, "cli") : id;
                answer(owner, id, line.get());
            }
        }
        out.println();
        if (id != null) {
            out.println("Saved. Go on with: chat --resume " + id);
        }
        out.flush();
    }

    private ConversationId known(String resume) throws IOException {
        return ConversationId.parse(resume)
                .filter(id -> conversations.owner(id).isPresent())
                .orElseThrow(() -> new IOException("There is no conversation with that id in this data folder."));
    }

    private void greet() {
        out.println("Holdfast · " + conversations.modelName());
        out.println("Every line is saved before it is answered. Ctrl-D ends, Ctrl-C stops a reply.");
        out.println();
        out.flush();
    }

    private void recall(Owner owner, ConversationId id) {
        ThreadSnapshot thread = conversations.thread(owner, id, RECALLED);
        out.println(Terminals.plain(thread.title()) + (thread.more() ? " (the end of it)" : ""));
        for (ShownMessage shown : thread.messages()) {
            Message message = shown.message();
            String who = message.role() == Role.USER ? "you" : message.model().orElse("model");
            out.println(Terminals.plain(who + ": " + message.text()));
        }
        out.println();
        out.flush();
    }

    private void answer(Owner owner, ConversationId id, String text) throws IOException {
        BlockingQueue<Optional<FeedEvent>> events = new LinkedBlockingQueue<>();
        conversations.resume(owner, id, false).join(); // Else an idle one might be let go of before it is watched.
        ThreadSnapshot before = conversations.thread(owner, id, 1);
        Runnable leave = conversations.watch(owner, id, Optional.of(before.cursor()), new Subscriber() {
            @Override
            public void event(FeedEvent event) {
                events.add(Optional.of(event));
            }

            @Override
            public void end() {
                events.add(Optional.empty());
            }
        });
        prompt.onInterrupt(() -> conversations.stop(owner, id));
        try {
            Said said = conversations.say(owner, id, text, Optional.empty()).join();
            print(events, said);
        } catch (CompletionException e) {
            throw new IOException("That could not be saved: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            prompt.onInterrupt(() -> {});
            leave.run();
        }
    }

    /** Prints the reply to what was said, as it comes. Of a conversation in use the feed ends only if the disk fails. */
    private void print(BlockingQueue<Optional<FeedEvent>> events, Said said) throws InterruptedException, IOException {
        String reply = null;
        while (true) {
            FeedEvent event =
                    events.take().orElseThrow(() -> new IOException("The reply could not be saved. The log says why."));
            if (event instanceof FeedEvent.ReplyBegun begun
                    && begun.start().parent().equals(said.message())) {
                reply = begun.start().id();
                out.print(Terminals.plain(begun.start().model()) + ": ");
            } else if (event instanceof FeedEvent.Grown grown
                    && grown.id().equals(reply)
                    && grown.part().kind() == Block.Kind.TEXT) {
                out.print(Terminals.plain(grown.part().text()));
            } else if (event instanceof FeedEvent.Done done
                    && done.message().id().equals(reply)) {
                end(done.message());
                return;
            }
            out.flush();
        }
    }

    private void end(Message reply) {
        out.println();
        reply.cause().map(Terminals::plain).ifPresent(out::println);
        Usage usage = reply.usage();
        boolean reported = reply.stop().saidByModel();
        out.println("(" + reply.stop().wire() + (reported || usage.equals(Usage.NONE) ? ", " : ", about ")
                + usage.sent() + " tokens in, " + usage.output() + " out)");
        out.println();
        out.flush();
    }
}
