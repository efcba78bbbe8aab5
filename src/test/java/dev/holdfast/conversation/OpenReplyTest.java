package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.conversation.Block.Kind;
import dev.holdfast.conversation.OpenReply.Part;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenReplyTest {
    private static final Entry.ReplyStarted START = new Entry.ReplyStarted("m2", "m1", "scripted", Instant.EPOCH);

    private final OpenReply reply = new OpenReply(7, START);

    private static Entry.Delta delta(int block, int at, String text) {
        return new Entry.Delta("m2", block, Kind.TEXT, at, text);
    }

    @Test
    void piecesAreNumberedByTheirPlaceInTheText() {
        assertEquals(new Part(0, Kind.TEXT, 0, "Nice"), reply.append(0, Kind.TEXT, "Nice"));
        assertEquals(new Part(0, Kind.TEXT, 4, " to"), reply.append(0, Kind.TEXT, " to"));
        assertEquals(new Part(1, Kind.TEXT, 0, "x"), reply.append(1, Kind.TEXT, "x"));
        assertEquals(List.of(new Block.Text("Nice to"), new Block.Text("x")), reply.content());
    }

    @Test
    void offsetsCountUtf16Units() {
        reply.append(0, Kind.TEXT, "a😀");
        assertEquals(3, reply.append(0, Kind.TEXT, "b").at());
    }

    @Test
    void theRestBehindAnyOffsetIsExactlyWhatIsMissing() {
        String text = "Ünïcödé and 😀 more";
        reply.append(0, Kind.TEXT, text);
        reply.append(1, Kind.TEXT, "second");
        for (int at = 0; at < text.length(); at++) {
            assertEquals(
                    List.of(new Part(0, Kind.TEXT, at, text.substring(at)), new Part(1, Kind.TEXT, 0, "second")),
                    reply.from(0, at));
        }
        assertEquals(List.of(new Part(1, Kind.TEXT, 0, "second")), reply.from(0, text.length()));
        assertEquals(List.of(new Part(1, Kind.TEXT, 4, "nd")), reply.from(1, 4));
    }

    @Test
    void behindTheEndIsNothing() {
        reply.append(0, Kind.TEXT, "abc");
        assertEquals(List.of(), reply.from(0, 3));
        assertEquals(List.of(), reply.from(0, 1000));
        assertEquals(List.of(), reply.from(5, 0));
        assertEquals(List.of(), new OpenReply(7, START).from(0, 0));
    }

    @Test
    void deltasFromTheFileAddUp() {
        reply.apply(delta(0, 0, "Nice "));
        reply.apply(delta(0, 5, "to "));
        reply.apply(delta(1, 0, "more"));
        assertEquals(List.of(new Block.Text("Nice to "), new Block.Text("more")), reply.content());
    }

    @Test
    void aDeltaThatIsHeldAlreadyChangesNothing() {
        reply.append(0, Kind.TEXT, "Nice to meet you");
        reply.apply(delta(0, 0, "Nice"));
        reply.apply(delta(0, 5, "to meet you"));
        assertEquals(List.of(new Block.Text("Nice to meet you")), reply.content());
    }

    @Test
    void aDeltaThatReachesFurtherReplacesFromWhereItBegins() {
        reply.apply(delta(0, 0, "Nice to"));
        reply.apply(delta(0, 5, "two meet"));
        assertEquals(List.of(new Block.Text("Nice two meet")), reply.content());
    }

    @Test
    void aGapIsClosed() {
        reply.apply(delta(0, 0, "Nice "));
        reply.apply(delta(0, 8, "meet you"));
        assertEquals(List.of(new Block.Text("Nice meet you")), reply.content());
    }

    @Test
    void thinkingKeepsItsKindAndItsSignature() {
        reply.append(0, Kind.THINKING, "Hm.");
        reply.append(1, Kind.TEXT, "Yes.");
        reply.sign(0, "sealed");
        assertEquals(List.of(new Block.Thinking("Hm.", "sealed"), new Block.Text("Yes.")), reply.content());
        assertEquals(Kind.THINKING, reply.from(0, 1).get(0).kind());
    }

    @Test
    void blocksWithoutTextAreLeftOut() {
        reply.append(1, Kind.TEXT, "only");
        assertEquals(List.of(new Block.Text("only")), reply.content());
        assertEquals(List.of(), new OpenReply(7, START).content());
    }

    @Test
    void aSignatureOfABlockWithoutTextIsNoFault() {
        reply.sign(0, "sealed");
        assertEquals(List.of(), reply.content());
    }

    @Test
    void aFinishedReplyIsMadeOpenAgainWithTheSameOffsets() {
        reply.append(0, Kind.THINKING, "Hm.");
        reply.append(1, Kind.TEXT, "Yes, 😀.");
        OpenReply again = OpenReply.of(7, START, reply.content());
        for (int block = 0; block < 3; block++) {
            for (int at = 0; at < 10; at++) {
                assertEquals(reply.from(block, at), again.from(block, at));
            }
        }
        assertEquals(7, again.seq());
        assertEquals(START, again.start());
    }
}
