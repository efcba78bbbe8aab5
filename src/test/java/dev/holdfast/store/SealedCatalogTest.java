package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Text;
import dev.holdfast.store.CatalogChanges.Batch;
import dev.holdfast.store.CatalogChanges.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class SealedCatalogTest extends CatalogContract {
    private static final List<String> WORDS =
            List.of("Quetzalcoatl", "zweiundzwanzig", "Kryptographie", "h:olga", "web:");

    private static LineCodec codec(int seed) {
        Random random = new Random(seed);
        return new KeyRing(List.of(FernetKey.create(random)), new HandClock(), random);
    }

    @Override
    Optional<LineCodec> codec() {
        return Optional.of(codec(1));
    }

    private Catalog open(Optional<LineCodec> codec) {
        return Catalog.open(new FileDisk(), data.resolve("index"), codec, Runnable::run);
    }

    private void tell(Catalog told) {
        Entry entry = entry(id(), OLGA, "Quetzalcoatl", 1);
        told.addText(text(entry, 3, "Es waren zweiundzwanzig. Kryptographie!"));
        told.put(entry);
        told.flush();
        assertEquals(1, told.search(OLGA, List.of(), "zweiundzwanzig", 3).size());
    }

    /** Every file of the index, as bytes, in lower case. */
    private String raw() throws IOException {
        StringBuilder raw = new StringBuilder();
        try (Stream<Path> files = Files.list(data.resolve("index"))) {
            for (Path file : files.toList()) {
                raw.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return raw.toString().toLowerCase(Locale.ROOT);
    }

    private List<String> seenIn(String raw) {
        return WORDS.stream()
                .filter(word -> raw.contains(word.toLowerCase(Locale.ROOT)))
                .toList();
    }

    @Test
    void nothingOfOwnerChannelTitleOrTextIsOnDisk() throws IOException {
        tell(catalog);
        assertEquals(List.of(), seenIn(raw()));
        catalog.close();
        assertEquals(List.of(), seenIn(raw()));
        open();
    }

    /** The test above would see it. */
    @Test
    void allOfItIsOnDiskInTheClear() throws IOException {
        try (Catalog clear = open(Optional.empty())) {
            tell(clear);
            assertEquals(WORDS, seenIn(raw()));
        }
    }

    @Test
    void turningEncryptionOnErasesWhatWasInTheClear() throws IOException {
        try (Catalog clear = open(Optional.empty())) {
            tell(clear);
        }
        assertEquals(WORDS, seenIn(raw()));
        try (Catalog sealed = open(codec())) {
            assertTrue(sealed.rebuilt());
            assertEquals(List.of(), seenIn(raw()));
        }
    }

    @Test
    void turningEncryptionOffBeginsAnew() {
        tell(catalog);
        catalog.close();
        try (Catalog clear = open(Optional.empty())) {
            assertTrue(clear.rebuilt());
            assertEquals(0, clear.health().conversations());
        }
    }

    @Test
    void anotherKeyBeginsAnew() {
        tell(catalog);
        catalog.close();
        try (Catalog other = open(Optional.of(codec(2)))) {
            assertTrue(other.rebuilt());
            assertEquals(0, other.health().conversations());
            tell(other);
        }
    }

    @Test
    void textsAreToBeAddedAgainAfterAStartAndOnlyThen() {
        Entry old = put(OLGA, "old", 1);
        say(old, 3, "walrus");
        assertTrue(catalog.textIndexed(old.listing().id()));
        reopen();
        assertFalse(catalog.textIndexed(old.listing().id()));
        assertEquals(List.of(), found(OLGA, "walrus"));
        assertEquals(List.of("old"), found(OLGA, "old"), "titles are there");

        Entry fresh = put(OLGA, "new", 2);
        assertTrue(catalog.textIndexed(fresh.listing().id()));
        say(old, 6, "later walrus");
        assertFalse(catalog.textIndexed(old.listing().id()), "the earlier ones are still missing");
        say(old, 3, "walrus");
        catalog.allTextAdded(old.listing().id());
        assertTrue(catalog.textIndexed(old.listing().id()));
        assertEquals(List.of("old", "old"), found(OLGA, "walrus"));
    }

    @Test
    void listsAreAnsweredAndChangedBeforeTheMemoryIsFilledAndSearchFillsIt() {
        Entry old = put(OLGA, "old walrus", 1);
        Entry other = put(OLGA, "other", 2);
        catalog.close();
        catalog = Catalog.open(new FileDisk(), data.resolve("index"), codec(), task -> {});
        assertEquals(List.of("other", "old walrus"), titles(OLGA));
        catalog.remove(other.listing().id());
        put(OLGA, "new walrus", 3);
        assertEquals(List.of("new walrus", "old walrus"), titles(OLGA));
        assertEquals(Optional.of(old), catalog.find(old.listing().id()));
        assertEquals(Set.of("new walrus", "old walrus"), Set.copyOf(found(OLGA, "walrus")));
        assertEquals(List.of("new walrus", "old walrus"), titles(OLGA));
        assertEquals(2, catalog.health().conversations());
    }

    @Test
    void oneThatIsClosedBeforeItsMemoryIsFilledKeepsAll() {
        put(OLGA, "walrus", 1);
        catalog.close();
        Catalog.open(new FileDisk(), data.resolve("index"), codec(), task -> {}).close();
        Catalog unfilled = Catalog.open(new FileDisk(), data.resolve("index"), codec(), task -> {});
        assertFalse(unfilled.rebuilt());
        unfilled.close();
        open();
        assertEquals(List.of("walrus"), titles(OLGA));
    }

    /** So many that they are unsealed in several portions, of which another thread does all, or none. */
    @Test
    void thousandsAreUnsealedByWhoeverGetsToThem() {
        Entry removed = put(OLGA, "walrus 0", 0);
        for (int i = 1; i <= 2000; i++) {
            put(OLGA, "walrus " + i, i);
        }
        catalog.flush();
        catalog.remove(removed.listing().id());
        catalog.close();
        List<Executor> others = List.of(Runnable::run, task -> {});
        for (Executor other : others) {
            catalog = Catalog.open(new FileDisk(), data.resolve("index"), codec(), other);
            assertFalse(catalog.rebuilt());
            assertEquals(2000, catalog.health().conversations());
            assertEquals("walrus 2000", titles(OLGA).get(0));
            catalog.close();
        }
        open();
    }

    @Test
    void tooMuchTextForgetsThatOfTheConversationsLongestWithoutActivity() throws IOException {
        try (SealedIndex index = SealedIndex.make(new ByteBuffersDirectory(), "f", codec(1), 8000)) {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                Entry entry = entry(id(), OLGA, "t" + i, i == 0 ? 100 : i); // the first one is the most recent
                entries.add(entry);
                Text text = text(entry, 1, "walrus " + "x".repeat(993));
                Map<ConversationId, Change> changes = new LinkedHashMap<>();
                changes.put(entry.listing().id(), new Change(Optional.of(entry)));
                index.write(new Batch(changes, List.of(text)));
            }
            List<Boolean> indexed = entries.stream()
                    .map(entry -> index.textIndexed(entry.listing().id()))
                    .toList();
            assertEquals(List.of(true, false, false, true, true, true, true, true, true), indexed);
            CatalogSearch search = new CatalogSearch(
                    OLGA,
                    Set.of(),
                    "walrus",
                    20,
                    id -> entries.stream()
                            .filter(entry -> entry.listing().id().equals(id))
                            .findAny());
            assertEquals(7, index.search(search::hits).size());
            assertEquals(9, index.ask(CatalogLists::count));
        }
    }
}
