package dev.holdfast.protect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a redaction takes out: built-in kinds and patterns of one's own. Immutable and thread-safe; one for a process. */
public final class RedactionRules {
    /** How many patterns of one's own there may be. */
    public static final int MOST_PATTERNS = 32;

    private static final int ASCII = 128;

    private static final Set<String> OFF_BY_DEFAULT = Arrays.stream(SecretKind.values())
            .filter(kind -> !kind.onByDefault())
            .map(Enum::name)
            .collect(Collectors.toUnmodifiableSet());

    private final Set<String> kinds;
    private final List<Shape> anywhere;
    private final Map<Character, List<Shape>> byFirst;
    /** The same for ASCII, by code: asked for each character of each text. */
    private final List<List<Shape>> byAscii;

    /**
     * @throws IllegalArgumentException if there are more than {@value #MOST_PATTERNS} patterns, or two of one name
     */
    public RedactionRules(Set<SecretKind> kinds, List<CustomPattern> patterns) {
        this.kinds = Stream.concat(
                        kinds.stream().map(Enum::name), patterns.stream().map(CustomPattern::name))
                .collect(Collectors.toUnmodifiableSet());
        if (patterns.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException("too many redaction patterns: expected at most " + MOST_PATTERNS
                    + ", found " + patterns.size() + "; join some with |");
        }
        if (this.kinds.size() < kinds.size() + patterns.size()) {
            throw new IllegalArgumentException("two redaction patterns have one name: expected a name for each");
        }
        List<Shape> shapes = new ArrayList<>(builtIn(kinds));
        patterns.forEach(pattern -> shapes.add(pattern.shape()));
        this.anywhere = shapes.stream()
                .filter(shape -> shape.firstCharacters().isEmpty())
                .toList();
        this.byFirst = byFirst(shapes);
        this.byAscii = IntStream.range(0, ASCII)
                .mapToObj(first -> byFirst.getOrDefault((char) first, anywhere))
                .toList();
    }

    /**
     * What the settings say.
     *
     * @param kinds {@code off}, or a list with commas: {@code secrets} for all that are on by default, and names of kinds
     *     as in {@link SecretKind}, in any case
     * @param patterns see {@link CustomPattern#parse}
     * @throws IllegalArgumentException if a kind is not known or a pattern cannot be used; the message is a sentence
     */
    public static RedactionRules parse(String kinds, String patterns) {
        Set<SecretKind> on = EnumSet.noneOf(SecretKind.class);
        for (String name : kinds.split(",")) {
            String given = name.strip().toUpperCase(Locale.ROOT);
            if (given.equals("SECRETS")) {
                on.addAll(defaults());
            } else if (!given.equals("OFF")) {
                on.add(Arrays.stream(SecretKind.values())
                        .filter(kind -> kind.name().equals(given))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("there is no kind “" + name.strip()
                                + "”; there are secrets, off, and: " + names() + ".")));
            }
        }
        return new RedactionRules(on, CustomPattern.parse(patterns));
    }

    private static String names() {
        return Arrays.stream(SecretKind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** All kinds that are on by default: secrets, but not personal data. */
    public static RedactionRules secrets() {
        return new RedactionRules(defaults(), List.of());
    }

    /** The kinds that are on by default, in a set of the caller's own. */
    public static Set<SecretKind> defaults() {
        return Arrays.stream(SecretKind.values())
                .filter(SecretKind::onByDefault)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(SecretKind.class)));
    }

    /** The shapes that can begin with a character, the most specific first. */
    List<Shape> shapesFor(char first) {
        return first < ASCII ? byAscii.get(first) : byFirst.getOrDefault(first, anywhere);
    }

    /** Whether secrets of that name are to be taken out. */
    boolean takes(String kind) {
        return kinds.contains(kind);
    }

    /** Whether it gives way to what a context makes of the same place: the password before an at sign is no address. */
    boolean yields(String kind) {
        return OFF_BY_DEFAULT.contains(kind);
    }

    private static List<Shape> builtIn(Set<SecretKind> kinds) {
        List<Shape> shapes = new ArrayList<>(TokenShape.of(kinds));
        addIfAny(shapes, kinds, new JwtShape(), SecretKind.JWT);
        addIfAny(shapes, kinds, new PrivateKeyShape(), SecretKind.PRIVATE_KEY);
        addIfAny(shapes, kinds, new ConnectionShape(), SecretKind.PASSWORD);
        addIfAny(shapes, kinds, new AuthorizationShape(), SecretKind.AUTHORIZATION);
        addIfAny(shapes, kinds, new PairShape(), SecretKind.PASSWORD, SecretKind.SECRET, SecretKind.AUTHORIZATION);
        addIfAny(shapes, kinds, new IbanShape(), SecretKind.IBAN);
        addIfAny(shapes, kinds, new CardShape(), SecretKind.CARD);
        addIfAny(shapes, kinds, new NationalIdShape(), SecretKind.NATIONAL_ID);
        addIfAny(shapes, kinds, new IpAddressShape(), SecretKind.IP_ADDRESS);
        addIfAny(shapes, kinds, new PhoneShape(), SecretKind.PHONE);
        addIfAny(shapes, kinds, new EmailShape(), SecretKind.EMAIL);
        addIfAny(shapes, kinds, new EntropyShape(), SecretKind.HIGH_ENTROPY);
        return shapes;
    }

    private static void addIfAny(List<Shape> shapes, Set<SecretKind> on, Shape shape, SecretKind... kinds) {
        if (Arrays.stream(kinds).anyMatch(on::contains)) {
            shapes.add(shape);
        }
    }

    private static Map<Character, List<Shape>> byFirst(List<Shape> shapes) {
        Set<Character> firsts = new HashSet<>();
        shapes.forEach(shape -> shape.firstCharacters().chars().forEach(first -> firsts.add((char) first)));
        Map<Character, List<Shape>> byFirst = new HashMap<>();
        for (char first : firsts) {
            byFirst.put(
                    first,
                    shapes.stream()
                            .filter(shape -> shape.firstCharacters().isEmpty()
                                    || shape.firstCharacters().indexOf(first) >= 0)
                            .toList());
        }
        return Map.copyOf(byFirst);
    }
}
