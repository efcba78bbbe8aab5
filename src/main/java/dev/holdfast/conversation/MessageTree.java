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
        children.computeIfAbsent(placed.parent(), parent -> new ArrayList<>()).add(placed.id());
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

    /** Moves the head to a message that is here; does nothing otherwise. */
    public void moveHead(String id) {
        if (messages.containsKey(id)) {
            head = id;
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

    /** All answers to the same parent, itself included, in the order of their making. */
    public List<String> siblings(Message message) {
        return List.copyOf(children.getOrDefault(message.parent(), List.of(message.id())));
    }

    public int size() {
        return messages.size();
    }
}
