package dev.holdfast.window;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model sees of a conversation.
 *
 * @param messages oldest first: those kept, the summary, and everything from the cut on; begins with a person's and ends
 *     with the last of the path
 * @param tokens what they cost by the counter
 * @param leftOut how many messages of the path lie before the cut and are not kept
 * @param cut the one that determines the beginning; if it differs from the last one it was made now, and is to be written
 *     down before the model is asked. Empty: everything is sent
 * @param whole tokens, if the whole path had been sent and no summary
 * @param gap what the cut that was made now leaves out and no summary covers
 */
public record View(List<Message> messages, long tokens, int leftOut, Optional<Cut> cut, long whole, Optional<Gap> gap) {
    public View {
        messages = List.copyOf(messages);
        Objects.requireNonNull(cut, "cut");
        Objects.requireNonNull(gap, "gap");
    }

    /**
     * Messages that a cut leaves out though no summary covers them. A {@link Summary} up to {@code to} that costs no more
     * than {@code room} closes it: chosen with it once more, the cut is at the same place and names that summary.
     *
     * @param messages oldest first, without those that are kept, but with those that were kept until now
     * @param after the summary that covers what lies before them: the new one takes its place
     * @param to the last message before the cut
     * @param room most tokens that the summary's message may have by the counter
     */
    public record Gap(List<Message> messages, Optional<Entry.Summary> after, String to, long room) {
        public Gap {
            messages = List.copyOf(messages);
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(to, "to");
        }
    }
}
