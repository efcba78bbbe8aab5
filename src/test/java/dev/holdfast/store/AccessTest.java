package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.DiskFile;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.store.Access.Kind;
import dev.holdfast.store.Access.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final Path FILE = Path.of("/data/people/access.jsonl").toAbsolutePath();
    private static final Instant AT = Instant.parse("2026-11-21T05:31:00Z");
    private static final ConversationId ONE = new ConversationId("01j0000000aaaaaaaaaaaaaaaa");
    private static final ConversationId TWO = new ConversationId("01j0000000bbbbbbbbbbbbbbbb");
    private static final Owner OLGA = new Owner("h:olga");
    private static final Owner PAUL = new Owner("h:paul");

    private final MemoryDisk memory = new MemoryDisk();
    private final FailingDisk disk = new FailingDisk(memory);
    private final NotedDamage damage = new NotedDamage();
    private Access access;

    @BeforeEach
    void open() throws IOException {
        disk.createFolders(FILE.getParent());
        access = open(disk);
    }

    private Access open(Disk from) throws IOException {
        return Access.open(from, Path.of("/data").toAbsolutePath(), Storage.PLAIN, Runnable::run, damage);
    }

    private void reopen() throws IOException {
        access.close();
        access = open(disk);
    }

    private static Link link(String hash, Kind kind, ConversationId conversation, Owner by) {
        Optional<String> to = kind == Kind.MAIL ? Optional.of("olga@example.org") : Optional.empty();
        return new Link(hash, kind, conversation, by, to, AT, AT.plus(Duration.ofHours(48)));
    }

    @Test
    void aLinkIsFoundByItsHashAlsoLater() throws IOException {
        Link mail = link("aa", Kind.MAIL, ONE, OLGA);
        Link code = link("bb", Kind.CODE, ONE, OLGA);
        access.add(mail).join();
        access.add(code).join();
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.of(mail), access.link("aa"));
            assertEquals(Optional.of(code), access.link("bb"));
            assertEquals(Optional.empty(), access.link("cc"));
            reopen();
        }
    }

    @Test
    void aNewCodeReplacesTheOldOneOfTheSameBrowserAndConversationOnly() throws IOException {
        access.add(link("mail", Kind.MAIL, ONE, OLGA)).join();
        access.add(link("old", Kind.CODE, ONE, OLGA)).join();
        access.add(link("pauls", Kind.CODE, ONE, PAUL)).join();
        access.add(link("twos", Kind.CODE, TWO, OLGA)).join();
        access.add(link("new", Kind.CODE, ONE, OLGA)).join();
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.empty(), access.link("old"));
            for (String hash : List.of("mail", "pauls", "twos", "new")) {
                assertTrue(access.link(hash).isPresent(), hash);
            }
            reopen();
        }
    }

    @Test
    void aGrantOpensOneConversationToOneBrowserAndSurvives() throws IOException {
        Link mail = link("aa", Kind.MAIL, ONE, OLGA);
        access.add(mail).join();
        assertFalse(access.granted(ONE, PAUL));
        access.grant(mail, PAUL, AT).join();
        for (int i = 0; i < 2; i++) {
            assertTrue(access.granted(ONE, PAUL));
            assertFalse(access.granted(TWO, PAUL));
            assertFalse(access.granted(ONE, OLGA));
            assertEquals(List.of(ONE), access.grantedTo(PAUL));
            assertEquals(List.of(), access.grantedTo(OLGA));
            reopen();
        }
    }

    @Test
    void aGrantOutlivesTheCodeThatGaveIt() {
        Link old = link("old", Kind.CODE, ONE, OLGA);
        access.add(old).join();
        access.grant(old, PAUL, AT).join();
        access.add(link("new", Kind.CODE, ONE, OLGA)).join();
        assertTrue(access.granted(ONE, PAUL));
    }

    @Test
    void whatWasGivenIsListedTheNewestFirstWithWhatBecameOfIt() throws IOException {
        Link old = link("old", Kind.CODE, ONE, OLGA);
        Link mail = new Link("mail", Kind.MAIL, ONE, PAUL, Optional.of("p@example.org"), AT.plusSeconds(9), AT);
        Link fresh = new Link("new", Kind.CODE, ONE, OLGA, Optional.empty(), AT.plusSeconds(5), AT);
        access.add(old).join();
        access.grant(old, PAUL, AT).join();
        access.add(mail).join();
        access.add(link("twos", Kind.CODE, TWO, OLGA)).join();
        access.grant(mail, new Owner("h:third"), AT).join();
        access.grant(mail, new Owner("h:fourth"), AT).join();
        access.add(fresh).join();
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    List.of(
                            new Access.Given(mail, false, 2),
                            new Access.Given(fresh, false, 0),
                            new Access.Given(old, true, 1)),
                    access.given(ONE));
            reopen();
        }
        access.revoke("old", AT).join();
        access.revoke("mail", AT).join();
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(new Access.Given(fresh, false, 0)), access.given(ONE));
            assertFalse(access.granted(ONE, PAUL));
            reopen();
        }
        access.forget(ONE);
        assertEquals(List.of(), access.given(ONE));
        assertEquals(1, access.given(TWO).size());
    }

    @Test
    void whoWantsAMailWhenIdleIsKeptForEachConversationAndPerson() throws IOException {
        access.mailWhenIdle(ONE, OLGA, Optional.of("o@example.org"), AT).join();
        access.mailWhenIdle(ONE, PAUL, Optional.of("p@example.org"), AT).join();
        access.mailWhenIdle(TWO, OLGA, Optional.of("two@example.org"), AT).join();
        access.mailWhenIdle(ONE, OLGA, Optional.of("olga@example.org"), AT).join();
        access.mailWhenIdle(ONE, PAUL, Optional.empty(), AT).join();
        for (int i = 0; i < 2; i++) {
            assertEquals(Map.of(OLGA, "olga@example.org"), access.idleMails(ONE));
            assertEquals(Map.of(OLGA, "two@example.org"), access.idleMails(TWO));
            reopen();
        }
        access.forget(ONE);
        for (int i = 0; i < 2; i++) {
            assertEquals(Map.of(), access.idleMails(ONE));
            assertEquals(Map.of(OLGA, "two@example.org"), access.idleMails(TWO));
            reopen();
        }
        assertFalse(new String(memory.bytes(FILE), StandardCharsets.UTF_8).contains(ONE.value()));
    }

    @Test
    void revokingALinkEndsItAndItsGrantsAndNoOthers() throws IOException {
        Link mail = link("aa", Kind.MAIL, ONE, OLGA);
        Link other = link("bb", Kind.MAIL, TWO, OLGA);
        access.add(mail).join();
        access.add(other).join();
        access.grant(mail, PAUL, AT).join();
        access.grant(mail, new Owner("h:third"), AT).join();
        access.grant(other, PAUL, AT).join();
        access.revoke("aa", AT).join();
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.empty(), access.link("aa"));
            assertFalse(access.granted(ONE, PAUL));
            assertFalse(access.granted(ONE, new Owner("h:third")));
            assertTrue(access.link("bb").isPresent());
            assertEquals(List.of(TWO), access.grantedTo(PAUL));
            reopen();
        }
    }

    @Test
    void whatIsNotOnDiskIsNotInMemory() throws IOException {
        Link mail = link("aa", Kind.MAIL, ONE, OLGA);
        disk.failOnceAt(1, "write");
        assertThrows(CompletionException.class, () -> access.add(mail).join());
        assertEquals(Optional.empty(), access.link("aa"));
        access.add(mail).join();
        disk.failOnceAt(1, "force");
        assertThrows(
                CompletionException.class, () -> access.grant(mail, PAUL, AT).join());
        assertFalse(access.granted(ONE, PAUL));
        disk.mend();
        reopen();
        assertTrue(access.link("aa").isPresent());
    }

    @Test
    void linesOfALaterVersionAreKeptAndPassedOver() throws IOException {
        Link mail = link("aa", Kind.MAIL, ONE, OLGA);
        access.add(mail).join();
        access.add(link("bb", Kind.CODE, ONE, OLGA)).join();
        access.close();
        String text = new String(memory.bytes(FILE), StandardCharsets.UTF_8);
        String later = text.lines().skip(2).findFirst().orElseThrow();
        memory.put(
                FILE,
                text.replace(later, resealed(later, "\"code\"", "\"palm\"")).getBytes(StandardCharsets.UTF_8));
        access = open(disk);
        assertEquals(Optional.of(mail), access.link("aa"));
        assertEquals(Optional.empty(), access.link("bb"));
        assertEquals(List.of(), damage.notes());
        access.close();
        assertTrue(new String(memory.bytes(FILE), StandardCharsets.UTF_8).contains("\"kind\":\"palm\""));
    }

    @Test
    void aLineThatDoesNotSayWhatItIsGivesNothing() throws IOException {
        access.add(link("aa", Kind.MAIL, ONE, OLGA)).join();
        access.close();
        String text = new String(memory.bytes(FILE), StandardCharsets.UTF_8);
        String untold = text.lines().skip(1).findFirst().orElseThrow();
        String resealed = resealed(untold, "\"_type\":\"link\",", "");
        memory.put(FILE, text.replace(untold, resealed).getBytes(StandardCharsets.UTF_8));
        access = open(disk);
        assertEquals(Optional.empty(), access.link("aa"));
        assertEquals(List.of(), damage.notes());
    }

    /** The line with something in the place of something else, soundly sealed. */
    private static String resealed(String line, String from, String to) {
        String body = line.substring(0, line.indexOf(",\"crc\"")).replace(from, to);
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return body + ",\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"}";
    }

    @Test
    void aTornEndCostsNoGrant() throws IOException {
        Link mail = link("aa", Kind.MAIL, ONE, OLGA);
        access.add(mail).join();
        access.grant(mail, PAUL, AT).join();
        access.close();
        try (DiskFile file = memory.open(FILE)) {
            file.writeFully(ByteBuffer.wrap("{\"_type\":\"gr".getBytes(StandardCharsets.UTF_8)), file.size());
        }
        access = open(disk);
        assertTrue(access.granted(ONE, PAUL));
        assertEquals(List.of("healed 12"), damage.notes());
    }

    /** Grants and revocations, with power cuts at every point: what was acknowledged holds, what was revoked stays so. */
    @Test
    @Tag("slow")
    void whatWasAcknowledgedSurvivesAPowerCutAtEveryPoint() throws IOException {
        Random random = new Random(11);
        Set<String> granted = new HashSet<>();
        Set<String> asked = new HashSet<>();
        Set<String> revoked = new HashSet<>();
        List<Long> states = new ArrayList<>();
        memory.beforeEachChange(() -> {
            for (int i = 0; i < 20; i++) {
                long seed = random.nextLong();
                states.add(seed);
                check(memory.crash(seed), seed, granted, asked, revoked);
            }
        });
        for (int i = 0; i < 12; i++) {
            Owner to = new Owner("h:" + i);
            Link link = link("hash" + i, Kind.MAIL, ONE, OLGA);
            access.add(link).join();
            asked.add(to.name());
            access.grant(link, to, AT).join();
            granted.add(to.name());
            if (i % 3 == 0) {
                granted.remove(to.name());
                access.revoke(link.hash(), AT).join();
                revoked.add(to.name());
            }
        }
        assertTrue(states.size() > 1000, () -> "only " + states.size());
    }

    private void check(MemoryDisk crashed, long seed, Set<String> granted, Set<String> asked, Set<String> revoked) {
        try (Access found = open(crashed)) {
            for (int i = 0; i < 12; i++) {
                String name = "h:" + i;
                boolean may = found.granted(ONE, new Owner(name));
                assertTrue(may || !granted.contains(name), () -> name + " was let in, seed " + seed);
                assertFalse(may && !asked.contains(name), () -> name + " was never let in, seed " + seed);
                assertFalse(may && revoked.contains(name), () -> name + " was put out, seed " + seed);
            }
            found.add(link("more", Kind.MAIL, TWO, PAUL)).join();
        } catch (IOException e) {
            throw new UncheckedIOException("seed " + seed, e);
        }
    }

    @Test
    void whatWasOnesIsTheOthersAfterARenaming() throws IOException {
        Link byOlga = link("aa", Kind.MAIL, ONE, OLGA);
        Link replaced = link("bb", Kind.CODE, ONE, OLGA);
        Link code = link("cc", Kind.CODE, ONE, OLGA);
        Link toOlga = link("dd", Kind.MAIL, TWO, PAUL);
        for (Link link : List.of(byOlga, replaced, code, toOlga)) {
            access.add(link).join();
        }
        Owner signedIn = Owner.ofAddress("olga@example.org");
        access.grant(toOlga, OLGA, AT).join();
        access.grant(byOlga, signedIn, AT).join();
        access.mailWhenIdle(ONE, OLGA, Optional.of("olga@example.org"), AT).join();
        access.mailWhenIdle(ONE, PAUL, Optional.of("paul@example.org"), AT).join();
        access.mailWhenIdle(TWO, PAUL, Optional.of("paul@example.org"), AT).join();
        access.rename(OLGA, signedIn, AT).join();
        access.rename(new Owner("h:nobody"), signedIn, AT).join();
        for (int i = 0; i < 2; i++) {
            assertEquals(signedIn, access.link("aa").orElseThrow().by());
            assertEquals(signedIn, access.link("cc").orElseThrow().by());
            assertEquals(PAUL, access.link("dd").orElseThrow().by());
            assertTrue(access.given(ONE).stream()
                    .allMatch(given -> given.link().by().equals(signedIn)));
            assertEquals(Set.of(ONE, TWO), Set.copyOf(access.grantedTo(signedIn)));
            assertEquals(List.of(), access.grantedTo(OLGA));
            assertEquals(Map.of(signedIn, "olga@example.org", PAUL, "paul@example.org"), access.idleMails(ONE));
            assertEquals(Set.of(ONE, TWO), access.withIdleMails());
            reopen();
        }
    }

    @Test
    void aRenamingWritesNothingWhereThereIsNothing() throws IOException {
        access.rename(OLGA, PAUL, AT).join();
        assertEquals(List.of(), disk.list(FILE.getParent()));
    }

    @Test
    void mailsThatWereEndedStaySoForOneConversationAndOneAddress() throws IOException {
        Link mail = link("aa", Kind.MAIL, ONE, OLGA);
        access.add(mail).join();
        access.mailWhenIdle(ONE, OLGA, Optional.of("OLGA@example.org"), AT).join();
        access.mailWhenIdle(ONE, PAUL, Optional.of("paul@example.org"), AT).join();
        access.mailWhenIdle(TWO, OLGA, Optional.of("olga@example.org"), AT).join();
        access.endMails(mail, AT).join();
        for (int i = 0; i < 2; i++) {
            assertTrue(access.unwanted(ONE, "Olga@Example.org"));
            assertFalse(access.unwanted(TWO, "olga@example.org"));
            assertFalse(access.unwanted(ONE, "paul@example.org"));
            assertEquals(Map.of(PAUL, "paul@example.org"), access.idleMails(ONE));
            assertEquals(Map.of(OLGA, "olga@example.org"), access.idleMails(TWO));
            reopen();
        }
        access.mailWhenIdle(ONE, PAUL, Optional.empty(), AT).join();
        access.endMails(mail, AT).join();
        assertEquals(Set.of(TWO), access.withIdleMails());
        access.forget(ONE);
        assertFalse(access.unwanted(ONE, "olga@example.org"));
        reopen();
        assertFalse(access.unwanted(ONE, "olga@example.org"), "nothing of it is left");
    }
}
