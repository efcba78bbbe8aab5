package dev.holdfast.web.view;

import java.util.Objects;

/**
 * The page, for {@code chat.html}.
 *
 * @param list own conversations, or a part of them
 * @param thread the conversation that is open; null on the empty page
 * @param model the name of the model that answers
 * @param offline whether that is the built-in stand-in
 * @param banner what the page has to say above the composer; null if nothing
 * @param maxMessageBytes the longest message that is taken, in bytes of UTF-8
 * @param sendKey a fresh send key for the form, so that a doubled submit is one message
 * @param notice the outcome of a form sent without JavaScript; null if there was none
 * @param account as whom one is signed in; null where nobody signs in
 * @param trashed the conversation that was just moved to the trash; null if none was
 */
public record PageView(
        ListView list,
        ThreadView thread,
        String model,
        boolean offline,
        BannerView banner,
        long maxMessageBytes,
        String sendKey,
        Notice notice,
        AccountView account,
        String trashed) {

    public PageView {
        Objects.requireNonNull(list, "list");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(sendKey, "sendKey");
    }

    /** A message on its way to the disk: the page's JavaScript fills copies of it. */
    public MessageView pendingMessage() {
        return MessageView.blank(conversation(), "user", "sending", Markdown.asTyped(""), "");
    }

    /** A reply without a word yet: the page's JavaScript fills copies of it. */
    public MessageView startedReply() {
        return MessageView.blank(conversation(), "assistant", "streaming", Markdown.SafeHtml.EMPTY, model);
    }

    private String conversation() {
        return thread == null ? "" : thread.id();
    }

    /** What the composer holds at first: the text that a form could not deliver, else the saved draft. */
    public DraftView composer() {
        if (notice != null && notice.text() != null) {
            return new DraftView(notice.text(), null);
        }
        return thread == null ? DraftView.NONE : thread.draft();
    }
}
