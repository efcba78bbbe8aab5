package dev.holdfast.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What lies over a conversation's messages and decides what a model is sent of them: where its view was cut, the summaries
 * of what came before, and what a person pinned. Immutable.
 *
 * @param window the last cut; empty if nothing was cut off
 * @param summaries those that are or may come to be in use, oldest first: the window's, and the newest
 * @param pinned ids of messages, in the order in which they were pinned
 */
public record Overlay(Optional<Entry.Window> window, List<Entry.Summary> summaries, List<String> pinned) {
    /** Everything is sent. */
    public static final Overlay NONE = new Overlay(Optional.empty(), List.of(), List.of());

    public Overlay {
        Objects.requireNonNull(window, "window");
        summaries = List.copyOf(summaries);
        pinned = List.copyOf(pinned);
    }

    /** A cut without a summary says that those made before are not to be used any more: a person took them back. */
    Overlay with(Entry.Window cut) {
        return new Overlay(
                Optional.of(cut), cut.summary().isEmpty() ? List.of() : inUse(cut.summary(), summaries), pinned);
    }

    Overlay with(Entry.Summary summary) {
        List<Entry.Summary> all = new ArrayList<>(summaries);
        all.add(summary);
        return new Overlay(window, inUse(window.flatMap(Entry.Window::summary), all), pinned);
    }

    Overlay with(Entry.Pin pin) {
        List<String> ids = new ArrayList<>(pinned);
        ids.remove(pin.id());
        if (pin.pinned()) {
            ids.add(pin.id());
        }
        return new Overlay(window, summaries, ids);
    }

    /** The summary with that id. */
    public Optional<Entry.Summary> summary(String id) {
        return summaries.stream().filter(summary -> summary.id().equals(id)).findFirst();
    }

    /** However many were made: no more than two are kept at hand. */
    private static List<Entry.Summary> inUse(Optional<String> used, List<Entry.Summary> all) {
        int newest = all.size() - 1;
        List<Entry.Summary> kept = new ArrayList<>();
        for (int i = 0; i <= newest; i++) {
            if (i == newest || used.isPresent() && used.get().equals(all.get(i).id())) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }
}
