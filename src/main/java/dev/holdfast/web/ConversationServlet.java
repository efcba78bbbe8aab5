package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.IdleState;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.NoSuchConversationException;
import dev.holdfast.lifecycle.ThreadSnapshot;
import dev.holdfast.web.view.Notice;
import dev.holdfast.web.view.ProblemView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /c/{id}}: the page with this conversation, its newest part. A paused one shows a resume code. {@code
 * ?notice=} is where a form without JavaScript leads back to; it names one of a few sentences.
 */
final class ConversationServlet extends PageServlet {
    private static final String WRITTEN =
            "No mail server is set up here: the mail was written to a file, not sent. A code does the same. ";
    private static final String TRASHED =
            "This conversation was moved to the trash. All of it is kept there; restore it to go on with it.";
    private static final Map<String, String> NOTICES = Map.of(
            "mailed",
            "The link is on its way. It opens this conversation on any device.",
            "waiting",
            "The mail server cannot be reached just now. The mail goes out as soon as it can; under More,"
                    + " Links and codes shows how that goes.");

    ConversationServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Owner owner = owner(request);
        ConversationId id = conversation(request);
        ThreadSnapshot snapshot = site.conversations().thread(owner, id, FIRST_MESSAGES);
        String asked = query(request).field("notice").orElse("");
        boolean written = asked.equals("written");
        boolean codeAsked = written || asked.equals("code");
        IdleState state = snapshot.idle().state();
        boolean paused = state == IdleState.PAUSED || state == IdleState.EXPIRED;
        if (!codeAsked && !(paused && site.links().possible())) {
            show(request, response, owner, snapshot, Optional.empty(), notice(request));
            return;
        }
        later(request, response, site.links().code(owner, id), made -> {
            String code = made.code();
            Notice notice = codeAsked
                    ? new Notice(
                            (written ? WRITTEN : "") + "Resume code " + code + ", to be typed at " + made.url() + ".",
                            null)
                    : notice(request);
            show(request, response, owner, snapshot, Optional.of(code), notice);
        });
    }

    /** One of their own that is in the trash is as gone as any other, but who owns it is told where it is. */
    @Override
    protected void fail(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        Optional<ConversationId> trashed = failure instanceof NoSuchConversationException && !wantsJson(request)
                ? inOwnTrash(request)
                : Optional.empty();
        if (trashed.isPresent() && !response.isCommitted()) {
            ProblemView view = new ProblemView(
                    404, "In the trash", TRASHED, "/", trashed.get().value());
            sendPage(request, response, 404, "problem", view);
        } else {
            super.fail(request, response, failure);
        }
    }

    private Optional<ConversationId> inOwnTrash(HttpServletRequest request) {
        ConversationId id = conversation(request);
        return site.authentication()
                .owner(request)
                .filter(owner -> site.conversations().trash().holds(owner, id))
                .map(owner -> id);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            Owner owner,
            ThreadSnapshot snapshot,
            Optional<String> code,
            Notice notice)
            throws IOException {
        showThread(request, response, 200, owner, snapshot, code, notice);
    }

    private static Notice notice(HttpServletRequest request) {
        return query(request)
                .field("notice")
                .map(NOTICES::get)
                .map(sentence -> new Notice(sentence, null))
                .orElse(null);
    }
}
