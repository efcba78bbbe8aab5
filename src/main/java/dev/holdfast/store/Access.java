package dev.holdfast.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.Durability;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.JournalLine;
import dev.holdfast.journal.JournalReport;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.Rewriting;
import dev.holdfast.journal.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who but its owner may open a conversation, and by which link. One journal, {@code people/access.jsonl} or, encrypted,
 * {@code access.jsonl.fernet}, six kinds of lines:
 *
 * <pre>
 *   {"_type":"link","hash":"…","kind":"mail","conversation":"01j…","by":"h:…","to":"olga@example.org","created_at":"…","expires_at":"…"}
 *   {"_type":"grant","hash":"…","conversation":"01j…","to":"h:…","at":"…"}
 *   {"_type":"revoked","hash":"…","at":"…"}
 *   {"_type":"idle_mail","conversation":"01j…","for":"h:…","to":"olga@example.org","at":"…"}
 *   {"_type":"no_mail","conversation":"01j…","to":"olga@example.org","at":"…"}
 *   {"_type":"renamed","from":"h:…","to":"mail:olga@example.org","at":"…"}
 * </pre>
 *
 * <p>A link is known by the hash of its token or code only. A new code replaces the older one of the same browser and
 * conversation, but not the grants that it gave. Revoking a link ends its grants. Whoever wants a link mailed when the
 * conversation is paused says so once; without {@code to} no longer. Thread-safe; memory changes once the
 * line is on disk.
 */
public final class Access implements AutoCloseable {
    /** What a person holds in the hand. */
    public enum Kind {
        /** An address in a mail. */
        MAIL,
        /** A code to type. */
        CODE,
        /** An address that the operator's terminal printed. */
        PRINTED
    }

    /**
     * A way back into a conversation.
     *
     * @param hash of its token or code, see {@code Secret.hash()}
     * @param by whose page asked for it
     * @param to the address that it was mailed to; empty for others than a mailed one
     */
    public record Link(
            String hash,
            Kind kind,
            ConversationId conversation,
            Owner by,
            Optional<String> to,
            Instant createdAt,
            Instant expiresAt) {
        private Link by(Owner other) {
            return new Link(hash, kind, conversation, other, to, createdAt, expiresAt);
        }
    }

    /**
     * A link, and what became of it.
     *
     * @param replaced whether a newer code took its place; then it opens nothing more
     * @param browsers how many it has opened the conversation to that still may
     */
    public record Given(Link link, boolean replaced, int browsers) {}

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private static final String NAME = "access";

    private final Disk disk;
    private final Path people;
    private final Storage storage;
    private final Journals journals;
    private final Executor io;
    private final DamageReporter reporter;
    private final Map<String, Link> links = new HashMap<>();
    /** Codes in whose place newer ones came; the grants that they gave go on. */
    private final Map<String, Link> replaced = new HashMap<>();

    private final Map<Owner, Map<ConversationId, String>> grants = new HashMap<>();
    private final Map<ConversationId, Map<Owner, String>> idleMails = new HashMap<>();
    private final Map<ConversationId, Set<String>> unwanted = new HashMap<>();
    /** Null until there is something to keep. */
    private Journal journal;

    private Access(Disk disk, Path people, Storage storage, Journals journals, Executor io, DamageReporter reporter) {
        this.disk = disk;
        this.people = people;
        this.storage = storage;
        this.journals = journals;
        this.io = io;
        this.reporter = reporter;
    }

    /**
     * Opens what is kept below {@code data}. If there is nothing it is made with the first link: a start writes nothing.
     *
     * @throws IOException also if no key opens it: without it, those whom a link brought would be turned away
     */
    public static Access open(Disk disk, Path data, Storage storage, Executor io, DamageReporter reporter)
            throws IOException {
        Journals journals = new Journals(disk, data.resolve("quarantine"), io, storage.codec());
        Access access = new Access(disk, data.resolve("people"), storage, journals, io, reporter);
        Optional<Path> file = journals.find(access.people, NAME);
        if (file.isPresent()) {
            Path inForm = storage.inForm(journals, file.get(), reporter);
            access.journal = journals.open(inForm, access::read, reporter);
            access.requireRead();
        }
        return access;
    }

    private void requireRead() throws IOException {
        Optional<JournalException> refusal = journal.refusal();
        if (refusal.isPresent() && journal.lastSeq() < 0) {
            journal.close();
            throw refusal.get();
        }
    }

    private synchronized Journal made() throws IOException {
        if (journal == null) {
            JsonObject first = new JsonObject();
            first.addProperty("_type", "metadata");
            first.addProperty("holds", NAME);
            disk.createFolders(people);
            WholeFile.sweep(disk, people); // a making that a crash cut off
            journal = journals.create(storage.whenNew(false).file(people, NAME), first);
        }
        return journal;
    }

    private synchronized Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    /** What cannot be understood, a kind of link of a later version perhaps, gives nobody anything. */
    private void read(JournalLine line) {
        try {
            read(line.json());
        } catch (IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | DateTimeException
                | NullPointerException e) {
            LOG.warn("Line {} of the file of links and grants is not understood and is passed over", line.seq());
        }
    }

    private void read(JsonObject json) {
        String type = json.has("_type") ? json.get("_type").getAsString() : "";
        switch (type) {
            case "link" ->
                apply(new Link(
                        text(json, "hash"),
                        Kind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT)),
                        new ConversationId(text(json, "conversation")),
                        new Owner(text(json, "by")),
                        Optional.ofNullable(json.get("to")).map(JsonElement::getAsString),
                        Instant.parse(text(json, "created_at")),
                        Instant.parse(text(json, "expires_at"))));
            case "grant" ->
                applyGrant(
                        text(json, "hash"),
                        new ConversationId(text(json, "conversation")),
                        new Owner(text(json, "to")));
            case "idle_mail" ->
                applyIdleMail(
                        new ConversationId(text(json, "conversation")),
                        new Owner(text(json, "for")),
                        Optional.ofNullable(json.get("to")).map(JsonElement::getAsString));
            case "no_mail" -> applyNoMail(new ConversationId(text(json, "conversation")), text(json, "to"));
            case "renamed" -> applyRenamed(new Owner(text(json, "from")), new Owner(text(json, "to")));
            case "revoked" -> applyRevoked(text(json, "hash"));
            default -> {
                // the first line, or one of a later version
            }
        }
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private synchronized void apply(Link link) {
        if (link.kind() == Kind.CODE) {
            List<Link> older = links.values().stream()
                    .filter(other -> other.kind() == Kind.CODE
                            && other.conversation().equals(link.conversation())
                            && other.by().equals(link.by()))
                    .toList();
            older.forEach(other -> replaced.put(other.hash(), links.remove(other.hash())));
        }
        links.put(link.hash(), link);
    }

    private synchronized void applyGrant(String hash, ConversationId conversation, Owner to) {
        grants.computeIfAbsent(to, owner -> new HashMap<>()).put(conversation, hash);
    }

    private synchronized void applyRevoked(String hash) {
        links.remove(hash);
        replaced.remove(hash);
        grants.values().forEach(ofOwner -> ofOwner.values().removeIf(hash::equals));
    }

    private synchronized void applyIdleMail(ConversationId conversation, Owner owner, Optional<String> to) {
        Map<Owner, String> all = idleMails.computeIfAbsent(conversation, id -> new HashMap<>());
        to.ifPresentOrElse(address -> all.put(owner, address), () -> all.remove(owner));
        if (all.isEmpty()) {
            idleMails.remove(conversation);
        }
    }

    private synchronized void applyNoMail(ConversationId conversation, String to) {
        unwanted.computeIfAbsent(conversation, id -> new HashSet<>()).add(to.toLowerCase(Locale.ROOT));
        Map<Owner, String> wanted = idleMails.getOrDefault(conversation, new HashMap<>());
        wanted.values().removeIf(to::equalsIgnoreCase);
        if (wanted.isEmpty()) {
            idleMails.remove(conversation);
        }
    }

    /** No more mails about the link's conversation to where it was mailed. Completes when that is on disk. */
    public CompletableFuture<Void> endMails(Link link, Instant now) {
        String to = link.to().orElseThrow();
        JsonObject json = new JsonObject();
        json.addProperty("_type", "no_mail");
        json.addProperty("conversation", link.conversation().value());
        json.addProperty("to", to);
        json.addProperty("at", now.toString());
        return append(json, () -> applyNoMail(link.conversation(), to));
    }

    /** Whether whoever reads mail at {@code address} wants none about this conversation. */
    public synchronized boolean unwanted(ConversationId conversation, String address) {
        return unwanted.getOrDefault(conversation, Set.of()).contains(address.toLowerCase(Locale.ROOT));
    }

    private synchronized void applyRenamed(Owner from, Owner to) {
        for (Map<String, Link> all : List.of(links, replaced)) {
            all.replaceAll((hash, link) -> link.by().equals(from) ? link.by(to) : link);
        }
        Map<ConversationId, String> given = grants.remove(from);
        if (given != null) {
            grants.computeIfAbsent(to, owner -> new HashMap<>()).putAll(given);
        }
        idleMails.values().forEach(all -> {
            String address = all.remove(from);
            if (address != null) {
                all.put(to, address);
            }
        });
    }

    /** Whatever {@code from} gave, was given or wants is {@code to}'s from now on. Completes when on disk. */
    public CompletableFuture<Void> rename(Owner from, Owner to, Instant now) {
        if (journal().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        JsonObject json = new JsonObject();
        json.addProperty("_type", "renamed");
        json.addProperty("from", from.name());
        json.addProperty("to", to.name());
        json.addProperty("at", now.toString());
        return append(json, () -> applyRenamed(from, to));
    }

    /** From now on a link is mailed to {@code to} when the conversation is paused; empty: none is. Completes when on disk. */
    public CompletableFuture<Void> mailWhenIdle(
            ConversationId conversation, Owner owner, Optional<String> to, Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("_type", "idle_mail");
        json.addProperty("conversation", conversation.value());
        json.addProperty("for", owner.name());
        to.ifPresent(address -> json.addProperty("to", address));
        json.addProperty("at", now.toString());
        return append(json, () -> applyIdleMail(conversation, owner, to));
    }

    /** The conversations of which somebody wants a link mailed when they are paused. A copy. */
    public synchronized Set<ConversationId> withIdleMails() {
        return Set.copyOf(idleMails.keySet());
    }

    /** Who wants a link mailed when the conversation is paused, and where to. A copy. */
    public synchronized Map<Owner, String> idleMails(ConversationId conversation) {
        return Map.copyOf(idleMails.getOrDefault(conversation, Map.of()));
    }

    /** Adds a link. Completes when it is on disk and can be used. */
    public CompletableFuture<Void> add(Link link) {
        JsonObject json = new JsonObject();
        json.addProperty("_type", "link");
        json.addProperty("hash", link.hash());
        json.addProperty("kind", link.kind().name().toLowerCase(Locale.ROOT));
        json.addProperty("conversation", link.conversation().value());
        json.addProperty("by", link.by().name());
        link.to().ifPresent(address -> json.addProperty("to", address));
        json.addProperty("created_at", link.createdAt().toString());
        json.addProperty("expires_at", link.expiresAt().toString());
        return append(json, () -> apply(link));
    }

    /** Opens the link's conversation to {@code to}. Completes when that is on disk. */
    public CompletableFuture<Void> grant(Link link, Owner to, Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("_type", "grant");
        json.addProperty("hash", link.hash());
        json.addProperty("conversation", link.conversation().value());
        json.addProperty("to", to.name());
        json.addProperty("at", now.toString());
        return append(json, () -> applyGrant(link.hash(), link.conversation(), to));
    }

    /** Ends a link and every grant that it gave. Completes when that is on disk. */
    public CompletableFuture<Void> revoke(String hash, Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("_type", "revoked");
        json.addProperty("hash", hash);
        json.addProperty("at", now.toString());
        return append(json, () -> applyRevoked(hash));
    }

    private CompletableFuture<Void> append(JsonObject json, Runnable written) {
        Optional<Journal> open = journal();
        CompletableFuture<Journal> ready = open.isPresent()
                ? CompletableFuture.completedFuture(open.get())
                : CompletableFuture.supplyAsync(this::make, io);
        return ready.thenCompose(made -> made.append(json, Durability.FORCED, seq -> written.run()))
                .thenApply(seq -> null);
    }

    private Journal make() {
        try {
            return made();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Looks at the whole file and changes nothing; empty while there is none. */
    Optional<JournalReport> check() throws IOException {
        Optional<Journal> open = journal();
        List<JournalReport> reports = new ArrayList<>();
        if (open.isPresent()) {
            whileClosed(open.get(), file -> {
                reports.add(journals.check(file));
                return file;
            });
        }
        return reports.stream().findFirst();
    }

    /** Seals all with the newest key. */
    void rekey() throws IOException {
        Optional<Journal> open = journal();
        if (open.isPresent()) {
            Rewriting how = Rewriting.to(storage.whenNew(false));
            whileClosed(open.get(), file -> journals.rewrite(file, how, reporter));
        }
    }

    /** Removes all links to a conversation, and what they gave; nothing of them is left in the file. */
    void forget(ConversationId conversation) throws IOException {
        Optional<Journal> open = journal();
        if (open.isEmpty()) {
            return;
        }
        synchronized (this) {
            links.values().removeIf(link -> link.conversation().equals(conversation));
            replaced.values().removeIf(link -> link.conversation().equals(conversation));
            grants.values().forEach(ofOwner -> ofOwner.remove(conversation));
            idleMails.remove(conversation);
            unwanted.remove(conversation);
        }
        JsonPrimitive id = new JsonPrimitive(conversation.value());
        Set<JsonElement> hashes =
                new HashSet<>(); // A line that revokes a link comes behind it and names no conversation.
        Rewriting how = Rewriting.to(storage.whenNew(false)).forgetting(line -> {
            JsonElement hash = line.json().get("hash");
            boolean about = id.equals(line.json().get("conversation"));
            if (about && hash != null) {
                hashes.add(hash);
            }
            return about || hash != null && hashes.contains(hash);
        });
        whileClosed(open.get(), file -> journals.rewrite(file, how, reporter));
    }

    private void whileClosed(Journal open, Journals.Work work) throws IOException {
        try {
            journals.whileClosed(open, work, reporter).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** The link with that hash, unless it was revoked or replaced. The caller looks at its expiry. */
    public synchronized Optional<Link> link(String hash) {
        return Optional.ofNullable(links.get(hash));
    }

    /** All links to a conversation that were not revoked, the newest first. The caller looks at their expiry. */
    public synchronized List<Given> given(ConversationId conversation) {
        return Stream.concat(links.values().stream(), replaced.values().stream())
                .filter(link -> link.conversation().equals(conversation))
                .map(link -> new Given(link, replaced.containsKey(link.hash()), browsers(link)))
                .sorted(Comparator.comparing((Given given) -> given.link().createdAt())
                        .reversed()
                        .thenComparing(given -> given.link().hash()))
                .toList();
    }

    private int browsers(Link link) {
        return (int) grants.values().stream()
                .filter(ofOwner -> link.hash().equals(ofOwner.get(link.conversation())))
                .count();
    }

    /** Whether a link opened {@code conversation} to {@code owner}. */
    public synchronized boolean granted(ConversationId conversation, Owner owner) {
        return grants.getOrDefault(owner, Map.of()).containsKey(conversation);
    }

    /** All conversations that links opened to {@code owner}. */
    public synchronized List<ConversationId> grantedTo(Owner owner) {
        return new ArrayList<>(grants.getOrDefault(owner, Map.of()).keySet());
    }

    @Override
    public void close() throws IOException {
        Optional<Journal> open = journal();
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
