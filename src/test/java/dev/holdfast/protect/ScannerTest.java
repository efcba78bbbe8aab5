package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which secret wins where several could be taken, and where it is said to have been. */
class ScannerTest {
    @Test
    void widestOfTwoThatBeginTogetherIsTaken() {
        List<CustomPattern> patterns = List.of(new CustomPattern("SHORT", "ab"), new CustomPattern("LONG", "abc"));
        assertEquals("<LONG_0>d", redact(Set.of(), patterns, "abcd"));
    }

    @Test
    void firstOfTwoThatAreAsWideIsTaken() {
        List<CustomPattern> patterns = List.of(new CustomPattern("ONE", "ab."), new CustomPattern("OTHER", "abc"));
        assertEquals("<ONE_0>d", redact(Set.of(), patterns, "abcd"));
    }

    @Test
    void whatAContextFoundIsTakenUnlessASecretThereIsAsWide() {
        Set<SecretKind> kinds = EnumSet.of(SecretKind.PASSWORD);
        assertEquals(
                "password=<PASSWORD_0>", redact(kinds, List.of(new CustomPattern("X", "hunter")), "password=hunter22"));
        assertEquals("password=<X_0>", redact(kinds, List.of(new CustomPattern("X", "hunter22")), "password=hunter22"));
        assertEquals(
                "password=<X_0>", redact(kinds, List.of(new CustomPattern("X", "hunter22 !")), "password=hunter22 !"));
    }

    @Test
    void whatAContextFoundIsTakenBeforePersonalDataHoweverWide() {
        Set<SecretKind> kinds = EnumSet.of(SecretKind.PASSWORD, SecretKind.EMAIL);
        assertEquals("x://me:<PASSWORD_0>@host.org", redact(kinds, List.of(), "x://me:hunter22@host.org"));
        assertEquals("x://me:<EMAIL_0>", redact(EnumSet.of(SecretKind.EMAIL), List.of(), "x://me:hunter22@host.org"));
    }

    @Test
    void secretThatSwallowsThePlaceOfAnotherIsTakenAlone() {
        List<CustomPattern> patterns = List.of(new CustomPattern("X", "sword=hun"));
        assertEquals("pas<X_0>ter22", redact(EnumSet.of(SecretKind.PASSWORD), patterns, "password=hunter22"));
    }

    @Test
    void nearerOfTwoThatContextsFoundIsTaken() {
        assertEquals(
                "x://token=<SECRET_0>",
                redact(RedactionRules.defaults(), List.of(), "x://token=a1b2c3d4e5:hunter22@host"));
    }

    /** Else the rest of a value would stay whose beginning looks like a pair itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key=a1b2c3d4 and hunter22",
                "token: a1b2c3d4 and hunter22",
                "x://me:a1b2c3d4@host and hunter22"
            })
    void valueThatBeginsWithAPairIsTakenWhole(String value) {
        assertEquals(
                "password: \"<PASSWORD_0>\"",
                redact(RedactionRules.defaults(), List.of(), "password: \"" + value + "\""));
    }

    @Test
    void secretOfAKindThatIsOffStays() {
        Set<SecretKind> kinds = EnumSet.of(SecretKind.SECRET);
        assertEquals(
                "password=hunter22 token=<SECRET_0>", redact(kinds, List.of(), "password=hunter22 token=a1b2c3d4"));
    }

    @Test
    void placesAreCountedInTheWholeTextHoweverItIsCut() {
        String text = "é😀".repeat(300) + " AKIAIOSFODNN7EXAMPLE and password=hunter22.";
        List<Corpus.Label> places =
                List.of(new Corpus.Label("AWS_KEY", 901, 921), new Corpus.Label("PASSWORD", 935, 943));
        assertEquals(places, Corpus.taken(RedactionRules.secrets(), text, text.length()));
        assertEquals(places, Corpus.taken(RedactionRules.secrets(), text, 1));
        assertEquals(places, Corpus.taken(RedactionRules.secrets(), text, 77));
    }

    private static String redact(Set<SecretKind> kinds, List<CustomPattern> patterns, String text) {
        return new Redactor(new RedactionRules(kinds, patterns), Optional.empty(), new Placeholders()).redact(text);
    }
}
