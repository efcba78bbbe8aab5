package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.OpenReply;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.JournalLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A conversation of our own. Behind its path come what is not on it yet: a reply that has begun and not ended, as one that was
 * interrupted, and what was said meanwhile, with {@code "state":"queued"}.
 */
final class OurFormat implements LineFormat {
    private final Consumer<ReadConversation> conversations;
    private final LineNotes notes;
    private final boolean fromStart;
    private final Transcript transcript = new Transcript();
    private final Map<String, JsonObject> fields = new HashMap<>();
    private JsonObject header = new JsonObject();

    /** @param fromStart whether all lines will be taken; if not, that a message's parent is not there tells nothing */
    OurFormat(Consumer<ReadConversation> conversations, LineNotes notes, boolean fromStart) {
        this.conversations = conversations;
        this.notes = notes;
        this.fromStart = fromStart;
    }

    @Override
    public void take(JournalLine line) {
        Entry entry = EntryJson.read(line.json());
        if (line.seq() == 0) {
            header = line.json();
        } else if (entry instanceof Entry.Unknown && line.json().has("role")) {
            notes.skipped(line, "The message is of a kind that this version does not know.");
        }
        int orphans = transcript.orphans();
        transcript.apply(line.seq(), entry);
        if (fromStart && transcript.orphans() > orphans) {
            notes.orphan(line);
        }
        if (entry instanceof Message message) {
            JsonObject unsaid = ReadMessage.unsaid(line.json(), message);
            if (!unsaid.isEmpty()) {
                fields.put(message.id(), unsaid);
            }
        }
    }

    @Override
    public void end() {
        ReadConversation settled = ReadConversation.of(Origin.HOLDFAST, header, transcript.tree(), fields);
        List<ReadMessage> unsettled = unsettled(settled.path());
        conversations.accept(new ReadConversation(
                Origin.HOLDFAST, header, join(settled.messages(), unsettled), join(settled.path(), unsettled)));
    }

    /** What was taken, if it is the end of a conversation whose path ends so. */
    ReadConversation read(List<ReadMessage> path) {
        List<ReadMessage> all = join(path, unsettled(path));
        return new ReadConversation(Origin.HOLDFAST, header, all, all);
    }

    private static List<ReadMessage> join(List<ReadMessage> first, List<ReadMessage> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private List<ReadMessage> unsettled(List<ReadMessage> path) {
        List<ReadMessage> unsettled = new ArrayList<>();
        Optional<String> last = path.isEmpty()
                ? Optional.empty()
                : Optional.of(path.get(path.size() - 1).message().id());
        Optional<OpenReply> reply = transcript.openReply();
        if (reply.isPresent()) {
            ReadMessage soFar = new ReadMessage(interrupted(reply.get()), new JsonObject());
            unsettled.add(soFar);
            last = Optional.of(soFar.message().id());
        }
        for (Entry.Queued queued : transcript.queued()) {
            Message said = Message.user(queued.id(), last, queued.text(), queued.timestamp(), queued.sendKey());
            unsettled.add(new ReadMessage(said, state("queued")));
            last = Optional.of(said.id());
        }
        return unsettled;
    }

    private static Message interrupted(OpenReply reply) {
        Entry.ReplyStarted start = reply.start();
        return Message.reply(start, reply.content(), start.timestamp(), Usage.NONE, Stop.INTERRUPTED, null);
    }

    private static JsonObject state(String state) {
        JsonObject json = new JsonObject();
        json.addProperty("state", state);
        return json;
    }
}
