package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Hit;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Page;
import dev.holdfast.store.Catalog.Piece;
import dev.holdfast.store.Catalog.Position;
import dev.holdfast.store.Catalog.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a catalog does, however it lies on disk. */
abstract class CatalogContract {
    static final Owner OLGA = new Owner("h:olga");
    static final Owner PAUL = new Owner("h:paul");
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

    @TempDir
    Path data;

    private final Random random = new Random(7);
    Catalog catalog;

    abstract Optional<LineCodec> codec();

    @BeforeEach
    void open() {
        catalog = open(data.resolve("index"));
    }

    Catalog open(Path folder) {
        return Catalog.open(new FileDisk(), folder, codec(), Runnable::run);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    /** As a new process would. */
    void reopen() {
        catalog.close();
        open();
    }

    ConversationId id() {
        return ConversationId.create(NOON, random);
    }

    static Entry entry(ConversationId id, Owner owner, String title, int minute) {
        Instant activity = NOON.plus(Duration.ofMinutes(minute));
        Listing listing = new Listing(id, owner, "web:" + id, title, NOON, activity, false);
        return new Entry(listing, new Mark(1000, 77, 5, false, Optional.empty()));
    }

    Entry put(Owner owner, String title, int minute) {
        Entry entry = entry(id(), owner, title, minute);
        catalog.put(entry);
        return entry;
    }

    static Entry inTrash(Entry entry) {
        Mark mark = entry.mark();
        return new Entry(
                entry.listing(),
                new Mark(mark.size(), mark.modifiedMillis(), mark.lastSeq(), mark.running(), Optional.of(NOON)));
    }

    void say(Entry entry, long seq, String text) {
        catalog.addText(text(entry, seq, text));
    }

    static Text text(Entry entry, long seq, String text) {
        Listing listing = entry.listing();
        return new Text(listing.id(), listing.owner(), seq, "m" + seq, "user", text);
    }

    List<String> titles(Owner owner) {
        return titles(catalog.list(owner, List.of(), false, Optional.empty(), 100));
    }

    static List<String> titles(Page page) {
        return page.entries().stream().map(entry -> entry.listing().title()).toList();
    }

    List<String> found(Owner owner, String query) {
        return catalog.search(owner, List.of(), query, 20).stream()
                .map(hit -> hit.listing().title())
                .toList();
    }

    /** As a page would show it, with what was searched for in brackets. */
    static String shown(Hit hit) {
        return hit.snippet().stream()
                .map(piece -> piece.matched() ? "[" + piece.text() + "]" : piece.text())
                .collect(Collectors.joining());
    }

    @Test
    void emptyCatalogHasNothingAndSaysThatItIsNew() {
        assertTrue(catalog.rebuilt());
        assertEquals(Optional.empty(), catalog.find(id()));
        assertEquals(Optional.empty(), catalog.find(OLGA, "web:1"));
        assertEquals(List.of(), titles(OLGA));
        assertEquals(List.of(), found(OLGA, "word"));
        catalog.eachMark((id, mark) -> assertTrue(false, "there is none"));
        assertEquals(0, catalog.health().conversations());
    }

    @Test
    void entryIsFoundAsItWasPutBeforeAndAfterItIsWrittenAndAfterReopening() {
        Listing listing =
                new Listing(id(), OLGA, "mail:<1@example>", "Ünï\u0000\uD83D\uDE00\n", NOON, NOON.plusNanos(1), true);
        Entry entry = new Entry(
                listing,
                new Mark(1L << 40, -5, Long.MAX_VALUE, true, Optional.of(Instant.parse("1969-01-01T00:00:00Z"))));
        catalog.put(entry);
        assertEquals(Optional.of(entry), catalog.find(listing.id()));
        catalog.flush();
        assertEquals(Optional.of(entry), catalog.find(listing.id()));
        reopen();
        assertFalse(catalog.rebuilt());
        assertEquals(Optional.of(entry), catalog.find(listing.id()));
    }

    @Test
    void laterPutReplacesTheEarlier() {
        Entry first = put(OLGA, "one", 0);
        catalog.flush();
        Entry second = entry(first.listing().id(), OLGA, "two", 9);
        catalog.put(second);
        assertEquals(List.of("two"), titles(OLGA));
        catalog.flush();
        assertEquals(List.of("two"), titles(OLGA));
        assertEquals(Optional.of(second), catalog.find(first.listing().id()));
        assertEquals(1, catalog.health().conversations());
        assertEquals(List.of("two"), found(OLGA, "two"));
        assertEquals(List.of(), found(OLGA, "one"));
    }

    @Test
    void listIsByActivityAndThenByIdWhereverTheEntriesAre() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(put(OLGA, "t" + i, i / 2));
            if (i % 7 == 0) {
                catalog.flush();
            }
        }
        put(PAUL, "another's", 3);
        List<String> expected = entries.stream()
                .sorted(Collections.reverseOrder((a, b) -> {
                    int byTime =
                            a.listing().lastActivity().compareTo(b.listing().lastActivity());
                    return byTime != 0
                            ? byTime
                            : a.listing().id().compareTo(b.listing().id());
                }))
                .map(entry -> entry.listing().title())
                .toList();
        assertEquals(expected, titles(OLGA));
        catalog.flush();
        assertEquals(expected, titles(OLGA));
        reopen();
        assertEquals(expected, titles(OLGA));
    }

    @Test
    void pagesTogetherAreTheListAlthoughEntriesMoveUpMeanwhile() {
        List<Entry> entries =
                IntStream.range(0, 25).mapToObj(i -> put(OLGA, "t" + i, i / 3)).toList();
        catalog.flush();
        List<String> all = titles(OLGA);
        List<String> paged = new ArrayList<>();
        Optional<Position> after = Optional.empty();
        int moved = 0;
        do {
            Page page = catalog.list(OLGA, List.of(), false, after, 4);
            assertTrue(page.entries().size() <= 4);
            paged.addAll(titles(page));
            after = page.next();
            // What was shown already becomes active again, and something new comes: neither shifts what follows.
            Entry shown = entries.get(Integer.parseInt(paged.get(moved).substring(1)));
            catalog.put(entry(shown.listing().id(), OLGA, shown.listing().title(), 100 + moved));
            put(OLGA, "new", 200 + moved++);
            if (moved % 2 == 0) {
                catalog.flush();
            }
        } while (after.isPresent());
        assertEquals(all, paged);
    }

    @Test
    void lastPageHasNoNextAlsoWhenItIsFull() {
        put(OLGA, "a", 1);
        put(OLGA, "b", 2);
        assertEquals(
                Optional.empty(),
                catalog.list(OLGA, List.of(), false, Optional.empty(), 2).next());
        Page first = catalog.list(OLGA, List.of(), false, Optional.empty(), 1);
        assertEquals(List.of("b"), titles(first));
        assertEquals(List.of("a"), titles(catalog.list(OLGA, List.of(), false, first.next(), 1)));
        assertEquals(
                Optional.empty(),
                catalog.list(OLGA, List.of(), false, first.next(), 1).next());
        assertEquals(List.of(), titles(catalog.list(OLGA, List.of(), false, Optional.empty(), 0)));
    }

    @Test
    void trashIsListedOnItsOwnAndRestoredIsListedAgain() {
        Entry kept = put(OLGA, "kept", 1);
        Entry deleted = put(OLGA, "deleted", 2);
        say(deleted, 3, "walrus");
        catalog.flush();
        catalog.put(inTrash(deleted));
        for (int written = 0; written < 2; written++) {
            assertEquals(List.of("kept"), titles(OLGA));
            Page trash = catalog.list(OLGA, List.of(), true, Optional.empty(), 10);
            assertEquals(List.of(inTrash(deleted)), trash.entries());
            assertEquals(List.of(), found(OLGA, "walrus"));
            assertEquals(List.of(), found(OLGA, "deleted"));
            assertEquals(Optional.empty(), catalog.find(OLGA, deleted.listing().channelKey()));
            catalog.flush();
        }
        catalog.put(deleted);
        assertEquals(List.of("deleted", "kept"), titles(OLGA));
        assertEquals(List.of("deleted"), found(OLGA, "walrus"));
        assertEquals(Optional.of(kept), catalog.find(kept.listing().id()));
    }

    @Test
    void removedIsGoneWithItsTextsAndTheOthersStay() {
        Entry kept = put(OLGA, "kept", 1);
        Entry removed = put(OLGA, "removed", 2);
        say(kept, 3, "walrus");
        say(removed, 3, "walrus");
        catalog.flush();
        say(removed, 4, "walrus again");
        catalog.remove(removed.listing().id());
        for (int written = 0; written < 2; written++) {
            assertEquals(Optional.empty(), catalog.find(removed.listing().id()));
            assertEquals(List.of("kept"), titles(OLGA));
            assertEquals(List.of("kept"), found(OLGA, "walrus"));
            assertEquals(List.of(), found(OLGA, "removed"));
            catalog.flush();
        }
        reopen();
        assertEquals(List.of("kept"), titles(OLGA));
        assertEquals(1, catalog.health().conversations());
    }

    @Test
    void channelKeyFindsTheOwnersConversationOnly() {
        Entry entry = put(OLGA, "a", 1);
        String key = entry.listing().channelKey();
        for (int written = 0; written < 2; written++) {
            assertEquals(Optional.of(entry.listing().id()), catalog.find(OLGA, key));
            assertEquals(Optional.empty(), catalog.find(PAUL, key));
            assertEquals(Optional.empty(), catalog.find(OLGA, key + "x"));
            catalog.flush();
        }
    }

    @Test
    void namesOfAnyLengthAreToldApart() {
        String long1 = "é".repeat(40_000) + "1";
        String long2 = "é".repeat(40_000) + "2";
        Owner owner1 = new Owner(long1);
        Listing listing = new Listing(id(), owner1, long1, "long ".repeat(20_000), NOON, NOON, false);
        catalog.put(new Entry(listing, new Mark(1, 1, 1, false, Optional.empty())));
        catalog.flush();
        assertEquals(1, titles(owner1).size());
        assertEquals(List.of(), titles(new Owner(long2)));
        assertEquals(Optional.of(listing.id()), catalog.find(owner1, long1));
        assertEquals(Optional.empty(), catalog.find(owner1, long2));
    }

    @Test
    void marksAreAllThereAndAsLastPut() {
        Map<ConversationId, Mark> expected = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            Entry entry = put(i % 2 == 0 ? OLGA : PAUL, "t", i);
            Mark mark = new Mark(i, 2 * i, 3 * i, i % 3 == 0, i % 5 == 0 ? Optional.of(NOON) : Optional.empty());
            if (i == 15) {
                catalog.flush();
            }
            if (i == 20) {
                catalog.remove(entry.listing().id());
            } else {
                catalog.put(new Entry(entry.listing(), mark));
                expected.put(entry.listing().id(), mark);
            }
        }
        assertEquals(expected, marks());
        reopen();
        assertEquals(expected, marks());
    }

    Map<ConversationId, Mark> marks() {
        Map<ConversationId, Mark> marks = new HashMap<>();
        catalog.eachMark((id, mark) -> assertEquals(null, marks.put(id, mark), "told twice"));
        return marks;
    }

    @Test
    void grantedConversationIsListedAndSearchedAndNoOther() {
        Entry granted = put(PAUL, "granted", 1);
        Entry secret = put(PAUL, "secret", 2);
        put(OLGA, "own", 3);
        say(granted, 1, "walrus");
        say(secret, 1, "walrus");
        List<ConversationId> grants = List.of(granted.listing().id());
        for (int written = 0; written < 2; written++) {
            assertEquals(List.of("own", "granted"), titles(catalog.list(OLGA, grants, false, Optional.empty(), 10)));
            assertEquals(
                    List.of("granted"),
                    catalog.search(OLGA, grants, "walrus", 10).stream()
                            .map(hit -> hit.listing().title())
                            .toList());
            assertEquals(List.of(), found(OLGA, "walrus"));
            assertEquals(List.of("own"), titles(OLGA));
            catalog.flush();
        }
        assertEquals(2, found(PAUL, "walrus").size(), "there is something to hide");
    }

    @Test
    void textIsFoundAtOnceWithWhereItStands() {
        Entry entry = put(OLGA, "Zoo", 1);
        say(entry, 3, "We saw elephants.\n\nAnd a large walrus, too; the walrus slept.");
        List<Hit> hits = catalog.search(OLGA, List.of(), "walrus", 10);
        assertEquals(1, hits.size());
        assertEquals(entry.listing(), hits.get(0).listing());
        assertEquals(Optional.of("m3"), hits.get(0).messageId());
        assertEquals(Optional.of("user"), hits.get(0).role());
        assertEquals("We saw elephants. And a large [walrus], too; the [walrus] slept.", shown(hits.get(0)));
    }

    @Test
    void titleIsFoundWithoutAMessage() {
        put(OLGA, "Holidays on Crete", 1);
        Hit hit = catalog.search(OLGA, List.of(), "cret", 10).get(0);
        assertEquals(Optional.empty(), hit.messageId());
        assertEquals(List.of(new Piece("Holidays on ", false), new Piece("Crete", true)), hit.snippet());
    }

    @Test
    void textAddedAgainForALineReplacesIt() {
        Entry entry = put(OLGA, "t", 1);
        say(entry, 3, "walrus");
        say(entry, 3, "walrus");
        assertEquals(1, found(OLGA, "walrus").size());
        catalog.flush();
        say(entry, 3, "otter");
        assertEquals(List.of(), found(OLGA, "walrus"));
        assertEquals(1, found(OLGA, "otter").size());
    }

    @Test
    void snippetOfALongTextIsShortAndAroundTheMatch() {
        Entry entry = put(OLGA, "t", 1);
        say(entry, 1, "filler words here. ".repeat(3000) + "The walrus is here. " + "more filler. ".repeat(3000));
        String snippet = shown(catalog.search(OLGA, List.of(), "walrus", 10).get(0));
        assertTrue(snippet.contains("The [walrus] is here."), snippet);
        assertTrue(snippet.length() < 300, snippet);
    }

    @Test
    void oneConversationDoesNotFillTheList() {
        Entry talkative = put(OLGA, "talkative", 1);
        for (int i = 0; i < 20; i++) {
            say(talkative, i, "walrus");
        }
        say(put(OLGA, "other", 2), 1, "a walrus among many other words");
        List<String> found = found(OLGA, "walrus");
        assertTrue(found.contains("other"), found.toString());
        assertTrue(Collections.frequency(found, "talkative") <= 3, found.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Die Häuser am Großglockner sind schön     | häus
            Die Häuser am Großglockner sind schön     | haeuser
            Die Häuser am Großglockner sind schön     | grossglockner SCHON
            Crème brûlée                              | creme brulee
            Creme brulee                              | crème brûl
            東京都に住んでいます                         | 東京
            東京都に住んでいます                         | 住ん
            東京都に住んでいます                         | す
            我们讨论过数据库索引                         | 数据库
            한국어 검색 테스트                           | 검색
            ﾃｽﾄ                                        | テスト
            class ConversationStore implements Store   | conversation
            class ConversationStore implements Store   | conversationst
            class ConversationStore implements Store   | ConversationStore
            call parse_line_number() first             | parse_line_number
            call parse_line_number() first             | line number
            import dev.holdfast.store.Catalog;         | holdfast
            import dev.holdfast.store.Catalog;         | dev.holdfast.store
            version 9.12.3 of it                       | 9.12.3
            Alice's notes                              | alice
            Привет, мир                                | ПРИВ
            an e-mail to bob@example.com               | bob@example.com
            """)
    void wordsAreFoundAsPeopleTypeThem(String text, String query) {
        Entry entry = put(OLGA, "t", 1);
        say(entry, 1, text);
        assertEquals(1, found(OLGA, query).size());
        String snippet = shown(catalog.search(OLGA, List.of(), query, 1).get(0));
        assertTrue(snippet.contains("["), snippet);
    }

    @Test
    void accentsWrittenApartAreFoundTogether() {
        say(put(OLGA, "t", 1), 1, "un cafe\u0301 noir");
        assertEquals(1, found(OLGA, "café").size());
        assertEquals(1, found(OLGA, "cafe noir").size());
    }

    @Test
    void aWordOfTwoLettersForAnUmlautIsNotAllThatBeginWithOne() {
        say(put(OLGA, "t", 1), 1, "an apple");
        assertEquals(List.of(), found(OLGA, "ae"));
        assertEquals(List.of("t"), found(OLGA, "ap"));
    }

    @Test
    void ofOneConversationAFewHitsAreShownAndNoneIfNoneAreWanted() {
        Entry talkative = put(OLGA, "much", 1);
        for (int n = 1; n <= 8; n++) {
            say(talkative, n, "walrus " + n);
        }
        say(put(OLGA, "little", 2), 1, "walrus");
        assertEquals(
                List.of("little", "much", "much", "much"),
                found(OLGA, "walrus").stream().sorted().toList());
        assertEquals(List.of(), catalog.search(OLGA, List.of(), "walrus", 0));
        assertEquals(1, catalog.search(OLGA, List.of(), "walrus", 1).size());
    }

    @Test
    void allWordsMustBeThereAndOnlyTheLastMayBeUnfinished() {
        say(put(OLGA, "t", 1), 1, "a walrus and an otter");
        assertEquals(1, found(OLGA, "walrus ott").size());
        assertEquals(1, found(OLGA, "otter walrus").size());
        assertEquals(0, found(OLGA, "wal otter").size());
        assertEquals(0, found(OLGA, "walrus beaver").size());
    }

    @Test
    void closerMatchComesFirst() {
        say(put(OLGA, "long", 1), 1, "walrus " + "and many other words ".repeat(50));
        say(put(OLGA, "short", 1), 1, "a walrus");
        put(OLGA, "walrus", 1);
        assertEquals(List.of("walrus", "short", "long"), found(OLGA, "walrus"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u0000",
                "*",
                "?*?*",
                "AND OR NOT",
                "\"unfinished",
                "((((((((",
                "title:walrus",
                "a* OR b*",
                "/.*.*.*.*[a-z]{1000}/",
                "walrus~2",
                "[a TO z]",
                "\\",
                "+-&&||!(){}[]^\"~*?:\\/",
                "\uD800",
                "\uDC00\uD800",
                "😀",
                "a",
                "_",
                "<script>alert(1)</script>",
                "\u202E\u200B\uFEFF"
            })
    void queryIsOnlyWordsWhateverStandsInIt(String query) {
        say(put(OLGA, "t", 1), 1, "nothing of the kind, walrus");
        say(put(PAUL, "hidden", 1), 1, "nothing of the kind, walrus");
        assertFalse(found(OLGA, query).contains("hidden"));
        assertFalse(found(OLGA, query + " walrus").contains("hidden"));
    }

    /** Generous, for busy machines: an expansion that grows with the query would take hours. */
    @Test
    void longQueryIsNotSlow() {
        for (int i = 0; i < 200; i++) {
            say(put(OLGA, "t" + i, i), 1, "aaaa".repeat(i % 60) + " walrus " + i);
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            found(OLGA, "a ".repeat(100_000));
            found(OLGA, "a".repeat(1_000_000));
            found(OLGA, "*".repeat(1_000_000));
            found(OLGA, IntStream.range(0, 10_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" ")));
        });
    }

    @Test
    @Tag("slow")
    void anyTextCanBeIndexedAndShown() {
        long seed = 42;
        Random fuzz = new Random(seed);
        Entry entry = put(OLGA, "t", 1);
        String[] parts = {
            "walrus",
            "getX",
            "JSONParser",
            "a_b",
            "9.1",
            "'s",
            "-",
            ".",
            "é",
            "e\u0301",
            "ß",
            "東",
            "京都",
            "ﾃ",
            "한",
            "😀",
            "\uD83D",
            "\uDE00",
            "\u0000",
            "\u200D",
            "\n",
            " ",
            "\u2028",
            "<b>",
            "&amp;",
            "ﬁ",
            "ǅ",
            "㍿",
            "x".repeat(300)
        };
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = fuzz.nextInt(30); n >= 0; n--) {
                text.append(parts[fuzz.nextInt(parts.length)]);
            }
            say(entry, i, text + " beacon" + i);
        }
        for (int i = 0; i < 1500; i += 7) {
            List<Hit> hits = catalog.search(OLGA, List.of(), "beacon" + i, 3);
            assertTrue(
                    hits.stream().anyMatch(hit -> shown(hit).contains("[beacon")),
                    "seed " + seed + ", text " + i + ": " + hits);
        }
    }

    @Test
    void textBeyondTheLimitIsNotIndexedAndDoesNoHarm() {
        say(put(OLGA, "t", 1), 1, "walrus " + "x".repeat(CatalogWords.LONGEST_TEXT) + " beaver");
        assertEquals(1, found(OLGA, "walrus").size());
        assertEquals(0, found(OLGA, "beaver").size());
    }

    @Test
    void everyOwnerSeesTheirOwnOnly() {
        List<Owner> owners =
                IntStream.range(0, 12).mapToObj(i -> new Owner("h:" + i)).toList();
        for (int i = 0; i < 240; i++) {
            Owner owner = owners.get(i % 12);
            Entry entry = put(owner, owner.name(), i);
            say(entry, 1, "walrus " + i);
            if (i % 50 == 0) {
                catalog.flush();
            }
        }
        for (Owner owner : owners) {
            assertEquals(Set.of(owner.name()), Set.copyOf(titles(owner)));
            assertEquals(20, titles(owner).size());
            assertEquals(Set.of(owner.name()), Set.copyOf(found(owner, "walrus")));
            assertEquals(Set.of(owner.name()), Set.copyOf(found(owner, "wal")));
        }
    }

    @Test
    void muchTextIsWrittenInTheBackgroundWithoutBeingAsked() {
        Entry entry = put(OLGA, "t", 1);
        String text = "walrus ".repeat(20_000);
        for (int i = 0; i * text.length() < CatalogChanges.CROWDED_CHARS; i++) {
            say(entry, i, text);
        }
        say(entry, 1_000_000, "otter");
        assertEquals(0, catalog.health().unwritten());
    }
}
