package dev.holdfast.web;

import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.ResumeLinks;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What actions work with.
 *
 * @param answers runs the ends of requests that waited for a disk or a mail server; its tasks are short
 * @param maxMessageBytes longest message, in bytes of UTF-8
 */
record Site(
        Conversations conversations,
        ResumeLinks links,
        Browser browser,
        Pages pages,
        Problems problems,
        Views views,
        Streams streams,
        Executor answers,
        int maxMessageBytes,
        Clock clock,
        RandomGenerator random) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.web");

    Logger log() {
        return LOG;
    }
}
