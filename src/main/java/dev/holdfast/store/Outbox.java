package dev.holdfast.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.LineJson;
import dev.holdfast.store.SmallFiles.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resume links that are to be mailed: {@code people/outbox/<conversation>.<random>.json} or, encrypted, {@code
 * ….json.fernet}, a file for each letter, replaced whole.
 *
 * <pre>
 *   {"conversation":"01j…","by":"h:…","to":"olga@example.org","asked_at":"…","tries":1,"next_try":"…","trouble":"…"}
 * </pre>
 *
 * <p>A letter says to whom and about what. The link itself is made for each attempt to send it, so that whoever reads the
 * folder cannot use it. All letters are in memory, too. Thread-safe.
 */
public final class Outbox {
    /**
     * A mail that is to be sent.
     *
     * @param name of its file, without ending
     * @param by who asked for it
     * @param to the address
     * @param tries how often it was tried
     * @param nextTry when it is tried again; empty: it was given up
     * @param trouble a sentence: why it is not sent yet; empty before the first try
     */
    public record Letter(
            String name,
            ConversationId conversation,
            Owner by,
            String to,
            Instant askedAt,
            int tries,
            Optional<Instant> nextTry,
            Optional<String> trouble) {

        /** The same after a try that failed. */
        public Letter failed(String why, Optional<Instant> next) {
            return new Letter(name, conversation, by, to, askedAt, tries + 1, next, Optional.of(why));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final SmallFiles files;
    private final RandomGenerator random;
    private final Map<String, Letter> letters = new ConcurrentHashMap<>();

    private Outbox(SmallFiles files, RandomGenerator random) {
        this.files = files;
        this.random = random;
    }

    /**
     * Opens what is kept below {@code data}. A letter that cannot be read stays where it is, and the log says so.
     *
     * @param random unpredictable; names letters
     */
    public static Outbox open(Disk disk, Path data, Storage storage, RandomGenerator random) throws IOException {
        Path folder = data.resolve("people").resolve("outbox");
        Outbox outbox = new Outbox(new SmallFiles(disk, folder, storage), random);
        for (Path file : outbox.files.list()) {
            outbox.read(file).ifPresent(letter -> outbox.letters.put(letter.name(), letter));
        }
        return outbox;
    }

    private Optional<Letter> read(Path file) {
        try {
            return Optional.of(letter(file, files.opened(file, files.read(file))));
        } catch (IOException e) {
            LOG.error("The letter {} cannot be read and is not sent: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static Letter letter(Path file, byte[] content) throws JournalException {
        return SmallFiles.parse(
                file,
                content,
                json -> new Letter(
                        SmallFiles.nameOf(file),
                        new ConversationId(json.get("conversation").getAsString()),
                        new Owner(json.get("by").getAsString()),
                        json.get("to").getAsString(),
                        Instant.parse(json.get("asked_at").getAsString()),
                        json.get("tries").getAsInt(),
                        text(json, "next_try").map(Instant::parse),
                        text(json, "trouble")),
                "is no letter.",
                "Move it away, and have the link mailed again.");
    }

    private static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonElement::getAsString);
    }

    /**
     * A new letter. When this returns, it survives a power cut.
     *
     * @param nextTry when it is tried again, should nobody hear of the first try
     */
    public synchronized Letter add(ConversationId conversation, Owner by, String to, Instant now, Instant nextTry)
            throws IOException {
        String name = conversation.value() + "." + String.format("%016x", random.nextLong());
        Letter letter = new Letter(name, conversation, by, to, now, 0, Optional.of(nextTry), Optional.empty());
        write(letter);
        return letter;
    }

    /**
     * Keeps a letter in the place of what it was before, unless it has been removed meanwhile. When this returns, it
     * survives a power cut.
     */
    public synchronized void keep(Letter letter) throws IOException {
        if (letters.containsKey(letter.name())) {
            write(letter);
        }
    }

    private void write(Letter letter) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("conversation", letter.conversation().value());
        json.addProperty("by", letter.by().name());
        json.addProperty("to", letter.to());
        json.addProperty("asked_at", letter.askedAt().toString());
        json.addProperty("tries", letter.tries());
        letter.nextTry().ifPresent(next -> json.addProperty("next_try", next.toString()));
        letter.trouble().ifPresent(why -> json.addProperty("trouble", why));
        files.write(files.file(letter.name()), LineJson.line(json));
        letters.put(letter.name(), letter);
    }

    /** It is sent, or no longer wanted. */
    public synchronized void remove(Letter letter) throws IOException {
        files.delete(files.forms(files.file(letter.name())));
        letters.remove(letter.name());
    }

    /** Removes all letters about a conversation. */
    synchronized void forget(ConversationId conversation) throws IOException {
        for (Letter letter : letters()) {
            if (letter.conversation().equals(conversation)) {
                remove(letter);
            }
        }
    }

    /** Writes letters anew that are not as they are to be: encrypted, with the newest key, or in the clear. */
    synchronized void renew() throws IOException {
        for (Path file : files.list()) {
            files.renew(file, SmallFiles.Version.UNKNOWN);
        }
    }

    /** Reads all letters, or those about one conversation, and changes nothing. */
    void check(Optional<ConversationId> only, Consumer<Checked> each) throws IOException {
        for (Path file : files.list()) {
            if (only.isEmpty() || SmallFiles.nameOf(file).startsWith(only.get().value() + ".")) {
                check(file).ifPresent(each);
            }
        }
    }

    private synchronized Optional<Checked> check(Path file) throws IOException {
        return files.check(file, Outbox::letter);
    }

    /** All letters, the oldest first. */
    public List<Letter> letters() {
        return letters.values().stream()
                .sorted(Comparator.comparing(Letter::askedAt).thenComparing(Letter::name))
                .toList();
    }
}
