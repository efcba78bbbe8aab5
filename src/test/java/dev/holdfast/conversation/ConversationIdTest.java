package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {
    private static final String ID = "01j0000000aaaaaaaaaaaaaaaa";

    private final Random random = new Random(1);

    @Test
    void aNewIdHas26CharactersOfLowerCaseBase32() {
        for (int i = 0; i < 1000; i++) {
            String id = ConversationId.create(Instant.ofEpochMilli(i), random).value();
            assertTrue(id.matches("[0-9a-hjkmnp-tv-z]{26}"), id);
        }
    }

    @Test
    void theFirstTenCharactersAreTheClockAndTheRestIsRandom() {
        Instant now = Instant.ofEpochMilli(32L * 32 + 31);
        ConversationId one = ConversationId.create(now, random);
        ConversationId other = ConversationId.create(now, random);
        assertEquals("000000010z", one.value().substring(0, 10));
        assertEquals("000000010z", other.value().substring(0, 10));
        assertFalse(one.equals(other));
    }

    @Test
    void idsOfOneMomentDiffer() {
        HashSet<ConversationId> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(ConversationId.create(Instant.EPOCH, random));
        }
        assertEquals(10_000, ids.size());
    }

    @Test
    void idsSortByTheTimeOfTheirMaking() {
        List<ConversationId> ids = new ArrayList<>();
        for (String time : List.of(
                "1970-01-01T00:00:00Z",
                "2001-09-09T01:46:40Z",
                "2026-11-21T05:31:00Z",
                "2026-11-21T05:31:00.001Z",
                "2100-01-01T00:00:00Z")) {
            ids.add(ConversationId.create(Instant.parse(time), random));
        }
        assertEquals(ids, ids.stream().sorted().toList());
    }

    @Test
    void aTextOfTheRightShapeIsParsedToItself() {
        assertEquals(Optional.of(ID), ConversationId.parse(ID).map(ConversationId::toString));
        assertEquals(ID, new ConversationId(ID).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../../../../etc/passwd0000",
                "..",
                "01j0000000aaaaaaaaaaaaaa/.",
                "01j0000000aaaaaaaaaaaaaa\\.",
                "01j0000000aaaaaaaaaaaa%2e.",
                "01j0000000aaaaaaaaaaaaaaa\0",
                "01j0000000aaaaaaaaaaaaaaa\n",
                "01j0000000aaaaaaaaaaaaaaa",
                "01j0000000aaaaaaaaaaaaaaaaa",
                "01J0000000AAAAAAAAAAAAAAAA",
                "01j0000000aaaaaaaaaaaaaaai",
                "01j0000000aaaaaaaaaaaaaaal",
                "01j0000000aaaaaaaaaaaaaaao",
                "01j0000000aaaaaaaaaaaaaaau",
                "01j0000000aaaaaaaaaaaaaaa\u0661",
                "01j0000000aaaaaaaaaaaaaaa\uff11",
                "01j0000000aaaaaaaaaaaaaaa\u0430",
                " 1j0000000aaaaaaaaaaaaaaaa"
            })
    void anyOtherShapeIsRefusedAndNotQuoted(String text) {
        assertEquals(Optional.empty(), ConversationId.parse(text));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new ConversationId(text));
        assertEquals("not a conversation id: 26 characters of lower-case base32 expected", refused.getMessage());
    }

    @Test
    void nothingIsNoId() {
        assertEquals(Optional.empty(), ConversationId.parse(null));
        assertThrows(NullPointerException.class, () -> new ConversationId(null));
    }
}
