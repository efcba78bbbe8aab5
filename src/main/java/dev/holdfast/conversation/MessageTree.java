package dev.holdfast.conversation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All messages of a conversation and the active path through them. Grows, never shrinks: another answer to the same
 * message is a sibling, and the head says which branch is being read.
 *
 * <p>It may hold the newest messages only; then the path hangs on a message that is not here, the base. Not thread-safe.
 */
public final class MessageTree {
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<Optional<String>, List<String>> children = new HashMap<>();
    private final Set<Optional<String>> forks = new HashSet<>();
    private final String base;
    private String head;
    private String newest;
    private boolean reachesBack;

    /** Holds all messages. */
    public MessageTree() {
        this(null);
    }

    private MessageTree(String base) {
        this.base = base;
        this.head = base;
    }

    /** Holds those that come after {@code base}, the message at the end of the path that is not here. */
    static MessageTree after(String base) {
        return new MessageTree(base);
    }

    /**
     * Adds a message and moves the head to it. If all messages are here, a parent that is not (lost to damage) is
     * replaced by the message that was added last before it; an id that is here already is ignored.
     *
     * @return whether the message hangs where it says
     */
    public boolean add(Message message) {
        if (messages.containsKey(message.id())) {
            return true;
        }
        boolean unknown = message.parent().isPresent()
                && !messages.containsKey(message.parent().get());
        reachesBack |= base != null
                && (unknown
                        ? !message.parent().get().equals(base)
                        : message.parent().isEmpty());
        boolean orphan = unknown && base == null;
        Message placed = orphan ? withParent(message, Optional.ofNullable(newest)) : message;
        messages.put(placed.id(), placed);
        List<String> answers = children.computeIfAbsent(placed.parent(), parent -> new ArrayList<>());
        answers.add(placed.id());
        if (answers.size() > 1) {
            forks.add(placed.parent());
        }
        head = placed.id();
        newest = placed.id();
        return !orphan;
    }

    private static Message withParent(Message message, Optional<String> parent) {
        return new Message(
                message.id(),
                parent,
                message.role(),
                message.content(),
                message.timestamp(),
                message.sendKey(),
                message.model(),
                message.usage(),
                message.stop(),
                message.cause());
    }

    /** Moves the head to a message that is here, or before the first one; does nothing otherwise. */
    public void moveHead(Optional<String> id) {
        if (id.equals(Optional.ofNullable(head))) {
            return; // It may be the base, which is not here.
        }
        boolean here = id.isEmpty() ? base == null : messages.containsKey(id.get());
        if (here) {
            head = id.orElse(null);
        } else {
            reachesBack |= base != null;
        }
    }

    /** Whether something refers to a message that is not here, other than the base: then the rest must be read too. */
    public boolean reachesBack() {
        return reachesBack;
    }

    /** The last message of the active path; empty while there is none. */
    public Optional<Message> head() {
        return Optional.ofNullable(head).map(messages::get);
    }

    /** All messages that are here, in the order in which they were added. A copy. */
    public List<Message> all() {
        return List.copyOf(messages.values());
    }

    public Optional<Message> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** The active path as far as it is here, oldest first. A copy. */
    public List<Message> path() {
        ArrayDeque<Message> path = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        for (Message at = messages.get(head); at != null && seen.add(at.id()); ) {
            path.addFirst(at);
            at = at.parent().map(messages::get).orElse(null);
        }
        return List.copyOf(path);
    }

    /** The answers to a message, or the beginnings, that are here, in the order of their making. */
    public List<String> children(Optional<String> parent) {
        return List.copyOf(children.getOrDefault(parent, List.of()));
    }

    /** Every message that has several answers here; empty: before the first message. */
    Set<Optional<String>> forks() {
        return Set.copyOf(forks);
    }

    /** Where somebody who goes on from {@code id} by the newest answers comes to the end. */
    public String newestLeaf(String id) {
        String leaf = id;
        for (List<String> next = children(Optional.of(leaf)); !next.isEmpty(); next = children(Optional.of(leaf))) {
            leaf = next.get(next.size() - 1);
        }
        return leaf;
    }

    public int size() {
        return messages.size();
    }
}
