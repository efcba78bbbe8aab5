package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Position;
import dev.holdfast.store.CatalogLists.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

/** Whoever asks before the index in memory is full gets the same answers as after. */
class UnsealedEntriesTest {
    private static final Owner OLGA = new Owner("h:olga");
    private static final Owner PAUL = new Owner("h:paul");

    private final Random random = new Random(11);

    /** Of two owners; some in the trash, some in which nothing was said, some active at the same time. */
    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ConversationId id = ConversationId.create(CatalogContract.NOON, random);
            String title = i % 7 == 3 ? "" : "title " + i;
            Entry entry = CatalogContract.entry(id, i % 3 == 0 ? PAUL : OLGA, title, random.nextInt(20));
            entries.add(i % 5 == 0 ? CatalogContract.inTrash(entry) : entry);
        }
        return entries;
    }

    private static List<Object> answers(CatalogLists lists, List<Entry> entries) throws IOException {
        List<Object> answers = new ArrayList<>();
        Set<ConversationId> others = entries.stream()
                .filter(entry -> entry.listing().owner().equals(PAUL))
                .limit(9)
                .map(entry -> entry.listing().id())
                .collect(Collectors.toSet());
        Set<ConversationId> few =
                Set.of(entries.get(0).listing().id(), entries.get(1).listing().id());
        for (boolean trashed : new boolean[] {false, true}) {
            for (Set<ConversationId> granted : List.of(Set.<ConversationId>of(), others)) {
                Wanted wanted = new Wanted(OLGA, granted, trashed, few);
                for (int limit : new int[] {1, 4, 100}) {
                    answers.add(lists.page(wanted, Optional.empty(), limit));
                    for (Entry after : entries) {
                        answers.add(lists.page(wanted, Optional.of(after.position()), limit));
                    }
                }
            }
        }
        for (Entry entry : entries) {
            answers.add(lists.find(entry.listing().id()));
            answers.add(lists.ofChannel(OLGA, entry.listing().channelKey(), few));
        }
        answers.add(lists.find(ConversationId.create(CatalogContract.NOON, new Random(1))));
        Map<ConversationId, Mark> marks = new HashMap<>();
        lists.eachMark(marks::put);
        answers.add(marks);
        answers.add(lists.count());
        return answers;
    }

    @Test
    void theyAnswerAsTheIndexThatIsFilledWithThem() throws IOException {
        List<Entry> entries = entries();
        List<Object> unsealed = answers(new UnsealedEntries(entries), entries);
        try (ClearIndex index = ClearIndex.make(new ByteBuffersDirectory(), "f")) {
            for (Entry entry : entries) {
                index.fill(entry);
            }
            index.show();
            assertEquals(index.ask(lists -> answers(lists, entries)), unsealed);
        }
        assertTrue(
                unsealed.stream().anyMatch(answer -> answer instanceof List<?> page && page.size() > 20),
                "no list was long, so little was tried");
    }

    @Test
    void pageAfterAPositionThatIsNoMoreGoesOnBehindIt() {
        List<Entry> entries = entries();
        Entry last = entries.stream().min(Comparator.comparing(Entry::position)).orElseThrow();
        Position gone = new Position(
                last.listing().lastActivity().plusSeconds(1), last.listing().id());
        Wanted all = new Wanted(last.listing().owner(), Set.of(), last.trashed(), Set.of());
        assertEquals(List.of(last), new UnsealedEntries(entries).page(all, Optional.of(gone), 1));
    }
}
