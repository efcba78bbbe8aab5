package dev.holdfast.protect;

import dev.holdfast.journal.LineCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The keys of a store: the newest seals, all of them open. What is sealed is a {@link Fernet} token, so any other
 * implementation with the key reads it.
 *
 * <p>Thread-safe, if clock and random are. {@link #toString} tells how many keys there are, and nothing else.
 */
public final class KeyRing implements LineCodec {
    private volatile List<Fernet> newestFirst;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param newestFirst at least one
     * @param clock for the time that stands, readable by all, in each token
     * @param random must be fit for keys: in earnest a {@link java.security.SecureRandom}
     */
    public KeyRing(List<FernetKey> newestFirst, InstantSource clock, RandomGenerator random) {
        if (newestFirst.isEmpty()) {
            throw new IllegalArgumentException("a key ring needs a key: make one with keygen");
        }
        this.newestFirst = newestFirst.stream().map(Fernet::new).toList();
        this.clock = clock;
        this.random = random;
    }

    /**
     * The keys in {@code text}, newest first: one a line, or several with commas between them. Blank lines and lines that
     * begin with {@code #} are passed over.
     *
     * @throws IllegalArgumentException naming the line, never what stands there
     */
    public static List<FernetKey> parse(String text) {
        List<FernetKey> keys = new ArrayList<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank() && !lines[i].strip().startsWith("#")) {
                for (String word : lines[i].split(",", -1)) {
                    keys.add(parseKey(word.strip(), i + 1));
                }
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key found: expected one a line; make one with keygen");
        }
        return List.copyOf(keys);
    }

    private static FernetKey parseKey(String word, int line) {
        return FernetKey.parse(word)
                .orElseThrow(() -> new IllegalArgumentException("line " + line + " holds no key: expected "
                        + FernetKey.TEXT_LENGTH + " characters of base64url, found "
                        + (word.length() == FernetKey.TEXT_LENGTH ? "others" : word.length())
                        + "; make a key with keygen"));
    }

    /** The text of a new key and a line break: fit for a key file. @param random as for the constructor */
    public static String keygen(RandomGenerator random) {
        return FernetKey.create(random).reveal() + "\n";
    }

    @Override
    public byte[] seal(byte[] plain) {
        byte[] iv = new byte[Fernet.IV_BYTES];
        random.nextBytes(iv);
        return newestFirst.get(0).seal(plain, clock.instant(), iv);
    }

    @Override
    public byte[] open(byte[] sealed) throws UnsealException {
        for (Fernet fernet : newestFirst) {
            Optional<byte[]> plain = fernet.open(sealed);
            if (plain.isPresent()) {
                return plain.get();
            }
        }
        throw new UnsealException();
    }

    /**
     * Puts other keys in the place of those that it has.
     *
     * @throws IllegalArgumentException if the key that seals now is not among them: what it sealed would be lost
     */
    public void renew(List<FernetKey> keysNewestFirst) {
        List<Fernet> renewed = keysNewestFirst.stream().map(Fernet::new).toList();
        if (renewed.stream().noneMatch(fernet -> fernet.hasKeyOf(newestFirst.get(0)))) {
            throw new IllegalArgumentException(
                    "the key in use is not among the keys: keep it below the new one until all is sealed anew");
        }
        newestFirst = renewed;
    }

    /** Whether the newest key opens it: what a change of keys may leave as it is. */
    public boolean isSealedWithNewest(byte[] sealed) {
        return newestFirst.get(0).open(sealed).isPresent();
    }

    /**
     * What a file holds that is one token as a whole, as conversation-codec writes it; a line break at its end does no
     * harm. The result is the plain file.
     */
    public byte[] openWholeFile(byte[] file) throws UnsealException {
        int end = file.length;
        while (end > 0 && (file[end - 1] == '\n' || file[end - 1] == '\r')) {
            end--;
        }
        return open(Arrays.copyOf(file, end));
    }

    @Override
    public String toString() {
        return "KeyRing[" + newestFirst.size() + (newestFirst.size() == 1 ? " key" : " keys") + ", not told]";
    }
}
