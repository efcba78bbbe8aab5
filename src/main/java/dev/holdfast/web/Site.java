package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.ResumeLinks;
import dev.holdfast.lifecycle.ServerStatus;
import dev.holdfast.lifecycle.SignIn;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What actions work with.
 *
 * @param signIn how people sign in here; empty if they do not
 * @param operators who may see how the server is, as {@link Owner#person} tells
 * @param answers runs the ends of requests that waited for a disk or a mail server; its tasks are short
 * @param maxMessageBytes longest message, in bytes of UTF-8
 */
record Site(
        Conversations conversations,
        ResumeLinks links,
        Authentication authentication,
        Browser browser,
        Networks networks,
        Optional<SignIn> signIn,
        Set<String> operators,
        Supplier<ServerStatus> status,
        Pages pages,
        Problems problems,
        Views views,
        Streams streams,
        Executor answers,
        int maxMessageBytes,
        Clock clock,
        RandomGenerator random) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.web");

    /** Whether {@code owner} may see counts and health. */
    boolean operates(Owner owner) {
        return owner.person().filter(operators::contains).isPresent();
    }

    Logger log() {
        return LOG;
    }
}
