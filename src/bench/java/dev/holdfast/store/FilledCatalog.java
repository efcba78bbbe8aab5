package dev.holdfast.store;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Listing;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.Catalog.Entry;
import dev.holdfast.store.Catalog.Mark;
import dev.holdfast.store.Catalog.Text;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A large catalog for the benchmark. The same every time: words, owners and keys come from one seed. */
public final class FilledCatalog implements AutoCloseable {
    public static final int CONVERSATIONS = 100_000;
    /** As many of them have texts. */
    public static final int TOLD = 20_000;

    public static final int MESSAGES = 10;
    private static final int WORDS_A_MESSAGE = 45;
    private static final int VOCABULARY = 30_000;
    private static final int PAGE = 50;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** As many threads as the program has. */
    private final ExecutorService background =
            Executors.newFixedThreadPool(Math.max(4, Runtime.getRuntime().availableProcessors()));

    private final Catalog catalog;

    public FilledCatalog(Path folder, boolean sealed) {
        catalog = Catalog.open(new FileDisk(), folder, codec(sealed), background);
    }

    private static Optional<LineCodec> codec(boolean sealed) {
        Random random = new Random(1);
        return sealed
                ? Optional.of(new KeyRing(List.of(FernetKey.create(random)), Clock.systemUTC(), random))
                : Optional.empty();
    }

    /** @param owners how many share the conversations, evenly */
    public void fill(int owners) {
        Random random = new Random(2);
        for (int i = 0; i < CONVERSATIONS; i++) {
            ConversationId id = ConversationId.create(NOON.plusSeconds(i), random);
            Owner owner = owner(i % owners);
            Instant activity = NOON.plusSeconds(random.nextInt(100_000_000));
            Listing listing = new Listing(id, owner, "web:" + id, words(random, 6), NOON, activity, false);
            if (i % (CONVERSATIONS / TOLD) == 0) {
                for (int seq = 1; seq <= MESSAGES; seq++) {
                    catalog.addText(new Text(id, owner, seq, "m" + seq, "user", words(random, WORDS_A_MESSAGE)));
                }
            }
            catalog.put(new Entry(listing, new Mark(4000, 1, MESSAGES, false, Optional.empty())));
            if (i % 2000 == 0) {
                catalog.flush();
            }
        }
        catalog.flush();
    }

    private static Owner owner(int number) {
        return new Owner("h:owner" + number);
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(word(random));
        }
        return words.toString();
    }

    /** The smaller its number, the more often it comes; the first ones stand in most messages. */
    private static String word(Random random) {
        return word((int) Math.pow(VOCABULARY, random.nextDouble()));
    }

    private static String word(int number) {
        String[] syllables = {"ba", "ke", "lo", "mi", "nu", "pra", "sto", "ter", "vu", "zi", "cha", "fe"};
        StringBuilder word = new StringBuilder();
        for (int rest = number; rest > 0; rest /= syllables.length) {
            word.append(syllables[rest % syllables.length]);
        }
        return word.isEmpty() ? "a" : word.toString();
    }

    /** Of frequent and rare words, whole and unfinished, together and alone. */
    public static List<String> queries() {
        return List.of(
                word(1),
                word(7) + " " + word(9),
                word(200),
                word(5000),
                word(3) + " " + word(40) + " " + word(700),
                "k",
                "st",
                "pra",
                word(12) + " b",
                "nothing like it");
    }

    /** The first page of an owner's list; fails if it is not full. */
    public void firstPage(int owner) {
        int found = catalog.list(owner(owner), List.of(), false, Optional.empty(), PAGE)
                .entries()
                .size();
        if (found != PAGE) {
            throw new IllegalStateException("a page has " + found + " rows");
        }
    }

    public int search(int owner, String query) {
        return catalog.search(owner(owner), List.of(), query, 20).size();
    }

    /** Changes something, as a message does, so that there is something new to list and to write. */
    public void touch(int owner) {
        Entry newest = catalog.list(owner(owner), List.of(), false, Optional.empty(), 1)
                .entries()
                .get(0);
        Listing listing = newest.listing();
        catalog.addText(new Text(listing.id(), listing.owner(), 1, "m1", "user", "and another word " + word(77)));
        catalog.put(newest);
    }

    public int marks() {
        int[] count = new int[1];
        catalog.eachMark((id, mark) -> count[0]++);
        return count[0];
    }

    @Override
    public void close() {
        catalog.close();
        background.shutdown();
    }

    /** In a process of its own: opens and prints how long it took until the first page was there, in milliseconds. */
    public static void main(String[] arguments) {
        long begin = System.nanoTime();
        try (FilledCatalog catalog = new FilledCatalog(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1]))) {
            catalog.firstPage(0);
            System.out.printf("first page after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        }
    }
}
