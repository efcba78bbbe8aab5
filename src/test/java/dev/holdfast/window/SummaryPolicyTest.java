package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryPolicyTest {
    private static final WindowRules RULES = WindowRules.of(800, 400);
    private static final TokenCounter TEN_EACH = message -> 10;

    private final SummaryPolicy policy = new SummaryPolicy(RULES);

    /** So many turns of two messages. */
    private static List<Message> turns(int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "m" + (2 * i + 1);
            messages.add(Message.user(id, Optional.empty(), "Question", Instant.EPOCH, Optional.empty()));
            messages.add(Message.reply(
                    new Entry.ReplyStarted("m" + (2 * i + 2), id, "a model", Instant.EPOCH),
                    List.of(new Block.Text("Answer")),
                    Instant.EPOCH,
                    Usage.NONE,
                    Stop.COMPLETE,
                    null));
        }
        return messages;
    }

    @Test
    void nothingIsDueBelowTheReadyMarkAndSomethingAtIt() {
        assertEquals(Optional.empty(), policy.due(turns(34), 19, TEN_EACH));
        assertTrue(policy.due(turns(34), 20, TEN_EACH).isPresent());
        assertTrue(policy.due(turns(35), 0, TEN_EACH).isPresent());
    }

    @Test
    void atTheSoftMarkTheLowMarkRemainsWithTheSummary() {
        SummaryPolicy.Due due = policy.due(turns(35), 0, TEN_EACH).orElseThrow();
        int remain = 700 - 10 * due.messages().size();
        int untilTheCut = RULES.soft() - 700;
        assertTrue(remain + untilTheCut + policy.tokens() <= RULES.low(), () -> remain + " remain");
        assertTrue(remain + untilTheCut + policy.tokens() > RULES.low() - 20, () -> remain + " remain: too few");
    }

    @Test
    void wholeTurnsAreSummarisedFromTheFirstOn() {
        List<Message> sent = turns(35);
        SummaryPolicy.Due due = policy.due(sent, 0, TEN_EACH).orElseThrow();
        assertEquals(sent.subList(0, due.messages().size()), due.messages());
        assertEquals(0, due.messages().size() % 2);
        assertEquals(due.messages().get(due.messages().size() - 1).id(), due.to());
    }

    @Test
    void theLastTurnStaysHoweverLongItIs() {
        TokenCounter longLast = message -> message.id().equals("m70") ? 5_000 : 10;
        SummaryPolicy.Due due = policy.due(turns(35), 0, longLast).orElseThrow();
        assertEquals("m68", due.to());
        assertEquals(Optional.empty(), policy.due(turns(1), 0, message -> 5_000));
    }
}
