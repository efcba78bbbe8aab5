package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.CatalogChanges.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much is remembered that cannot be written. */
class CatalogChangesTest {
    private static final String LONG = "x".repeat(1_000_000);

    private final Random random = new Random(4);
    private final CatalogChanges changes = new CatalogChanges();
    private final Entry talkative = entry();
    private final Entry silent = entry();

    private Entry entry() {
        return CatalogContract.entry(ConversationId.create(CatalogContract.NOON, random), CatalogContract.OLGA, "t", 1);
    }

    private void say(Entry entry, int count) {
        for (int seq = 1; seq <= count; seq++) {
            changes.add(CatalogContract.text(entry, seq, LONG));
        }
    }

    private Mark mark(Entry entry) {
        return changes.find(entry.listing().id())
                .orElseThrow()
                .entry()
                .orElseThrow()
                .mark();
    }

    @Test
    void moreTextThanThereIsRoomForIsForgottenAndTheConversationUnread() {
        changes.put(silent);
        changes.put(talkative);
        say(talkative, 32);
        assertEquals(talkative.mark(), mark(talkative), "there is room for it");
        say(talkative, 1);
        assertEquals(talkative.mark().unread(), mark(talkative));
        changes.put(talkative);
        assertEquals(talkative.mark().unread(), mark(talkative), "and it stays so");
        assertEquals(silent.mark(), mark(silent));
        assertEquals(List.of(), changes.take().texts());
    }

    @Test
    void whatIsTriedAgainAndAgainInVainDoesNotGrow() {
        int most = 0;
        for (int i = 0; i < 100; i++) {
            say(talkative, 1);
            changes.put(entry());
            Batch batch = changes.take();
            most = Math.max(most, batch.texts().size());
            changes.rewind();
        }
        assertTrue(most > 20 && most <= 33, "at most " + most + " million characters were kept");
        assertEquals(100, changes.size(), "conversations are kept");
    }

    @Test
    void textsThatAreBeingWrittenAreNotForgotten() {
        List<Batch> taken = new ArrayList<>();
        changes.put(talkative);
        say(talkative, 30);
        taken.add(changes.take());
        say(silent, 3);
        assertEquals(30, taken.get(0).texts().size());
        assertEquals(talkative.mark(), mark(talkative));
        changes.committed();
        changes.put(silent);
        assertEquals(silent.mark().unread(), mark(silent));
        assertFalse(changes.crowded());
    }

    @Test
    void conversationThatWasRemovedAndIsBroughtInAnewIsReadAsAnyOther() {
        changes.put(talkative);
        say(talkative, 33);
        changes.remove(talkative.listing().id());
        changes.put(talkative);
        assertEquals(talkative.mark(), mark(talkative));
    }
}
