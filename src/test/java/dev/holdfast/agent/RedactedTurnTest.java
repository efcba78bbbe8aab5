package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.FeedEvent;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.MessageDroppedException;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import dev.holdfast.journal.MemoryDisk;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Secrets are taken out once, before anything else: one text everywhere. */
class RedactedTurnTest {
    /** Amazon's own example of a key id; of the right form, and nobody's. */
    private static final String SECRET = "AKIAIOSFODNN7EXAMPLE";

    private final TurnBench bench = new TurnBench("secrets", Optional.empty());
    private final NotedEvents reader = bench.watch(null);

    @Test
    void aSecretThatIsSaidReachesNeitherDiskNorModelNorReader() {
        bench.say("My key is " + SECRET + ", is it good?");

        String kept = "My key is <AWS_KEY_0>, is it good?";
        assertEquals(kept, bench.live.locked(t -> t.tree().path()).get(0).text());
        assertEquals(List.of(kept), bench.model.call().asked());
        assertNowhere(SECRET);
    }

    @Test
    void aQueuedSecretIsTakenOutToo() {
        bench.say("Hello");
        bench.say("And " + SECRET);

        assertEquals(List.of("And <AWS_KEY_0>"), bench.queued());
        assertNowhere(SECRET);
    }

    @Test
    void aSecretInAReplyIsNeitherToldNorWrittenHoweverItIsCut() {
        bench.say("Hello");
        for (char c : ("Use " + SECRET + " today").toCharArray()) {
            bench.model.call().say(String.valueOf(c));
        }
        bench.advance(ReplyStream.GATHER);
        bench.model.call().complete();
        bench.settle();

        assertEquals("Use <AWS_KEY_0> today", bench.head().text());
        assertEquals("Use <AWS_KEY_0> today", told());
        assertNowhere(SECRET);
        assertNowhere(SECRET.substring(0, 12));
    }

    @Test
    void theSameSecretHasOneNameInQuestionAndAnswer() {
        bench.say("My key is " + SECRET + ".");
        bench.model.call().say("You said " + SECRET + ".").complete();
        bench.settle();

        assertEquals("You said <AWS_KEY_0>.", bench.head().text());
    }

    @Test
    void whatIsHeldBackWhenAReplyIsStoppedIsKept() {
        bench.say("Hello");
        bench.model.call().say("The word is AKIA");
        bench.turns.stop(bench.live);
        bench.settle();

        assertEquals("The word is AKIA", bench.head().text());
        assertEquals("The word is AKIA", told());
    }

    @Test
    void aRetryAfterARestartIsTheSameMessageThoughItsSecretIsCountedAnew() {
        bench.say("My key is " + SECRET + ".", "key-12345678");
        bench.model.call().say("Thanks.").complete();
        bench.settle();
        MemoryDisk found = bench.memory.crash(1);
        TurnBench again = bench.restartedOn(found);

        assertEquals(
                "m1", again.say("My key is " + SECRET + ".", "key-12345678").message());
        assertEquals(2, again.path().size());
    }

    @Test
    void aDroppedMessageIsNotSaidAndLeavesNoTrace() {
        TurnBench strict = new TurnBench(
                "secrets",
                Optional.of(message -> message.text().contains("politics") ? Optional.empty() : Optional.of(message)));
        List<String> before = strict.lines();

        CompletableFuture<?> said = strict.saying("About politics", null);

        CompletionException refused = assertThrows(CompletionException.class, said::join);
        assertInstanceOf(MessageDroppedException.class, refused.getCause());
        assertEquals(before, strict.lines());
        assertFalse(strict.live.running());
    }

    @Test
    void aFilterOfWholeMessagesSeesAReplyBeforeAnybodyElse() {
        TurnBench strict = new TurnBench("secrets", Optional.of(message -> Optional.of(shout(message))));
        NotedEvents heard = strict.watch(null);
        strict.say("hello");
        strict.model.call().say("Quiet, please");
        strict.advance(ReplyStream.GATHER);
        assertEquals("", text(heard));
        assertFalse(
                strict.lines().stream().anyMatch(line -> line.contains("Quiet")),
                strict.lines().toString());

        strict.model.call().complete();
        strict.settle();

        assertEquals("QUIET, PLEASE", strict.head().text());
    }

    @Test
    void aReplyThatAFilterDropsIsAFailureThatSaysSo() {
        TurnBench strict = new TurnBench(
                "secrets",
                Optional.of(message -> message.role() == Role.USER ? Optional.of(message) : Optional.empty()));
        strict.say("Hello");
        strict.model.call().say("Psst").complete();
        strict.settle();

        assertEquals(Stop.FAILED, strict.head().stop());
        assertEquals("", strict.head().text());
        assertTrue(strict.head().cause().orElseThrow().contains("let no part"));
    }

    private static Message shout(Message message) {
        return new Message(
                message.id(),
                message.parent(),
                message.role(),
                List.of(new Block.Text(message.text().toUpperCase(Locale.ROOT))),
                message.timestamp(),
                message.sendKey(),
                message.model(),
                message.usage(),
                message.stop(),
                message.cause());
    }

    private String told() {
        return text(reader);
    }

    private static String text(NotedEvents events) {
        StringBuilder text = new StringBuilder();
        for (FeedEvent event : events.events()) {
            if (event instanceof FeedEvent.Grown grown) {
                assertEquals(text.length(), grown.part().at());
                text.append(grown.part().text());
            }
        }
        return text.toString();
    }

    private void assertNowhere(String secret) {
        assertFalse(bench.raw().contains(secret), bench.raw());
    }
}
