package dev.holdfast.agent;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Usage;
import dev.holdfast.model.ModelRequest;
import java.util.Optional;

/**
 * What a model is asked, and how that came about.
 *
 * @param begin how what is sent begins
 * @param to the last message that is sent
 * @param sha256 of the rendered request, in hexadecimal
 * @param tokens of the request, instructions included, as counted before it is sent
 * @param uncalibrated the same before what providers reported is taken into account
 * @param whole tokens if all of the conversation were sent
 * @param ahead what is to be summarised before the next question may need it
 */
record Question(
        ModelRequest request,
        Entry.Trace.Begin begin,
        String to,
        String sha256,
        long tokens,
        long uncalibrated,
        long whole,
        Optional<Unsummarised> ahead) {

    /** The most that it can take, for what a cache holds is not known before. */
    Usage most() {
        return new Usage(tokens, request.maxOutput(), 0, 0);
    }
}
