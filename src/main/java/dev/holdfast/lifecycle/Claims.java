package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Access;
import dev.holdfast.store.ConversationStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * What one owner has becomes another's: conversations that a browser began before its person signed in. Each moves by
 * itself; what is cut off can be begun again. Thread-safe.
 */
public final class Claims {
    private static final int PAGE = 500;
    private static final int MOST_IN_TRASH = 10_000;

    private final ConversationStore store;
    private final OpenConversations open;
    private final ListFeed lists;
    private final Access access;
    private final Clock clock;

    Claims(ConversationStore store, OpenConversations open, ListFeed lists, Access access, Clock clock) {
        this.store = store;
        this.open = open;
        this.lists = lists;
        this.access = access;
        this.clock = clock;
    }

    /** How many conversations {@code owner} has, those in the trash too. */
    public int count(Owner owner) {
        return all(owner).size();
    }

    private List<Listing> all(Owner owner) {
        List<Listing> all = new ArrayList<>(store.trash(owner, MOST_IN_TRASH));
        Optional<Listing> last = Optional.empty();
        do {
            List<Listing> page = store.list(owner, List.of(), last, PAGE);
            all.addAll(page);
            last = page.size() < PAGE ? Optional.empty() : Optional.of(page.get(PAGE - 1));
        } while (last.isPresent());
        return all;
    }

    /**
     * Gives everything that is {@code from}'s to {@code to}: conversations, drafts in them, links, and what links opened
     * to them. What cannot be read or written stays as it is, and keeps nothing else. Waits for the disk: when this
     * returns, all is there.
     *
     * @throws UncheckedIOException if something could not be moved
     */
    public void move(Owner from, Owner to) {
        try {
            access.rename(from, to, clock.instant()).join();
        } catch (CompletionException e) {
            throw new UncheckedIOException(new IOException("who is whose could not be written", e.getCause()));
        }
        UncheckedIOException first = null;
        for (Listing listing : all(from)) {
            try {
                move(listing, to);
            } catch (UncheckedIOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void move(Listing listing, Owner to) {
        open.whileClosed(listing.id(), () -> {
            moveDraft(listing, to);
            store.give(listing.id(), to);
        });
        lists.tell(listing.id(), listing.owner(), watcher -> watcher.unlisted(listing.id()));
        store.find(listing.id())
                .ifPresent(given -> lists.tell(
                        given.id(), to, watcher -> watcher.listed(given.id(), given.title(), open.state(given))));
    }

    private void moveDraft(Listing listing, Owner to) throws IOException {
        var draft = store.drafts().find(listing.owner(), listing.id());
        if (draft.isPresent()) {
            store.drafts().keep(to, listing.id(), draft.get().text());
            store.drafts().keep(listing.owner(), listing.id(), "");
        }
    }
}
