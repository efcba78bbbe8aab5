package dev.holdfast.lifecycle;

import static dev.holdfast.lifecycle.House.OLGA;
import static dev.holdfast.lifecycle.House.PAUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.protect.Secret;
import dev.holdfast.store.Access;
import dev.holdfast.store.KeptAs;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a browser had becomes the person's who signs in with it. */
class ClaimsTest {
    private static final Owner SIGNED_IN = Owner.ofAddress("Olga@example.org");

    private static List<ConversationId> list(House house, Owner owner) {
        return house.conversations.list(owner, Optional.empty(), 100).stream()
                .map(listed -> listed.listing().id())
                .toList();
    }

    private static void claim(House house) {
        house.conversations.claims().move(OLGA, SIGNED_IN);
        house.settle();
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatWasTheirsIsAndStaysTheirs(KeptAs kept) {
        House house = new House(kept);
        ConversationId open = house.begin(OLGA, "A lighthouse");
        ConversationId trashed = house.begin(OLGA, "Thrown away");
        house.conversations.trash().delete(OLGA, trashed);
        ConversationId paused = house.begin(OLGA, "Long ago");
        house.pass(Duration.ofHours(2));
        ConversationId pauls = house.begin(PAUL, "Mine, a lighthouse");
        house.conversations.keepDraft(OLGA, open, "Half a sen");
        assertEquals(3, house.conversations.claims().count(OLGA));

        claim(house);

        for (House now : List.of(house, house.afterCrash())) {
            assertEquals(0, now.conversations.claims().count(OLGA));
            assertEquals(Set.of(paused, open), Set.copyOf(list(now, SIGNED_IN)));
            assertEquals(List.of(), list(now, OLGA));
            assertFalse(now.conversations.mayOpen(OLGA, open));
            assertThrows(NoSuchConversationException.class, () -> now.conversations.thread(OLGA, open, 10));
            assertEquals(List.of("A lighthouse", "Echo of A lighthouse"), now.texts(SIGNED_IN, open));
            assertEquals(List.of("Long ago", "Echo of Long ago"), now.texts(SIGNED_IN, paused));
            assertTrue(now.conversations.trash().holds(SIGNED_IN, trashed));
            assertFalse(now.conversations.trash().holds(OLGA, trashed));
            assertEquals(
                    "Half a sen",
                    now.conversations.draft(SIGNED_IN, open).orElseThrow().text());
            assertEquals(List.of(pauls), list(now, PAUL));
            assertEquals(
                    List.of(open),
                    now.conversations.search(SIGNED_IN, "lighthouse", 10).stream()
                            .map(hit -> hit.listing().id())
                            .distinct()
                            .toList());
            assertEquals(List.of(), now.conversations.search(OLGA, "lighthouse", 10));
        }
    }

    @Test
    void theConversationGoesOnAfterwards() {
        House house = new House();
        ConversationId id = house.begin(OLGA, "Hello");
        claim(house);
        house.say(SIGNED_IN, id, "It is me");
        assertEquals(4, house.afterCrash().texts(SIGNED_IN, id).size());
    }

    @Test
    void aReplyThatIsBeingWrittenGoesOnAfterwards() {
        House house = new House().silent();
        ConversationId id = house.begin(OLGA, "Tell me");
        house.model.call().say("Once upon ");
        house.echoing();
        claim(house);
        house.conversations.thread(SIGNED_IN, id, 10);
        house.settle();
        assertEquals(List.of("Tell me", "Echo of Tell me"), house.texts(SIGNED_IN, id));
    }

    @Test
    void linksAndWhatTheyGaveAreTheirsToo() {
        House house = new House();
        ConversationId own = house.begin(OLGA, "Hello");
        ConversationId pauls = house.begin(PAUL, "Hello");
        Access.Link toOlga = link(pauls, PAUL, 1);
        Access.Link byOlga = link(own, OLGA, 2);
        house.access.add(toOlga).join();
        house.access.add(byOlga).join();
        house.access.grant(toOlga, OLGA, house.clock.instant()).join();
        house.access
                .mailWhenIdle(own, OLGA, Optional.of("olga@example.org"), house.clock.instant())
                .join();

        claim(house);

        for (House now : List.of(house, house.afterCrash())) {
            assertTrue(now.conversations.mayOpen(SIGNED_IN, pauls));
            assertFalse(now.conversations.mayOpen(OLGA, pauls));
            assertEquals(SIGNED_IN, now.access.link(byOlga.hash()).orElseThrow().by());
            assertEquals(PAUL, now.access.link(toOlga.hash()).orElseThrow().by());
            assertEquals(
                    List.of(SIGNED_IN), List.copyOf(now.access.idleMails(own).keySet()));
        }
        house.access.revoke(toOlga.hash(), house.clock.instant()).join();
        assertFalse(house.afterCrash().conversations.mayOpen(SIGNED_IN, pauls));
    }

    private static Access.Link link(ConversationId id, Owner by, int seed) {
        String hash = Secret.createKey(new Random(seed)).hash();
        House clock = new House();
        return new Access.Link(
                hash,
                Access.Kind.MAIL,
                id,
                by,
                Optional.of("x@example.org"),
                clock.clock.instant(),
                clock.clock.instant().plus(Duration.ofDays(2)));
    }

    /** Whatever the disk refuses: every conversation is somebody's, none is lost, and what was cut off can be begun again. */
    @Test
    void whateverTheDiskRefusesItCanBeBegunAgain() {
        int refused = 0;
        for (int fail = 1; ; fail++) {
            House house = new House();
            ConversationId one = house.begin(OLGA, "One");
            ConversationId two = house.begin(OLGA, "Two");
            house.disk.failOnceAt(fail);
            try {
                claim(house);
                if (house.disk.operations() < fail) {
                    break;
                }
            } catch (UncheckedIOException e) {
                refused++;
            }
            House after = house.afterCrash();
            assertEquals(2, list(after, OLGA).size() + list(after, SIGNED_IN).size(), "operation " + fail);
            claim(after);
            assertEquals(2, list(after, SIGNED_IN).size(), "operation " + fail);
            assertEquals(List.of("One", "Echo of One"), after.texts(SIGNED_IN, one));
            assertEquals(List.of("Two", "Echo of Two"), after.texts(SIGNED_IN, two));
        }
        assertTrue(refused > 20, refused + " refusals");
    }
}
