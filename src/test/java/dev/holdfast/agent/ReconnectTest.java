package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Cursor;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.FeedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers who leave and come back: what they hold then is what somebody holds who never left. */
class ReconnectTest {
    private final TurnBench bench = new TurnBench();
    private final ScriptedModel model = bench.model;

    /** What a page holds: the text of each reply, block by block, and how it ended. A delta's offset says where it goes. */
    private static final class Page {
        private final Map<String, Map<Integer, StringBuilder>> replies = new LinkedHashMap<>();
        private final List<String> rest = new ArrayList<>();

        Page(List<FeedEvent> events) {
            events.forEach(this::hear);
        }

        void hear(FeedEvent event) {
            if (event instanceof FeedEvent.Grown grown) {
                StringBuilder text = replies.computeIfAbsent(grown.id(), id -> new HashMap<>())
                        .computeIfAbsent(grown.part().block(), block -> new StringBuilder());
                assertEquals(text.length(), grown.part().at(), "neither a gap nor a character twice");
                text.append(grown.part().text());
            } else if (!rest.contains(event.toString())) {
                rest.add(event.toString()); // What has no cursor of its own may be told again.
            }
        }

        @Override
        public String toString() {
            return replies + " " + rest.stream().sorted().toList();
        }
    }

    private static void assertSamePage(List<FeedEvent> all, List<FeedEvent> before, List<FeedEvent> after, String why) {
        Page page = new Page(before);
        after.forEach(page::hear);
        assertEquals(new Page(all).toString(), page.toString(), why);
    }

    /** Two turns with everything in them; {@code afterEach} runs after every step. */
    private void converse(Runnable afterEach) {
        afterEach.run();
        bench.say("Hello");
        afterEach.run();
        for (String piece : List.of("Hm", "…")) {
            model.call().say(0, Block.Kind.THINKING, piece);
            afterEach.run();
        }
        for (String piece : List.of("Nice ", "😀 \ud83d", "\ude00 to ", "meet you")) {
            model.call().say(1, Block.Kind.TEXT, piece);
            afterEach.run();
        }
        bench.advance(ReplyStream.GATHER);
        bench.say("And?");
        afterEach.run();
        bench.live.stored().append(new Entry.Title("Names", Instant.EPOCH)).join();
        model.call().say(1, Block.Kind.TEXT, ".");
        afterEach.run();
        model.call().complete();
        bench.settle();
        afterEach.run();
        model.call().say("Well").fail("Gone.");
        bench.settle();
        afterEach.run();
    }

    @Test
    void fromEveryCursorThatWasHandedOutTheReplayIsTheRest() {
        NotedEvents always = bench.watch("0");
        Map<Cursor, Integer> seen = new LinkedHashMap<>();
        converse(() -> {
            List<FeedEvent> all = always.events();
            for (int i = 0; i < all.size(); i++) {
                int end = i + 1;
                all.get(i).cursor().ifPresent(cursor -> seen.put(cursor, end));
            }
            seen.forEach((cursor, end) -> {
                NotedEvents again = bench.watch(cursor.toString());
                assertSamePage(all, all.subList(0, end), again.events(), "from " + cursor);
                bench.live.leave(again);
            });
        });
        assertTrue(seen.size() >= 12, seen.toString());
        TurnBench restarted = bench.restartedOn(bench.memory);
        seen.forEach((cursor, end) -> assertSamePage(
                always.events(),
                always.events().subList(0, end),
                restarted.watch(cursor.toString()).events(),
                "after a restart, from " + cursor));
    }

    /** Not only where pieces ended: at every single character. */
    @Test
    void fromEveryCharacterTheReplayIsTheRest() {
        bench.say("Hello");
        String text = "Nice to meet you, Ölga 😀!";
        model.call().say(text);
        for (int round = 0; round < 2; round++) {
            for (int at = 0; at < text.length(); at++) {
                NotedEvents again = bench.watch("2.0." + at);
                FeedEvent.Grown first = (FeedEvent.Grown) again.events().get(0);
                assertEquals(at, first.part().at());
                assertEquals(text.substring(at), first.part().text());
                assertEquals(round == 0 ? 1 : 2, again.events().size());
                bench.live.leave(again);
            }
            model.call().complete();
            bench.settle();
        }
    }

    @Test
    void aReaderWhoStaysHearsWhatOneHearsWhoComesBackAtEachStep() {
        NotedEvents always = bench.watch("0");
        List<FeedEvent> pieced = new ArrayList<>();
        String[] cursor = {"0"};
        converse(() -> {
            NotedEvents again = bench.watch(cursor[0]);
            pieced.addAll(again.events());
            cursor[0] = again.cursor().map(Cursor::toString).orElse(cursor[0]);
            bench.live.leave(again);
        });
        assertSamePage(always.events(), pieced, List.of(), "in pieces");
    }

    @Test
    void twoReadersHearTheSame() {
        NotedEvents one = bench.watch("0");
        NotedEvents other = bench.watch("0");
        converse(() -> {});
        assertFalse(one.events().isEmpty());
        assertEquals(one.events(), other.events());
    }

    @Test
    void whoLeftHearsNothingMore() {
        NotedEvents reader = bench.watch("0");
        bench.say("Hello");
        int heard = reader.events().size();
        bench.live.leave(reader);
        model.call().say("Hi").complete();
        bench.settle();
        assertEquals(heard, reader.events().size());
        assertFalse(bench.live.watched());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"garbage", "-1", "999999", "999999.0.5"})
    void withoutACursorOrWithOneFromTheFutureTheNewestReplyIsToldFromItsStart(String cursor) {
        bench.say("One");
        model.call().say("Answer one").complete();
        bench.settle();
        assertEquals(
                List.of("grown m2 0@0 Answer one", "done m2 complete"),
                bench.watch(cursor).told());
        bench.say("Two");
        assertEquals(List.of(), bench.watch(cursor).told());
        model.call().say("Answer ");
        NotedEvents reader = bench.watch(cursor);
        assertEquals(List.of("grown m4 0@0 Answer "), reader.told());
        model.call().say("two").complete();
        bench.settle();
        assertEquals(List.of("grown m4 0@0 Answer ", "grown m4 0@7 two", "done m4 complete"), reader.told());
    }

    @Test
    void aCursorBehindTheEndOfAReplyHearsItsEnd() {
        bench.say("One");
        model.call().say("Short").complete();
        bench.settle();
        assertEquals(List.of("done m2 complete"), bench.watch("2.0.5000").told());
        assertEquals(List.of("done m2 complete"), bench.watch("2.7.0").told());
    }

    @Test
    @Timeout(60)
    void whoeverJoinsFromAnotherThreadWhilePiecesComeMissesNothing() throws Exception {
        bench.say("Hello");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            Future<List<NotedEvents>> joining = other.submit(() -> {
                start.await(30, TimeUnit.SECONDS);
                List<NotedEvents> readers = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    NotedEvents reader = new NotedEvents();
                    bench.live.join(Optional.of(Cursor.after(0)), reader);
                    readers.add(reader);
                }
                return readers;
            });
            start.await(30, TimeUnit.SECONDS);
            for (int i = 0; i < 2000; i++) {
                model.call().say("piece " + i + ", ");
            }
            List<NotedEvents> readers = joining.get();
            model.call().complete();
            bench.settle();
            String whole = new Page(bench.watch("0").events()).toString();
            for (NotedEvents reader : readers) {
                assertEquals(whole, new Page(reader.events()).toString());
            }
        } finally {
            other.shutdown();
        }
    }
}
