package dev.holdfast.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a conversation's entries, applied in file order, amount to. The same entries give the same transcript, whether
 * they were just written or are read back years later.
 *
 * <p>The first entry may be a {@link Entry.Checkpoint}: the transcript then holds what came after it, and the totals of
 * all. Not thread-safe.
 */
public final class Transcript {
    /** An entry and the number of its line. */
    public record Numbered(long seq, Entry entry) {}

    /** What was said under a send key: which message it became. */
    public record Sent(String messageId, String text, Instant timestamp) {}

    private static final Pattern OWN_ID = Pattern.compile("m(\\d{1,9})");

    /** A list shows no more of what was said first. */
    private static final int LONGEST_OPENING = 600;

    private MessageTree tree = new MessageTree();
    private final Map<String, PathTotals> totals = new HashMap<>();
    private final List<Numbered> events = new ArrayList<>();
    private final Map<String, Long> replySeqs = new HashMap<>();
    private final Map<String, Entry.Queued> queue = new LinkedHashMap<>();
    private final Map<String, Sent> sent = new HashMap<>();
    /** Null if everything is here. */
    private Entry.Checkpoint base;

    private long baseSeq;
    private int sinceCheckpoint;
    private OpenReply openReply;
    private String title;
    private String opening = "";
    private Overlay overlay = Overlay.NONE;
    private Spent spent = Spent.NOTHING;
    private Instant lastActivity = Instant.EPOCH;
    private boolean paused;
    /** Whether a person chose the end of the active path, rather than that something was said there. */
    private boolean chosen;

    private int highestId;
    private long lastSeq;
    private int orphans;

    /** Takes in the next entry. {@code seq} grows from call to call. */
    public void apply(long seq, Entry entry) {
        boolean first = lastSeq == 0;
        lastSeq = seq;
        if (entry instanceof Message message) {
            apply(seq, message);
        } else if (entry instanceof Entry.ReplyStarted start) {
            openReply = new OpenReply(seq, start);
            tree.moveHead(Optional.of(start.parent()));
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
            chosen = true;
            events.add(new Numbered(seq, head));
            active(head.timestamp());
        } else if (entry instanceof Entry.Paused) {
            paused = true;
        } else if (entry instanceof Entry.Resumed resumed) {
            active(resumed.timestamp());
        } else if (entry instanceof Entry.Window cut) {
            overlay = overlay.with(cut);
            events.add(new Numbered(seq, cut));
        } else if (entry instanceof Entry.Summary summary) {
            overlay = overlay.with(summary);
            sawId(summary.id());
            spend(summary.model(), summary.usage());
        } else if (entry instanceof Entry.Pin pin) {
            overlay = overlay.with(pin);
            events.add(new Numbered(seq, pin));
        } else if (entry instanceof Entry.Checkpoint checkpoint) {
            sinceCheckpoint = 0;
            if (first) {
                beginAt(seq, checkpoint);
            }
        }
    }

    private void beginAt(long seq, Entry.Checkpoint checkpoint) {
        base = checkpoint;
        baseSeq = seq;
        tree = MessageTree.after(checkpoint.head());
        title = checkpoint.title().orElse(null);
        opening = checkpoint.opening();
        overlay = checkpoint.overlay();
        spent = checkpoint.spent();
        highestId = checkpoint.highestId();
        lastActivity = checkpoint.active();
    }

    private void apply(long seq, Message message) {
        if (tree.message(message.id()).isEmpty()) {
            spend(message.model(), message.usage());
        }
        if (!tree.add(message)) {
            orphans++;
        }
        total(tree.message(message.id()).orElseThrow());
        if (opening.isEmpty()) {
            opening = Titles.of(message.text()
                    .substring(0, Math.min(LONGEST_OPENING, message.text().length())));
        }
        sinceCheckpoint++;
        chosen = false;
        queue.remove(message.id());
        if (openReply != null && openReply.start().id().equals(message.id())) {
            openReply = null;
        }
        message.sendKey().ifPresent(key -> sent.put(key, new Sent(message.id(), message.text(), message.timestamp())));
        events.add(new Numbered(seq, message));
        sawId(message.id());
        active(message.timestamp());
    }

    private void total(Message placed) {
        PathTotals before = placed.parent().map(totals::get).orElseGet(this::totalsOfBase);
        totals.putIfAbsent(placed.id(), before.plus(placed));
    }

    private void spend(Optional<String> model, Usage usage) {
        if (!usage.equals(Usage.NONE)) {
            spent = spent.plus(model.orElse(""), usage);
        }
    }

    private PathTotals totalsOfBase() {
        return base == null ? PathTotals.NONE : new PathTotals(base.exchanges(), base.usage());
    }

    private PathTotals totalsOfPath() {
        return tree.head().map(head -> totals.get(head.id())).orElseGet(this::totalsOfBase);
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

    /** Whether something that a person said has no whole answer yet, or waits for its turn. */
    public boolean unfinished() {
        return openReply != null || !queue.isEmpty() || unanswered().isPresent();
    }

    /**
     * The message at the end of the active path that nobody has answered, or whose answer broke off with the process.
     * Empty if a person has gone elsewhere since.
     */
    public Optional<String> unanswered() {
        Optional<Message> head = openReply == null && !chosen ? tree.head() : Optional.empty();
        return head.flatMap(last -> last.role() == Role.USER
                ? Optional.of(last.id())
                : last.stop() == Stop.INTERRUPTED ? last.parent() : Optional.empty());
    }

    /**
     * How many of the newest answers to a message broke off one after the other, with the process or because the model
     * failed. Those that broke off because the server was stopped do not count.
     */
    public int brokenOff(String parent) {
        int count = 0;
        List<String> answers = tree.children(Optional.of(parent));
        for (int i = answers.size() - 1; i >= 0; i--) {
            Message answer = tree.message(answers.get(i)).orElseThrow();
            if (answer.stop() != Stop.INTERRUPTED && answer.stop() != Stop.FAILED) {
                return count;
            }
            boolean stopped =
                    answer.stop() == Stop.INTERRUPTED && answer.cause().isPresent();
            count += stopped ? 0 : 1;
        }
        return count;
    }

    /** All answers to the same parent, itself included, in the order of their making. */
    public List<String> siblings(Message message) {
        List<String> siblings = answers(message.parent());
        return siblings.contains(message.id()) ? siblings : List.of(message.id());
    }

    /** The answers to a message as far as they are known: of one that is not here, if it has several. */
    private List<String> answers(Optional<String> parent) {
        Set<String> answers = new LinkedHashSet<>();
        if (base != null) {
            answers.addAll(base.branches().getOrDefault(parent.orElse(""), List.of()));
        }
        answers.addAll(tree.children(parent));
        return List.copyOf(answers);
    }

    private Map<String, List<String>> branches() {
        Map<String, List<String>> branches = new HashMap<>();
        Set<Optional<String>> parents = new HashSet<>(tree.forks());
        if (base != null) {
            base.branches().keySet().forEach(id -> parents.add(Optional.of(id).filter(named -> !named.isEmpty())));
        }
        Optional<String> head = tree.head().map(Message::id);
        parents.add(head);
        for (Optional<String> parent : parents) {
            List<String> answers = answers(parent);
            if (answers.size() > 1 || parent.equals(head) && !answers.isEmpty()) {
                branches.put(parent.orElse(""), answers);
            }
        }
        return branches;
    }

    /** What was said during the running turn, in order. A copy. */
    public List<Entry.Queued> queued() {
        return List.copyOf(queue.values());
    }

    /** What a person called it, else the beginning of what was first said; empty before that. */
    public String title() {
        return title == null ? opening : title;
    }

    /** What a person called it; empty if nobody did. */
    public Optional<String> named() {
        return Optional.ofNullable(title);
    }

    /** What decides what a model is sent. */
    public Overlay overlay() {
        return overlay;
    }

    /** Tokens that every model has used, on all branches and for summaries, by its name ("" if it is not known). */
    public Spent spent() {
        return spent;
    }

    /** The line behind which everything is here: of a checkpoint, or 0 if nothing is missing. */
    public long begin() {
        return baseSeq;
    }

    /** Whether the active path goes on before its first message that is here. */
    public boolean hasEarlier() {
        return base != null;
    }

    /** When the part that is here begins; the epoch if nothing is missing. */
    public Instant beginTime() {
        return base == null ? Instant.EPOCH : base.timestamp();
    }

    /** How often a person has spoken on the active path. */
    public int exchanges() {
        return totalsOfPath().exchanges();
    }

    /** How often a person has spoken up to a message, itself included; empty if it is not here. */
    public Optional<Integer> exchanges(String messageId) {
        return Optional.ofNullable(totals.get(messageId)).map(PathTotals::exchanges);
    }

    /** Of the whole active path. */
    public Usage usage() {
        return totalsOfPath().usage();
    }

    /** How many messages came after the last checkpoint. */
    public int sinceCheckpoint() {
        return sinceCheckpoint;
    }

    /** Whether nothing is under way that a checkpoint could not tell, and enough is here to tell it. */
    public boolean quiet() {
        return openReply == null && queue.isEmpty() && tree.head().isPresent() && !tree.reachesBack();
    }

    /** What everything so far amounts to. Only while {@link #quiet}. */
    public Entry.Checkpoint checkpoint(Map<String, Integer> placeholders, Instant now) {
        return new Entry.Checkpoint(
                tree.head().orElseThrow().id(),
                Optional.ofNullable(title),
                opening,
                exchanges(),
                usage(),
                spent,
                highestId,
                overlay,
                placeholders,
                branches(),
                lastActivity,
                now);
    }

    /** Takes over the reply that is being written from an older transcript of the same conversation. */
    public void adopt(OpenReply running) {
        openReply = running;
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

    /**
     * What readers are told of (messages, begun replies, queued messages, titles, moves of the head, cuts, pins) behind line
     * {@code seq}. A copy.
     */
    public List<Numbered> eventsAfter(long seq) {
        int index = Collections.binarySearch(events, new Numbered(seq, null), (a, b) -> Long.compare(a.seq(), b.seq()));
        return List.copyOf(events.subList(index < 0 ? -index - 1 : index + 1, events.size()));
    }
}
