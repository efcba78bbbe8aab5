package dev.holdfast.model;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation with the built-in model, for tests. */
final class BuiltInTalk {
    private final List<Message> messages = new ArrayList<>();
    private final BuiltInAnswers answers = new BuiltInAnswers();

    /** Says something and takes the whole answer into the conversation. */
    String say(String text) {
        String answer = ask(text).text();
        replied(answer, Stop.COMPLETE);
        return answer;
    }

    /** Says something; the conversation then ends with it. */
    BuiltInReply ask(String text) {
        messages.add(Message.user(nextId(), Optional.empty(), text, Instant.EPOCH, Optional.empty()));
        return answers.answer(messages);
    }

    /** Appends a reply to what was asked last. */
    void replied(String text, Stop stop) {
        String parent = messages.get(messages.size() - 1).id();
        messages.add(Message.reply(
                new Entry.ReplyStarted(nextId(), parent, "built-in", Instant.EPOCH),
                List.of(new Block.Text(text)),
                Instant.EPOCH,
                Usage.NONE,
                stop,
                null));
    }

    /** As if older messages had been left out of the window. */
    void forget(int oldest) {
        messages.subList(0, oldest).clear();
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    private String nextId() {
        return "m" + (messages.size() + 1);
    }
}
