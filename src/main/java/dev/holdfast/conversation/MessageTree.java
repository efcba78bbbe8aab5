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
 * message is a sibling, and the head says which branch is being read. Not thread-safe.
 */
public final class MessageTree {
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<Optional<String>, List<String>> children = new HashMap<>();
    private String head;
    private String newest;

    /**
     * Adds a message and moves the head to it. A parent that is not here (lost to damage) is replaced by the message
     * that was added last before it; an id that is here already is ignored.
     *
     * @return whether the message hangs where it says
     */
    public boolean add(Message message) {
        if (messages.containsKey(message.id())) {
            return true;
        }
        boolean orphan = message.parent().isPresent()
                && !messages.containsKey(message.parent().get());
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
        }
    }

    /** The last message of the active path; empty while there is none. */
    public Optional<Message> head() {
        return Optional.ofNullable(head).map(messages::get);
    }

    /** The message that was said first; empty while there is none. */
    public Optional<Message> first() {
        return messages.values().stream().findFirst();
    }

    /** All messages, in the order in which they were added. A copy. */
    public List<Message> all() {
        return List.copyOf(messages.values());
    }

    public Optional<Message> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** The active path, oldest first. A copy. */
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
