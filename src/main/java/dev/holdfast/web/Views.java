package dev.holdfast.web;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.IdleState;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.lifecycle.ListedConversation;
import dev.holdfast.lifecycle.ShownMessage;
import dev.holdfast.lifecycle.ThreadSnapshot;
import dev.holdfast.web.view.BannerView;
import dev.holdfast.web.view.BlockView;
import dev.holdfast.web.view.DayGroup;
import dev.holdfast.web.view.ListItem;
import dev.holdfast.web.view.Markdown;
import dev.holdfast.web.view.MessageView;
import dev.holdfast.web.view.ThreadView;
import dev.holdfast.web.view.Totals;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes what templates show out of what there is. Thread-safe. */
final class Views {
    private final Clock clock;
    private Markdown markdown;

    Views(Clock clock) {
        this.clock = clock;
    }

    List<DayGroup> days(List<ListedConversation> conversations, String currentId) {
        return DayGroup.of(
                conversations.stream().map(listed -> item(listed, currentId)).toList(), clock);
    }

    private static ListItem item(ListedConversation listed, String currentId) {
        String id = listed.listing().id().value();
        String state = listed.state() == ListedConversation.State.ACTIVE
                ? "idle"
                : listed.state().name().toLowerCase(Locale.ROOT);
        return new ListItem(id, listed.listing().title(), listed.listing().lastActivity(), state, id.equals(currentId));
    }

    ThreadView thread(ThreadSnapshot snapshot) {
        List<MessageView> messages = new ArrayList<>();
        snapshot.messages().forEach(shown -> messages.add(message(shown)));
        snapshot.reply().ifPresent(reply -> messages.add(running(reply)));
        snapshot.queued().forEach(queued -> messages.add(queued(queued)));
        return new ThreadView(
                snapshot.id().value(),
                snapshot.title(),
                messages,
                snapshot.more(),
                snapshot.running(),
                snapshot.cursor().toString(),
                "",
                Totals.of(snapshot.usage()));
    }

    MessageView message(ShownMessage shown) {
        Message message = shown.message();
        boolean own = message.role() == Role.USER;
        return new MessageView(
                message.id(),
                message.parent().orElse(""),
                message.role().wire(),
                message.stop().wire(),
                own ? Markdown.asTyped(message.text()) : markdown().render(message.text()),
                thinking(message),
                List.of(),
                message.timestamp(),
                message.model().orElse(""),
                Totals.of(message.usage()),
                message.cause().orElse(""));
    }

    /** Loaded with the first reply: the empty page, which people wait for after a start, needs none. */
    private synchronized Markdown markdown() {
        if (markdown == null) {
            markdown = new Markdown();
        }
        return markdown;
    }

    private static String thinking(Message message) {
        return message.content().stream()
                .filter(Block.Thinking.class::isInstance)
                .map(block -> ((Block.Thinking) block).text())
                .collect(Collectors.joining("\n\n"));
    }

    private static MessageView running(ThreadSnapshot.RunningReply reply) {
        List<BlockView> blocks = reply.parts().stream()
                .map(part -> new BlockView(part.block(), part.kind().name().toLowerCase(Locale.ROOT), part.text()))
                .toList();
        Entry.ReplyStarted start = reply.start();
        return new MessageView(
                start.id(),
                start.parent(),
                Role.ASSISTANT.wire(),
                "streaming",
                Markdown.SafeHtml.EMPTY,
                "",
                blocks,
                null,
                start.model(),
                Totals.NONE,
                "");
    }

    private static MessageView queued(Entry.Queued queued) {
        return new MessageView(
                queued.id(),
                "",
                Role.USER.wire(),
                "queued",
                Markdown.asTyped(queued.text()),
                "",
                List.of(),
                queued.timestamp(),
                "",
                Totals.NONE,
                "");
    }

    /** What is to be said about a conversation that was left alone; null if nothing. */
    BannerView banner(ThreadSnapshot snapshot, Optional<String> code) {
        IdleState state = snapshot.idle().state();
        if (state == IdleState.ACTIVE || snapshot.exchanges() == 0) {
            return null;
        }
        return new BannerView(
                state.name().toLowerCase(Locale.ROOT),
                snapshot.idle().left().toSeconds(),
                snapshot.exchanges(),
                snapshot.lastTopic(),
                code.orElse(null));
    }
}
