package dev.holdfast.web.view;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;

/**
 * The links and codes that lead to a conversation, for {@code links.html}.
 *
 * @param conversation its id
 * @param items the newest first
 * @param unsent mails that are not sent yet or were given up, the oldest first
 * @param idleMail where a link is mailed to when the conversation is paused; empty if nowhere
 */
public record LinksView(String conversation, List<Item> items, List<Unsent> unsent, String idleMail) {
    /**
     * A link or code.
     *
     * @param name by which it is revoked
     * @param kind {@code mail}, {@code code} or {@code printed}
     * @param to the address that it was mailed to; empty if it was not
     * @param usable whether it can still be used
     * @param browsers how many browsers it has let in
     */
    public record Item(
            String name,
            String kind,
            String to,
            ZonedDateTime created,
            ZonedDateTime expires,
            boolean usable,
            int browsers) {
        public Item {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(created, "created");
            Objects.requireNonNull(expires, "expires");
        }
    }

    /**
     * A mail that is not sent.
     *
     * @param nextTry when it is tried again; null: it was given up
     * @param trouble why; empty while the first try is under way
     */
    public record Unsent(String to, ZonedDateTime asked, ZonedDateTime nextTry, String trouble) {
        public Unsent {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(asked, "asked");
            Objects.requireNonNull(trouble, "trouble");
        }
    }

    public LinksView {
        unsent = List.copyOf(unsent);
        Objects.requireNonNull(idleMail, "idleMail");
        Objects.requireNonNull(conversation, "conversation");
        items = List.copyOf(items);
    }
}
