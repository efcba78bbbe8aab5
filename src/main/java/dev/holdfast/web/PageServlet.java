package dev.holdfast.web;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.ThreadSnapshot;
import dev.holdfast.web.view.BannerView;
import dev.holdfast.web.view.Notice;
import dev.holdfast.web.view.PageView;
import dev.holdfast.web.view.ThreadView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
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
        ThreadView thread = site.views().thread(snapshot);
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
        PageView page = new PageView(
                site.views().days(site.conversations().list(owner), thread == null ? null : thread.id()),
                thread,
                site.conversations().modelName(),
                site.conversations().offline(),
                banner,
                site.maxMessageBytes(),
                newSendKey(),
                notice);
        site.pages().send(request, response, status, "chat", Map.of("page", page));
    }

    private String newSendKey() {
        byte[] bytes = new byte[16];
        site.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Answers a message that could not be taken. A person without JavaScript gets the page back with what they had
     * typed; {@code text} is empty if it could not even be read.
     */
    protected final void giveBack(
            HttpServletRequest request,
            HttpServletResponse response,
            Optional<ConversationId> id,
            Optional<String> text,
            Throwable failure)
            throws IOException {
        HttpProblem problem = Problems.problem(failure);
        Optional<Owner> owner = site.browser().owner(request);
        if (wantsJson(request) || problem.status() == 404 || text.isEmpty() || owner.isEmpty()) {
            site.problems().send(request, response, failure);
            return;
        }
        Notice notice = new Notice(problem.getMessage(), text.get());
        if (id.isPresent()) {
            ThreadSnapshot snapshot = site.conversations().thread(owner.get(), id.get(), FIRST_MESSAGES);
            showThread(request, response, problem.status(), owner.get(), snapshot, Optional.empty(), notice);
        } else {
            showEmpty(request, response, problem.status(), owner.get(), notice);
        }
    }

    /** The message in a form: not blank, not longer than a message may be. */
    protected final String message(Form form) {
        String text = form.field("text").orElse("");
        if (text.isBlank()) {
            throw HttpProblem.badRequest("The message is empty. Nothing was sent.");
        }
        int most = site.maxMessageBytes();
        if (utf8Length(text) > most) {
            throw HttpProblem.tooLarge(
                    "The message is longer than " + most + " bytes. Nothing was sent; shorten it or send it in parts.");
        }
        return text.replace("\r\n", "\n");
    }

    private static long utf8Length(String text) {
        return text.codePoints()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }
}
