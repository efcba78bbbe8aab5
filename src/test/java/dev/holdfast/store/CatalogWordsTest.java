package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogWordsTest {
    @Test
    void aTextIsCutAtItsMostAndNotInsideACharacter() {
        String most = "x".repeat(CatalogWords.LONGEST_TEXT);
        assertEquals(most, CatalogWords.composed(most));
        assertEquals(most, CatalogWords.composed(most + "y"));
        String before = most.substring(1);
        assertEquals(before, CatalogWords.composed(before + "🎉"));
        assertEquals(before.substring(1) + "🎉", CatalogWords.composed(before.substring(1) + "🎉" + "y"));
    }

    @ParameterizedTest
    @CsvSource({
        "one two one, two one",
        "HTTP, http",
        "getUserID, get user id",
        "theXMLParser, the xml parser",
        "__init__ x, init x",
        "'a ___ b', a b",
        "'a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q', a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q"
    })
    void theWordsOfAQueryAreThoseThatAreWritten(String query, String words) {
        assertEquals(words, String.join(" ", CatalogWords.of(query)));
    }

    @Test
    void ofALongQueryTheFirstWordsCount() {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            query.append("word").append(i).append(' ');
        }
        List<String> words = CatalogWords.of(query.toString());
        assertEquals(16, words.size());
        assertEquals("word15", words.get(15));
    }

    @Test
    void timesBeyondWhatALongCountsAreTheMostThatItCounts() {
        assertEquals(Long.MAX_VALUE, CatalogDocument.nanos(Instant.parse("3000-01-01T00:00:00.5Z")));
        assertEquals(Long.MIN_VALUE, CatalogDocument.nanos(Instant.parse("1000-01-01T00:00:00.5Z")));
        assertEquals(1_500_000_007L, CatalogDocument.nanos(Instant.ofEpochSecond(1, 500_000_007)));
    }
}
