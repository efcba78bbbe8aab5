package dev.holdfast.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a conversation's entries, applied in file order, amount to. The same entries give the same transcript, whether
 * they were just written or are read back years later. Not thread-safe.
 */
public final class Transcript {
    /** An entry and the number of its line. */
    public record Numbered(long seq, Entry entry) {}

    /** What was said under a send key: which message it became. */
    public record Sent(String messageId, String text, Instant timestamp) {}

    private static final Pattern OWN_ID = Pattern.compile("m(\\d{1,9})");

    private final MessageTree tree = new MessageTree();
    private final List<Numbered> events = new ArrayList<>();
    private final Map<String, Long> replySeqs = new HashMap<>();
    private final Map<String, Entry.Queued> queue = new LinkedHashMap<>();
    private final Map<String, Sent> sent = new HashMap<>();
    private OpenReply openReply;
    private String title;
    private Instant lastActivity = Instant.EPOCH;
    private boolean paused;
    private int highestId;
    private long lastSeq;
    private int orphans;

    /** Takes in the next entry. {@code seq} grows from call to call. */
    public void apply(long seq, Entry entry) {
        lastSeq = seq;
        if (entry instanceof Message message) {
            apply(seq, message);
        } else if (entry instanceof Entry.ReplyStarted start) {
            openReply = new OpenReply(seq, start);
            replySeqs.put(start.id(), seq);
            events.add(new Numbered(seq, start));
            sawId(start.id());
            active(start.timestamp());
        } else if (entry instanceof Entry.Delta delta) {
            if (openReply != null && openReply.start().id().equals(delta.id())) {
                openReply.apply(delta);
            }
        } else if (entry instanceof Entry.Queued queued) {
            queue.put(queued.id(), queued);
            queued.sendKey().ifPresent(key -> sent.put(key, new Sent(queued.id(), queued.text(), queued.timestamp())));
            events.add(new Numbered(seq, queued));
            sawId(queued.id());
            active(queued.timestamp());
        } else if (entry instanceof Entry.Title titled) {
            title = titled.title();
            events.add(new Numbered(seq, titled));
        } else if (entry instanceof Entry.Head head) {
            tree.moveHead(head.id());
            active(head.timestamp());
        } else if (entry instanceof Entry.Paused) {
            paused = true;
        } else if (entry instanceof Entry.Resumed resumed) {
            active(resumed.timestamp());
        }
    }

    private void apply(long seq, Message message) {
        if (!tree.add(message)) {
            orphans++;
        }
        queue.remove(message.id());
        if (openReply != null && openReply.start().id().equals(message.id())) {
            openReply = null;
        }
        message.sendKey().ifPresent(key -> sent.put(key, new Sent(message.id(), message.text(), message.timestamp())));
        events.add(new Numbered(seq, message));
        sawId(message.id());
        active(message.timestamp());
    }

    private void sawId(String id) {
        Matcher matcher = OWN_ID.matcher(id);
        if (matcher.matches()) {
            highestId = Math.max(highestId, Integer.parseInt(matcher.group(1)));
        }
    }

    private void active(Instant timestamp) {
        paused = false;
        if (timestamp.isAfter(lastActivity)) {
            lastActivity = timestamp;
        }
    }

    public MessageTree tree() {
        return tree;
    }

    /** The reply that is being written; after a crash, the one that was. */
    public Optional<OpenReply> openReply() {
        return Optional.ofNullable(openReply);
    }

    /** What was said during the running turn, in order. A copy. */
    public List<Entry.Queued> queued() {
        return List.copyOf(queue.values());
    }

    /** What a person called it; empty if nobody did. */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /** When something was last said, answered or resumed; the epoch if never. */
    public Instant lastActivity() {
        return lastActivity;
    }

    /** Whether the last thing that happened is a pause. */
    public boolean paused() {
        return paused;
    }

    /** What was sent under a send key. */
    public Optional<Sent> sent(String sendKey) {
        return Optional.ofNullable(sent.get(sendKey));
    }

    /** The highest n of all ids {@code m<n>}; 0 if there are none. */
    public int highestId() {
        return highestId;
    }

    public long lastSeq() {
        return lastSeq;
    }

    /** Messages whose parent is lost and that hang elsewhere now. */
    public int orphans() {
        return orphans;
    }

    /** The line that opened the reply {@code id}. */
    public Optional<Long> replySeq(String id) {
        return Optional.ofNullable(replySeqs.get(id));
    }

    /** What readers are told of (messages, begun replies, queued messages, titles) behind line {@code seq}. A copy. */
    public List<Numbered> eventsAfter(long seq) {
        int index = Collections.binarySearch(events, new Numbered(seq, null), (a, b) -> Long.compare(a.seq(), b.seq()));
        return List.copyOf(events.subList(index < 0 ? -index - 1 : index + 1, events.size()));
    }
}
