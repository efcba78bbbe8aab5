package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.conversation.Owner;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.SignIns.Link;
import dev.holdfast.store.SignIns.SignedIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is signed in, and the links by which others may: there after a power cut, sealed where that is set. */
class SignInsTest {
    private static final Path DATA = Path.of("/data").toAbsolutePath();
    private static final Path FOLDER = DATA.resolve("people").resolve("signins");
    private static final Instant NOW = HandClock.START;
    private static final SignedIn OLGA = new SignedIn(
            "aa",
            Owner.ofAddress("olga@example.org"),
            NOW,
            NOW.plusSeconds(60),
            Optional.of(new Owner("h:olga")),
            "Firefox on Linux");
    private static final SignedIn PAUL =
            new SignedIn("bb", Owner.ofAddress("paul@example.org"), NOW, NOW.plusSeconds(90), Optional.empty(), "");
    private static final Link LINK = new Link("cc", "anna@example.org", NOW.plusSeconds(30), "/c/x");

    private final MemoryDisk disk = new MemoryDisk();

    private static SignIns open(MemoryDisk of, Storage storage) throws IOException {
        return SignIns.open(of, DATA, storage);
    }

    private SignIns filled(Storage storage) throws IOException {
        SignIns signIns = open(disk, storage);
        signIns.keep(OLGA);
        signIns.keep(PAUL);
        signIns.add(LINK);
        return signIns;
    }

    private static void assertFilled(SignIns signIns) {
        assertEquals(Optional.of(OLGA), signIns.browser("aa"));
        assertEquals(Optional.of(PAUL), signIns.browser("bb"));
        assertEquals(Optional.of(LINK), signIns.link("cc"));
        assertEquals(Optional.empty(), signIns.link("aa"), "a browser is no link");
        assertEquals(Optional.empty(), signIns.browser("cc"));
        assertEquals(2, signIns.size());
    }

    @ParameterizedTest
    @EnumSource(KeptAs.class)
    void whatIsKeptIsThereAfterAPowerCut(KeptAs kept) throws IOException {
        assertFilled(filled(kept.storage()));
        assertFilled(open(disk.crash(3), kept.storage()));
        for (Path file : disk.list(FOLDER)) {
            String content = new String(disk.bytes(file), StandardCharsets.UTF_8);
            assertEquals(!kept.sealed(), content.contains("example.org"), content);
        }
    }

    @Test
    void aLinkIsUsedOnceAlsoAfterAPowerCut() throws IOException {
        SignIns signIns = filled(Storage.PLAIN);
        assertTrue(signIns.use(LINK));
        assertFalse(signIns.use(LINK));
        assertEquals(Optional.empty(), signIns.link("cc"));
        assertEquals(Optional.empty(), open(disk.crash(4), Storage.PLAIN).link("cc"));
    }

    @Test
    void whoHasSignedOutIsOutAlsoAfterAPowerCut() throws IOException {
        filled(Storage.PLAIN).remove(OLGA);
        SignIns again = open(disk.crash(5), Storage.PLAIN);
        assertEquals(Optional.empty(), again.browser("aa"));
        assertEquals(1, again.size());
    }

    @Test
    void whatIsDecidedIsKeptButNobodyComesBackByIt() throws IOException {
        SignIns signIns = filled(Storage.PLAIN);
        SignedIn decided = new SignedIn("aa", OLGA.as(), NOW, OLGA.until(), Optional.empty(), OLGA.called());
        signIns.decided(OLGA);
        assertEquals(Optional.of(decided), signIns.browser("aa"));
        assertEquals(Optional.of(decided), open(disk.crash(7), Storage.PLAIN).browser("aa"));
        signIns.remove(decided);
        signIns.decided(OLGA);
        assertEquals(Optional.empty(), signIns.browser("aa"), "ended meanwhile");
        assertEquals(Optional.empty(), open(disk.crash(8), Storage.PLAIN).browser("aa"));
    }

    @Test
    void aPersonsBrowsersAreThoseAndNoOthers() throws IOException {
        SignIns signIns = filled(Storage.PLAIN);
        SignedIn second = new SignedIn("ff", OLGA.as(), NOW, NOW.plusSeconds(60), Optional.empty(), "");
        signIns.keep(second);
        assertEquals(Set.of(OLGA, second), Set.copyOf(signIns.browsers(OLGA.as())));
        assertEquals(List.of(PAUL), signIns.browsers(PAUL.as()));
        assertEquals(List.of(), signIns.browsers(new Owner("h:olga")), "nor by what it was before");
    }

    @Test
    void whatWasKeptBeforeBrowsersHadNamesIsRead() throws IOException {
        String old = "{\"_type\":\"signed_in\",\"as\":\"mail:paul@example.org\",\"at\":\"%s\",\"until\":\"%s\"}\n";
        disk.put(FOLDER.resolve("bb.json"), old.formatted(NOW, PAUL.until()).getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.of(PAUL), open(disk, Storage.PLAIN).browser("bb"));
    }

    @Test
    void whatHasEndedIsTidiedAwayAndNothingElse() throws IOException {
        SignIns signIns = filled(Storage.PLAIN);
        signIns.tidy(NOW.plusSeconds(30));
        assertFilled(signIns);
        signIns.tidy(NOW.plusSeconds(60));
        assertEquals(Optional.empty(), signIns.link("cc"));
        assertEquals(Optional.of(OLGA), signIns.browser("aa"));
        signIns.tidy(NOW.plusSeconds(61));
        assertEquals(Optional.empty(), signIns.browser("aa"));
        assertEquals(Optional.of(PAUL), signIns.browser("bb"));
        assertEquals(1, disk.list(FOLDER).size());
    }

    @Test
    void allIsSealedAnewWithTheNewestKey() throws IOException {
        filled(Storage.PLAIN).renew();
        Storage sealing = new Storage(Storage.Gzip.OFF, Optional.of(KeptAs.ring(KeptAs.key(1))), true, List::of);
        SignIns signIns = open(disk, sealing);
        assertFilled(signIns);
        signIns.renew();
        assertTrue(disk.list(FOLDER).stream().allMatch(file -> file.toString().endsWith(".fernet")));
        List<Path> sealed = disk.list(FOLDER);
        byte[] before = disk.bytes(sealed.get(0));
        signIns.renew();
        assertEquals(sealed, disk.list(FOLDER));
        assertArrayEquals(before, disk.bytes(sealed.get(0)), "once");
        assertFilled(open(disk.crash(6), sealing));
        assertEquals(0, open(disk, Storage.PLAIN).size(), "without the key nobody is signed in");
    }

    /** A change of form was cut off before what was written earlier was gone. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTwoFormsTheOneThatIsSetIsTheLater(boolean sealedIsLater) throws IOException {
        Optional<KeyRing> keys = Optional.of(KeptAs.ring(KeptAs.key(1)));
        Storage first = new Storage(Storage.Gzip.OFF, keys, !sealedIsLater, List::of);
        Storage then = new Storage(Storage.Gzip.OFF, keys, sealedIsLater, List::of);
        SignedIn decided = new SignedIn("aa", OLGA.as(), NOW, OLGA.until(), Optional.empty(), OLGA.called());
        open(disk, first).keep(OLGA);
        Path before = disk.list(FOLDER).get(0);
        byte[] earlier = disk.bytes(before);
        open(disk, then).keep(decided);
        disk.put(before, earlier);

        SignIns signIns = open(disk, then);
        assertEquals(Optional.of(decided), signIns.browser("aa"));
        signIns.renew();
        assertFalse(disk.exists(before));
        assertEquals(Optional.of(decided), open(disk, then).browser("aa"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "null", "[]", "{\"_type\":\"signed_in\"}", "{\"_type\":\"link\",\"until\":\"soon\"}"})
    void whatIsNoSignInSignsNobodyInAndKeepsNobodyFromIt(String content) throws IOException {
        filled(Storage.PLAIN);
        disk.put(FOLDER.resolve("dd.json"), content.getBytes(StandardCharsets.UTF_8));
        assertFilled(open(disk, Storage.PLAIN));
    }

    @Test
    void whatTheDiskRefusesIsNotTakenForKept() throws IOException {
        SignIns signIns = filled(Storage.PLAIN);
        FailingDisk failing = new FailingDisk(disk);
        SignIns refused = SignIns.open(failing, DATA, Storage.PLAIN);
        failing.failForGoodAt(1);
        SignedIn other = new SignedIn("ee", PAUL.as(), NOW, NOW, Optional.empty(), "");
        assertThrows(IOException.class, () -> refused.keep(other));
        assertThrows(IOException.class, () -> refused.use(LINK));
        assertEquals(Optional.empty(), refused.browser("ee"));
        assertEquals(Optional.of(LINK), refused.link("cc"));
        assertFilled(signIns);
    }
}
