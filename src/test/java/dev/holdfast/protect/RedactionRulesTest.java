package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedactionRulesTest {
    @Test
    void secretsAreAllThatIsOnByDefaultAndNoPersonalData() {
        assertTakes(RedactionRules.parse("secrets", ""), RedactionRules.defaults());
        assertTakes(RedactionRules.secrets(), RedactionRules.defaults());
        assertTrue(RedactionRules.defaults().contains(SecretKind.PASSWORD));
        assertFalse(RedactionRules.defaults().contains(SecretKind.EMAIL));
    }

    @Test
    void offTakesNothing() {
        assertTakes(RedactionRules.parse("off", ""), Set.of());
        assertTakes(RedactionRules.parse(" Off ", ""), Set.of());
    }

    @Test
    void kindsAreNamedInAnyCaseWithBlanksAroundCommas() {
        assertTakes(RedactionRules.parse("jwt, Email", ""), EnumSet.of(SecretKind.JWT, SecretKind.EMAIL));
        EnumSet<SecretKind> more = EnumSet.copyOf(RedactionRules.defaults());
        more.add(SecretKind.PHONE);
        assertTakes(RedactionRules.parse("Secrets,phone", ""), more);
    }

    @Test
    void kindThatIsNoneIsRefusedWithThoseThatThereAre() {
        assertEquals(
                "there is no kind “e-mail”; there are secrets, off, and: authorization, aws_key, github_token, gitlab_token,"
                        + " slack_token, google_key, stripe_key, openai_key, anthropic_key, jwt, private_key, password,"
                        + " secret, high_entropy, email, phone, iban, card, national_id, ip_address.",
                assertThrows(IllegalArgumentException.class, () -> RedactionRules.parse("jwt, e-mail ", ""))
                        .getMessage());
    }

    @Test
    void patternsOfOnesOwnAreTakenBesideTheKinds() {
        RedactionRules rules = RedactionRules.parse("jwt", "TICKET = T-\\d{4}");
        assertTrue(rules.takes("TICKET"));
        assertTrue(rules.takes("JWT"));
        assertFalse(rules.takes("EMAIL"));
        assertEquals(1, rules.shapesFor('?').size());
        assertEquals(2, rules.shapesFor('e').size());
    }

    @Test
    void onlyPersonalDataGivesWayToWhatAContextFinds() {
        RedactionRules rules = RedactionRules.secrets();
        assertTrue(rules.yields("EMAIL"));
        assertFalse(rules.yields("JWT"));
        assertFalse(rules.yields("TICKET"));
    }

    @Test
    void asManyPatternsAsAreAllowedAreTaken() {
        List<CustomPattern> patterns = IntStream.range(0, RedactionRules.MOST_PATTERNS)
                .mapToObj(i -> new CustomPattern("X" + i, "x" + i))
                .toList();
        assertTrue(new RedactionRules(Set.of(), patterns).takes("X31"));
    }

    /** What is asked at every character costs at every character. */
    @ParameterizedTest
    @EnumSource(SecretKind.class)
    void noBuiltInShapeIsAskedWhereNothingOfItBegins(SecretKind kind) {
        RedactionRules rules = new RedactionRules(EnumSet.of(kind), List.of());
        assertEquals(List.of(), rules.shapesFor(' '));
        assertEquals(List.of(), rules.shapesFor('é'));
    }

    private static void assertTakes(RedactionRules rules, Set<SecretKind> kinds) {
        for (SecretKind kind : SecretKind.values()) {
            assertEquals(kinds.contains(kind), rules.takes(kind.name()), kind.name());
        }
    }
}
