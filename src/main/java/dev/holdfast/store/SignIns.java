package dev.holdfast.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.LineJson;
import dev.holdfast.store.SmallFiles.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which browsers are signed in, and the mailed links by which others may: {@code people/signins/<hash>.json} or, encrypted,
 * {@code ….json.fernet}, a file for each, named by the hash of the browser's secret or the link's, replaced whole.
 *
 * <pre>
 *   {"_type":"signed_in","as":"mail:olga@example.org","at":"…","until":"…","before":"h:…","called":"Firefox on Linux"}
 *   {"_type":"link","to":"olga@example.org","until":"…","path":"/c/01j…"}
 * </pre>
 *
 * <p>All are in memory, too; whoever asks looks at {@code until}. Thread-safe.
 */
public final class SignIns {
    /**
     * A browser that is signed in.
     *
     * @param browser the hash of its secret
     * @param as whose conversations it sees
     * @param before the owner that this browser was until then and whose conversations nobody has decided about yet
     * @param called what it is called to tell it from others; empty if that is not known
     */
    public record SignedIn(String browser, Owner as, Instant at, Instant until, Optional<Owner> before, String called) {
        private SignedIn decided() {
            return new SignedIn(browser, as, at, until, Optional.empty(), called);
        }
    }

    /**
     * A link that signs in whoever opens it, once.
     *
     * @param hash of its token
     * @param to the address that it was mailed to
     * @param path where on the page the person was going
     */
    public record Link(String hash, String to, Instant until, String path) {}

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    private final SmallFiles files;
    private final Map<String, SignedIn> browsers = new ConcurrentHashMap<>();
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    private SignIns(SmallFiles files) {
        this.files = files;
    }

    /** Opens what is kept below {@code data}. What cannot be read signs nobody in, and the log says so. */
    public static SignIns open(Disk disk, Path data, Storage storage) throws IOException {
        Path folder = data.resolve("people").resolve("signins");
        SignIns opened = new SignIns(new SmallFiles(disk, folder, storage));
        for (Path file : opened.files.list()) {
            opened.read(file);
        }
        return opened;
    }

    private void read(Path file) {
        try {
            kept(file, files.opened(file, files.read(file))).run();
        } catch (IOException e) {
            LOG.error("{} cannot be read, and nobody is signed in by it: {}", file, e.toString());
        }
    }

    /** What is kept in a file; to be run to have it in memory. */
    private Runnable kept(Path file, byte[] content) throws JournalException {
        return SmallFiles.parse(
                file,
                content,
                json -> kept(SmallFiles.nameOf(file), json),
                "signs nobody in.",
                "Move it away, and sign in again.");
    }

    private Runnable kept(String hash, JsonObject json) {
        Instant until = Instant.parse(json.get("until").getAsString());
        if (json.get("_type").getAsString().equals("signed_in")) {
            Owner as = new Owner(json.get("as").getAsString());
            Instant at = Instant.parse(json.get("at").getAsString());
            Optional<Owner> before = Optional.ofNullable(json.get("before"))
                    .map(JsonElement::getAsString)
                    .map(Owner::new);
            String called = json.has("called") ? json.get("called").getAsString() : "";
            SignedIn browser = new SignedIn(hash, as, at, until, before, called);
            return () -> browsers.put(hash, browser);
        }
        Link link = new Link(
                hash, json.get("to").getAsString(), until, json.get("path").getAsString());
        return () -> links.put(hash, link);
    }

    /** The browser with that hash, if it is signed in, or was and it has not been tidied away. */
    public Optional<SignedIn> browser(String hash) {
        return Optional.ofNullable(browsers.get(hash));
    }

    /** All browsers that are signed in as {@code person}, or were and have not been tidied away. */
    public List<SignedIn> browsers(Owner person) {
        return browsers.values().stream().filter(one -> one.as().equals(person)).toList();
    }

    /** The link with that hash. */
    public Optional<Link> link(String hash) {
        return Optional.ofNullable(links.get(hash));
    }

    /** How many browsers are signed in or were and have not been tidied away. */
    public int size() {
        return browsers.size();
    }

    /** Keeps a browser signed in, in the place of what was kept of it. When this returns, it survives a power cut. */
    public synchronized void keep(SignedIn browser) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("_type", "signed_in");
        json.addProperty("as", browser.as().name());
        json.addProperty("at", browser.at().toString());
        json.addProperty("until", browser.until().toString());
        browser.before().ifPresent(owner -> json.addProperty("before", owner.name()));
        if (!browser.called().isEmpty()) {
            json.addProperty("called", browser.called());
        }
        write(browser.browser(), json);
        browsers.put(browser.browser(), browser);
    }

    /**
     * It is decided what becomes of what a browser was before. If it was signed out meanwhile, it stays out. When this
     * returns, it survives a power cut.
     */
    public synchronized void decided(SignedIn browser) throws IOException {
        if (browsers.containsKey(browser.browser())) {
            keep(browser.decided());
        }
    }

    /** Adds a link. When this returns, it survives a power cut. */
    public synchronized void add(Link link) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("_type", "link");
        json.addProperty("to", link.to());
        json.addProperty("until", link.until().toString());
        json.addProperty("path", link.path());
        write(link.hash(), json);
        links.put(link.hash(), link);
    }

    private void write(String hash, JsonObject json) throws IOException {
        files.write(files.file(hash), LineJson.line(json));
    }

    /**
     * Takes a link away for good.
     *
     * @return whether it was there: of several that try to use it one is told so
     */
    public synchronized boolean use(Link link) throws IOException {
        boolean there = links.containsKey(link.hash());
        remove(link.hash());
        return there;
    }

    /** A browser is signed in no longer. */
    public synchronized void remove(SignedIn browser) throws IOException {
        remove(browser.browser());
    }

    private void remove(String hash) throws IOException {
        files.delete(files.forms(files.file(hash)));
        browsers.remove(hash);
        links.remove(hash);
    }

    /** Removes all that ended before {@code now}. */
    public synchronized void tidy(Instant now) throws IOException {
        for (Link link : List.copyOf(links.values())) {
            if (link.until().isBefore(now)) {
                remove(link.hash());
            }
        }
        for (SignedIn browser : List.copyOf(browsers.values())) {
            if (browser.until().isBefore(now)) {
                remove(browser.browser());
            }
        }
    }

    /** Writes anew what is not as it is to be: encrypted, with the newest key, or in the clear. */
    synchronized void renew() throws IOException {
        for (Path file : files.list()) {
            files.renew(file, SmallFiles.Version.UNKNOWN);
        }
    }

    /** Reads all of them and changes nothing. */
    void check(Consumer<Checked> each) throws IOException {
        for (Path file : files.list()) {
            check(file).ifPresent(each);
        }
    }

    private synchronized Optional<Checked> check(Path file) throws IOException {
        return files.check(file, this::kept);
    }
}
