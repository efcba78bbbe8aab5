package dev.holdfast.protect;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that make a secret of the value beside them.
 *
 * @param word in lower case
 * @param kind {@link SecretKind#PASSWORD} if the word means that in some language; its value may be an ordinary word, and
 *     anything may stand before the key. Else the value must look random, and the key must begin a word.
 */
record PairKey(String word, SecretKind kind) {
    private static final List<String> PASSWORD_WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "passwort",
            "kennwort",
            "mot de passe",
            "motdepasse",
            "contraseña",
            "contrasena",
            "senha",
            "wachtwoord",
            "lösenord",
            "hasło",
            "heslo",
            "jelszó",
            "şifre",
            "пароль",
            "密码",
            "密碼",
            "パスワード",
            "비밀번호");
    private static final List<String> SECRET_WORDS = List.of(
            "pass",
            "secret",
            "token",
            "api_key",
            "api-key",
            "api key",
            "apikey",
            "access_key",
            "access-key",
            "accesskey",
            "secret_key",
            "secret-key",
            "secretkey",
            "account_key",
            "accountkey",
            "encryption_key",
            "encryption-key",
            "encryptionkey",
            "signing_key",
            "signing-key",
            "signingkey",
            "auth_key",
            "auth-key",
            "authkey",
            "master_key",
            "masterkey",
            "authorization");

    /** What may follow the word and still leave it a key of a secret: {@code SECRET_KEY_BASE}, {@code password2}. */
    private static final Set<String> ENDINGS =
            Set.of("base", "value", "prod", "production", "dev", "staging", "test", "live", "old", "new", "current");

    private static final Set<String> HARMLESS_BEGINNINGS = Set.of(
            "page",
            "next",
            "previous",
            "continuation",
            "sync",
            "eos",
            "bos",
            "pad",
            "unk",
            "cls",
            "sep",
            "mask",
            "stop",
            "max",
            "min",
            "num",
            "no");

    static final List<PairKey> ALL = Stream.concat(PASSWORD_WORDS.stream(), SECRET_WORDS.stream())
            .map(word -> new PairKey(word, kindOf(word)))
            .toList();

    /** Asked for most characters of each text: a hash map answers in half the time of {@code Map.copyOf}. */
    private static final Map<Character, List<PairKey>> BY_FIRST_LETTER = Collections.unmodifiableMap(new HashMap<>(
            ALL.stream().collect(Collectors.groupingBy(key -> key.word().charAt(0)))));

    private static SecretKind kindOf(String word) {
        if (word.equals("authorization")) {
            return SecretKind.AUTHORIZATION;
        }
        return PASSWORD_WORDS.contains(word) || word.equals("pass") ? SecretKind.PASSWORD : SecretKind.SECRET;
    }

    /** A key that was read. @param end the place behind it */
    record Read(PairKey key, int end) {}

    /** Whether its value may be an ordinary word. */
    boolean meansPassword() {
        return kind == SecretKind.PASSWORD && !word.equals("pass");
    }

    /** Whether {@code text} is nothing but such a word: then it names a secret and is none. */
    static boolean isOne(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ALL.stream().anyMatch(key -> key.word().equals(lower));
    }

    /** Whether a name of a variable holds such a word. */
    static boolean isIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ALL.stream().anyMatch(key -> lower.contains(key.word())) || lower.contains("_pw");
    }

    /** The longest key that stands at the window's position. */
    static Optional<Read> read(Window window) {
        PairKey longest = null;
        int second = Character.toLowerCase(window.peek(1));
        for (PairKey key : BY_FIRST_LETTER.getOrDefault((char) Character.toLowerCase(window.peek(0)), List.of())) {
            boolean longer =
                    longest == null || key.word().length() > longest.word().length();
            boolean may = longer && key.word().charAt(1) == second; // Most places are settled by two letters.
            if (may && window.readsAnyCase(key.word(), 0) && key.mayBeginHere(window)) {
                longest = key;
            }
        }
        return longest == null
                ? Optional.empty()
                : Optional.of(
                        new Read(longest, endingBehind(window, longest.word().length())));
    }

    private boolean mayBeginHere(Window window) {
        if (meansPassword()) {
            return true;
        }
        int before = window.peek(-1);
        boolean camelCase = Character.isLowerCase(before) && Character.isUpperCase(window.peek(0));
        boolean begins = window.atWordStart() || before == '_' || camelCase;
        return begins && !HARMLESS_BEGINNINGS.contains(wordBefore(window));
    }

    private static String wordBefore(Window window) {
        int last = -1;
        if (window.peek(last) == '_' || window.peek(last) == '-') {
            last--;
        }
        int first = last;
        while (Character.isLetter(window.peek(first))) {
            first--;
        }
        String word = window.between(first + 1, last + 1);
        int hump = 0;
        for (int i = 1; i < word.length(); i++) {
            if (Character.isUpperCase(word.charAt(i)) && Character.isLowerCase(word.charAt(i - 1))) {
                hump = i;
            }
        }
        return word.substring(hump).toLowerCase(Locale.ROOT);
    }

    private static int endingBehind(Window window, int end) {
        int digits = window.runOf(Alphabet.DIGITS, end);
        if (digits > end) {
            return digits;
        }
        int word = window.peek(end) == '_' ? end + 1 : end;
        int wordEnd = window.runOf(Alphabet.ALPHANUMERIC, word);
        return ENDINGS.contains(window.between(word, wordEnd).toLowerCase(Locale.ROOT)) ? wordEnd : end;
    }
}
