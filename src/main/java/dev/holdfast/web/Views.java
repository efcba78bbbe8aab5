package dev.holdfast.web;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.IdleState;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.SavedDraft;
import dev.holdfast.conversation.SearchHit;
import dev.holdfast.conversation.SearchHit.Piece;
import dev.holdfast.conversation.Usage;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.ListedConversation;
import dev.holdfast.lifecycle.ResumeLinks.GivenLink;
import dev.holdfast.lifecycle.ResumeMails;
import dev.holdfast.lifecycle.ServerStatus;
import dev.holdfast.lifecycle.ShownCut;
import dev.holdfast.lifecycle.ShownMessage;
import dev.holdfast.lifecycle.SignIn;
import dev.holdfast.lifecycle.ThreadSnapshot;
import dev.holdfast.web.view.BannerView;
import dev.holdfast.web.view.BlockView;
import dev.holdfast.web.view.CutView;
import dev.holdfast.web.view.DayGroup;
import dev.holdfast.web.view.DraftView;
import dev.holdfast.web.view.LinksView;
import dev.holdfast.web.view.ListItem;
import dev.holdfast.web.view.ListView;
import dev.holdfast.web.view.Markdown;
import dev.holdfast.web.view.MessageView;
import dev.holdfast.web.view.OperatorView;
import dev.holdfast.web.view.SearchView;
import dev.holdfast.web.view.SignInsView;
import dev.holdfast.web.view.ThreadView;
import dev.holdfast.web.view.Totals;
import dev.holdfast.web.view.TrashView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes what templates show out of what there is. Thread-safe. */
final class Views {
    private static final long BYTES_A_MEGABYTE = 1_000_000;

    /** What a call cost, as people read it; empty if that is not known. */
    interface Costs {
        Optional<String> of(String model, Usage usage);
    }

    private final Clock clock;
    private final Costs costs;
    private Markdown markdown;

    Views(Clock clock, Costs costs) {
        this.clock = clock;
        this.costs = costs;
    }

    /** @param currentId of the conversation that is open; null if none is */
    ListView list(ListPage page, Optional<ConversationId> after, String currentId) {
        List<ListItem> items = page.conversations().stream()
                .map(listed -> item(listed, currentId))
                .toList();
        return new ListView(
                DayGroup.of(items, clock),
                currentId == null ? "/" : "/c/" + currentId,
                page.more() ? items.get(items.size() - 1).id() : null,
                after.isPresent());
    }

    private static ListItem item(ListedConversation listed, String currentId) {
        String id = listed.listing().id().value();
        String state = listed.state() == ListedConversation.State.ACTIVE
                ? "idle"
                : listed.state().name().toLowerCase(Locale.ROOT);
        return new ListItem(id, listed.listing().title(), listed.listing().lastActivity(), state, id.equals(currentId));
    }

    SearchView search(String query, List<SearchHit> found) {
        return new SearchView(query, found.stream().map(Views::hit).toList());
    }

    private static SearchView.Hit hit(SearchHit hit) {
        String title = hit.listing().title();
        List<Piece> plain = title.isEmpty() ? List.of() : List.of(new Piece(title, false));
        boolean inTitle = hit.message().isEmpty();
        return new SearchView.Hit(
                hit.listing().id().value(),
                hit.message().orElse(""),
                inTitle ? hit.snippet() : plain,
                inTitle ? List.of() : hit.snippet());
    }

    /** @param more whether there are others in the trash */
    TrashView trash(List<Listing> trash, boolean more) {
        List<TrashView.Item> items = trash.stream()
                .map(one -> new TrashView.Item(
                        one.id().value(),
                        one.title(),
                        one.lastActivity().atZone(clock.getZone()).toLocalDate()))
                .toList();
        return new TrashView(items, more);
    }

    LinksView links(
            ConversationId id, List<GivenLink> given, List<ResumeMails.Unsent> unsent, Optional<String> idleMail) {
        List<LinksView.Item> items = given.stream()
                .map(one -> new LinksView.Item(
                        one.name(),
                        one.kind(),
                        one.to().orElse(""),
                        one.created().atZone(clock.getZone()),
                        one.expires().atZone(clock.getZone()),
                        one.usable(),
                        one.browsers()))
                .toList();
        List<LinksView.Unsent> mails = unsent.stream()
                .map(one -> new LinksView.Unsent(
                        one.to(),
                        one.asked().atZone(clock.getZone()),
                        one.nextTry().map(next -> next.atZone(clock.getZone())).orElse(null),
                        one.trouble().orElse("")))
                .toList();
        return new LinksView(id.value(), items, mails, idleMail.orElse(""));
    }

    SignInsView signIns(List<SignIn.OpenBrowser> browsers) {
        return new SignInsView(browsers.stream()
                .map(one -> new SignInsView.Item(
                        one.name(),
                        one.called(),
                        one.since().atZone(clock.getZone()),
                        one.until().atZone(clock.getZone()),
                        one.asking()))
                .toList());
    }

    OperatorView operator(ServerStatus status, int streams) {
        return new OperatorView(
                status.since().atZone(clock.getZone()),
                status.model(),
                List.of(
                        new OperatorView.Count("conversations", status.conversations()),
                        new OperatorView.Count("open", status.open()),
                        new OperatorView.Count("running", status.running()),
                        new OperatorView.Count("streams", streams),
                        new OperatorView.Count("signedIn", status.signedIn()),
                        new OperatorView.Count("mailsWaiting", status.mailsWaiting()),
                        new OperatorView.Count("mailsGivenUp", status.mailsGivenUp()),
                        new OperatorView.Count("heap", status.heapBytes() / BYTES_A_MEGABYTE),
                        new OperatorView.Count("free", status.freeBytes() / BYTES_A_MEGABYTE)));
    }

    /** @param own whether it belongs to who looks at it, and was not just opened to them */
    ThreadView thread(ThreadSnapshot snapshot, boolean own, Optional<SavedDraft> draft) {
        List<MessageView> messages = new ArrayList<>();
        String id = snapshot.id().value();
        snapshot.messages().forEach(shown -> messages.add(message(id, shown)));
        snapshot.reply().ifPresent(reply -> messages.add(running(id, reply)));
        snapshot.queued().forEach(queued -> messages.add(queued(id, queued)));
        return new ThreadView(
                id,
                snapshot.title(),
                own,
                messages,
                snapshot.more(),
                snapshot.running(),
                snapshot.cursor().toString(),
                draft.map(saved -> new DraftView(saved.text(), saved.savedAt())).orElse(DraftView.NONE),
                Totals.of(snapshot.usage()),
                snapshot.damaged());
    }

    /** @param conversation its id */
    MessageView message(String conversation, ShownMessage shown) {
        Message message = shown.message();
        boolean own = message.role() == Role.USER;
        return new MessageView(
                conversation,
                message.id(),
                message.parent().orElse(""),
                message.role().wire(),
                message.stop().wire(),
                own ? Markdown.asTyped(message.text()) : markdown().render(message.text()),
                thinking(message),
                List.of(),
                message.timestamp(),
                message.model().orElse(""),
                Totals.of(message.usage(), cost(message)),
                message.cause().orElse(""),
                own ? message.text() : "",
                shown.siblings(),
                shown.kept(),
                shown.cut().map(Views::cut).orElse(null));
    }

    private static CutView cut(ShownCut cut) {
        return new CutView(
                cut.before().orElse(0),
                cut.covered().orElse(0),
                cut.summary().map(Entry.Summary::text).orElse(""),
                cut.summary().flatMap(Entry.Summary::model).orElse(""),
                cut.kept());
    }

    private String cost(Message message) {
        return message.model()
                .flatMap(model -> costs.of(model, message.usage()))
                .orElse("");
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

    private static MessageView running(String conversation, ThreadSnapshot.RunningReply reply) {
        List<BlockView> blocks = reply.parts().stream()
                .map(part -> new BlockView(part.block(), part.kind().name().toLowerCase(Locale.ROOT), part.text()))
                .toList();
        Entry.ReplyStarted start = reply.start();
        return new MessageView(
                conversation,
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
                "",
                "",
                List.of(),
                false,
                null);
    }

    /** A message that waits for its turn. */
    static MessageView queued(String conversation, Entry.Queued queued) {
        return new MessageView(
                conversation,
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
                "",
                "",
                List.of(),
                false,
                null);
    }

    /** What is to be said about a conversation that was left alone; null if nothing. */
    BannerView banner(ThreadSnapshot snapshot, Optional<String> code) {
        IdleState state = snapshot.idle().state();
        if (state == IdleState.ACTIVE && snapshot.unanswered()) {
            return new BannerView("interrupted", 0, 0, false, false, "", null);
        }
        if (state == IdleState.ACTIVE || snapshot.exchanges() == 0) {
            return null;
        }
        return new BannerView(
                state.name().toLowerCase(Locale.ROOT),
                snapshot.idle().left().toSeconds(),
                snapshot.exchanges(),
                snapshot.exchanges() > Conversations.RECENT,
                snapshot.summarised(),
                snapshot.lastTopic(),
                code.orElse(null));
    }
}
