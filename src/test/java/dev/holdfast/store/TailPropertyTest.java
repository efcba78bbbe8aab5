package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Transcript;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.store.StoredConversation.Page;
import java.io.IOException;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happened in a conversation, opened at its newest part it shows what it would if all of it were read. */
@Tag("slow")
@Timeout(300)
@ParameterizedClass
@EnumSource(KeptAs.class)
class TailPropertyTest {
    private static final int SEEDS = 2;
    private static final int ROUNDS = 12;
    private static final int STEPS_A_ROUND = 12;
    private static final int[] PAGES = {1, 3, 16, 50, 51, 1000};

    @Parameter
    KeptAs kept;

    /** How many were opened at a checkpoint, so that the test means something. */
    private int tails;

    /** What is done with each conversation. */
    @FunctionalInterface
    private interface Trial {
        void on(ChanceTalk talk, Random random) throws IOException;
    }

    private void withEachSeed(Trial trial) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                trial.on(new ChanceTalk(new MemoryDisk(), kept, seed), new Random(-seed));
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(kept + ", seed " + seed, e);
            }
        }
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    private static List<Message> path(StoredConversation conversation) {
        return conversation.locked(transcript -> transcript.tree().path());
    }

    @Test
    void whatIsShownOfTheNewestPartIsWhatAllOfItSays() {
        withEachSeed((talk, random) -> {
            for (int round = 0; round < ROUNDS; round++) {
                talk.goOn(STEPS_A_ROUND);
                StoredConversation newest = talk.reopened();
                Reading all = talk.readAll();
                assertEquals(talk.path(), ids(all.transcript().tree().path()), "all of it is what happened");
                assertShowsTheSame(all, newest);
            }
            assertEquals(List.of(), talk.damage.notes());
        });
        assertTrue(tails > SEEDS, () -> "only " + tails + " were opened at their newest part");
    }

    private void assertShowsTheSame(Reading all, StoredConversation newest) {
        Transcript whole = all.transcript();
        newest.locked(part -> {
            assertEquals(whole.title(), part.title());
            assertEquals(whole.named(), part.named());
            assertEquals(whole.exchanges(), part.exchanges());
            assertEquals(whole.usage(), part.usage());
            assertEquals(whole.lastActivity(), part.lastActivity());
            assertEquals(whole.highestId(), part.highestId());
            assertEquals(whole.overlay(), part.overlay());
            assertEquals(whole.spent(), part.spent());
            assertEquals(whole.paused(), part.paused());
            assertEquals(whole.queued(), part.queued());
            assertEquals(whole.lastSeq(), part.lastSeq());
            assertEquals(whole.tree().head(), part.tree().head());
            assertEquals(whole.eventsAfter(part.begin()), part.eventsAfter(0));
            List<Message> path = part.tree().path();
            List<Message> wholePath = whole.tree().path();
            assertEquals(wholePath.subList(wholePath.size() - path.size(), wholePath.size()), path);
            assertEquals(path.size() < wholePath.size(), part.hasEarlier());
            tails += part.hasEarlier() ? 1 : 0;
            return null;
        });
        assertEquals(all.placeholders().next(), newest.placeholders());
    }

    @Test
    void pagesOfEverySizeGiveTheWholePath() {
        withEachSeed((talk, random) -> {
            for (int round = 0; round < 3; round++) {
                talk.goOn(50);
                for (int limit : PAGES) {
                    List<Message> whole = talk.readAll().transcript().tree().path();
                    assertEquals(whole, pagedBack(talk.reopened(), limit, whole.size()), "pages of " + limit);
                }
            }
        });
    }

    private static List<Message> pagedBack(StoredConversation conversation, int limit, int all) throws IOException {
        List<Message> here = path(conversation);
        LinkedList<Message> shown = new LinkedList<>(here.subList(Math.max(0, here.size() - limit), here.size()));
        boolean more = shown.size() < all;
        while (more) {
            Page page = conversation.before(shown.getFirst().id(), limit);
            shown.addAll(0, page.messages());
            more = page.more();
            assertEquals(shown.size() < all, more, "whether there is more before " + shown.size());
            assertTrue(page.messages().size() == limit || !more, "a page is full");
        }
        return shown;
    }

    @Test
    void aPageIsTheSameForWhoeverComesToItFirst() {
        withEachSeed((talk, random) -> {
            talk.goOn(150);
            List<Message> whole = talk.readAll().transcript().tree().path();
            for (int i = 0; i < 20; i++) {
                int at = random.nextInt(whole.size());
                int limit = 1 + random.nextInt(60);
                Page page = talk.reopened().before(whole.get(at).id(), limit);
                int from = Math.max(0, at - limit);
                assertEquals(whole.subList(from, at), page.messages(), limit + " before number " + at);
                assertEquals(from > 0, page.more());
            }
        });
    }

    @Test
    void everyMessageIsFoundByItsIdOnThePathOrNot() {
        withEachSeed((talk, random) -> {
            talk.goOn(120);
            Reading all = talk.readAll();
            StoredConversation newest = talk.reopened();
            for (String id : talk.ids()) {
                assertEquals(all.transcript().tree().message(id), newest.message(id), id);
            }
            assertEquals(Optional.empty(), newest.message("m0"));
            assertEquals(List.of(), newest.before("m0", 10).messages());
        });
    }

    @Test
    void whatIsReachedForIsThereAndChangesNothing() {
        withEachSeed((talk, random) -> {
            talk.goOn(120);
            Reading all = talk.readAll();
            for (int i = 0; i < 5; i++) {
                StoredConversation newest = talk.reopened();
                String id = talk.ids().get(random.nextInt(talk.ids().size()));
                newest.reachMessage(Optional.of(id));
                assertTrue(newest.locked(part -> part.tree().message(id)).isPresent(), id);
                assertShowsTheSame(all, newest);
                long seq = random.nextInt((int) all.transcript().lastSeq());
                newest.reachLine(seq);
                assertTrue(newest.locked(Transcript::begin) <= seq);
                assertShowsTheSame(all, newest);
                newest.reachMessage(Optional.empty());
                assertEquals(0, newest.locked(Transcript::begin));
                assertShowsTheSame(all, newest);
            }
        });
    }

    @Test
    void everyCheckpointIsTheSumOfAllLinesBeforeIt() {
        int[] checkpoints = {0};
        withEachSeed((talk, random) -> {
            talk.goOn(150);
            talk.end();
            Reading before = new Reading(null);
            talk.eachLine(line -> {
                if (EntryJson.read(line.json()) instanceof Entry.Checkpoint checkpoint) {
                    checkpoints[0]++;
                    assertEquals(
                            before.transcript().checkpoint(before.placeholders().next(), checkpoint.timestamp()),
                            checkpoint,
                            "line " + line.seq());
                }
                before.line(line);
            });
        });
        assertTrue(checkpoints[0] >= 5 * SEEDS, () -> checkpoints[0] + " checkpoints");
    }

    /** A lost message's answers hang on the nearest earlier message, whether all of it is read or a page of it. */
    @Test
    void aPageGoesOverWhatDamageTookAsAFullReadDoes() {
        int[] lost = {0};
        withEachSeed((talk, random) -> {
            talk.goOn(150);
            talk.end();
            byte[] whole = talk.bytes();
            for (int round = 0; round < 6; round++) {
                byte[] bad = whole.clone();
                for (int spots = 2 + random.nextInt(8); spots > 0; spots--) {
                    bad[whole.length / 5 + random.nextInt(whole.length * 2 / 5)] ^= 4;
                }
                talk.put(bad);
                List<String> path = ids(talk.readAll().transcript().tree().path());
                lost[0] += path.equals(talk.path()) ? 0 : 1;
                for (int limit : List.of(7, 50)) {
                    assertEquals(path, ids(pagedBack(talk.reopened(), limit, path.size())), "pages of " + limit);
                }
                int at = random.nextInt(path.size());
                assertEquals(
                        path.subList(Math.max(0, at - 10), at),
                        ids(talk.reopened().before(path.get(at), 10).messages()));
                talk.end();
            }
        });
        assertTrue(lost[0] >= SEEDS, () -> "something was lost in " + lost[0] + " of " + 6 * SEEDS);
    }
}
