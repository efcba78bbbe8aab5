package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SavedDraft;
import dev.holdfast.lifecycle.NoSuchConversationException;
import dev.holdfast.lifecycle.ThreadSnapshot;
import dev.holdfast.web.view.AccountView;
import dev.holdfast.web.view.BannerView;
import dev.holdfast.web.view.Notice;
import dev.holdfast.web.view.PageView;
import dev.holdfast.web.view.ThreadView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;

/** An action that can show the chat page. */
abstract class PageServlet extends ActionServlet {
    /** Newest messages that the page begins with; older ones are fetched when they are wanted. */
    static final int FIRST_MESSAGES = 50;

    PageServlet(Site site) {
        super(site);
    }

    /** The page with one conversation. {@code code} is a resume code to show; {@code notice} may be null. */
    protected final void showThread(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Owner owner,
            ThreadSnapshot snapshot,
            Optional<String> code,
            Notice notice)
            throws IOException {
        Optional<SavedDraft> draft = site.conversations().draft(owner, snapshot.id());
        ThreadView thread = site.views().thread(snapshot, owns(owner, snapshot.id()), draft);
        show(request, response, status, owner, thread, site.views().banner(snapshot, code), notice);
    }

    /** The page without a conversation. {@code notice} may be null. */
    protected final void showEmpty(
            HttpServletRequest request, HttpServletResponse response, int status, Owner owner, Notice notice)
            throws IOException {
        show(request, response, status, owner, null, null, notice);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Owner owner,
            ThreadView thread,
            BannerView banner,
            Notice notice)
            throws IOException {
        Form query = formRead(request).isPresent() ? Form.EMPTY : query(request);
        Optional<ConversationId> after = ListPage.after(query);
        ListPage list = ListPage.read(site.conversations(), owner, after, ListPage.USUAL);
        PageView page = new PageView(
                site.views().list(list, after, thread == null ? null : thread.id()),
                thread,
                site.conversations().modelName(),
                site.conversations().offline(),
                banner,
                site.maxMessageBytes(),
                newSendKey(),
                notice,
                account(request, owner),
                thread == null ? trashed(query) : null);
        sendPage(request, response, status, "chat", page);
    }

    /** As whom one is signed in; null where nobody signs in. */
    private AccountView account(HttpServletRequest request, Owner owner) {
        int unclaimed = site.authentication()
                .before(request)
                .map(before -> site.conversations().claims().count(before))
                .orElse(0);
        return owner.person()
                .map(name -> new AccountView(name, site.signIn().isPresent(), site.operates(owner), unclaimed))
                .orElse(null);
    }

    /** Which conversation a form without JavaScript has just moved to the trash; null if none. */
    private static String trashed(Form query) {
        return query.field("trashed")
                .flatMap(ConversationId::parse)
                .map(ConversationId::value)
                .orElse(null);
    }

    private String newSendKey() {
        byte[] bytes = new byte[16];
        site.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What a person without JavaScript had typed is given back with the page, if it could be read. */
    @Override
    protected void fail(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        Optional<String> text = formRead(request).flatMap(form -> form.field("text"));
        if (wantsJson(request) || text.isEmpty() || response.isCommitted()) {
            super.fail(request, response, failure);
            return;
        }
        HttpProblem problem = Problems.problem(failure);
        Notice notice = new Notice(problem.getMessage(), text.get());
        Owner owner;
        try {
            owner = site.authentication().ownerOrNew(request, response);
        } catch (HttpProblem refused) {
            super.fail(request, response, refused);
            return;
        }
        Problems.sayWhen(response, problem);
        Optional<ThreadSnapshot> thread = threadToShow(request, owner);
        if (thread.isPresent()) {
            showThread(request, response, problem.status(), owner, thread.get(), Optional.empty(), notice);
        } else {
            showEmpty(request, response, problem.status(), owner, notice);
        }
    }

    /** The conversation that the path names; empty if it names none, or that one cannot be shown either. */
    private Optional<ThreadSnapshot> threadToShow(HttpServletRequest request, Owner owner) {
        if (Routes.variable(request, "id") == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(site.conversations().thread(owner, conversation(request), FIRST_MESSAGES));
        } catch (HttpProblem | NoSuchConversationException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The message in a form: not blank, not longer than a message may be. */
    protected final String message(Form form) {
        String text =
                text(form, "The message is longer than %d bytes. Nothing was sent; shorten it or send it in parts.");
        if (text.isBlank()) {
            throw HttpProblem.badRequest("The message is empty. Nothing was sent.");
        }
        return text;
    }

    /** The text in a form, perhaps empty. @param tooLong what to say of one that is longer than {@code %d} bytes */
    protected final String text(Form form, String tooLong) {
        String text = form.field("text").orElse("").replace("\r\n", "\n");
        if (utf8Length(text) > site.maxMessageBytes()) {
            throw HttpProblem.tooLarge(tooLong.formatted(site.maxMessageBytes()));
        }
        return text;
    }

    private static long utf8Length(String text) {
        return text.codePoints()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }
}
