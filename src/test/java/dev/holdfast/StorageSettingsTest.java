package dev.holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings say of files, and how each contradiction is put into words; never with a key in them. */
class StorageSettingsTest {
    private static final String KEY = KeyRing.keygen(new Random(1)).strip();
    private static final String OLDER = KeyRing.keygen(new Random(2)).strip();

    @TempDir
    Path root;

    /** @param given option and value by turns */
    private StorageSettings settings(Object... given) {
        Map<Option, String> flags = new LinkedHashMap<>();
        for (int i = 0; i < given.length; i += 2) {
            flags.put((Option) given[i], given[i + 1].toString());
        }
        return new StorageSettings(Settings.of(flags, Map.of()), root.resolve("data"));
    }

    private Storage storage(Object... given) {
        return settings(given).storage(new HandClock(), new Random(3));
    }

    private String refusal(Object... given) {
        String message =
                assertThrows(SettingsException.class, () -> storage(given)).getMessage();
        assertFalse(message.contains(KEY) || message.contains(OLDER), "no secret is quoted");
        return message;
    }

    private Path keyFile(String... lines) throws IOException {
        return Files.write(root.resolve("keys"), List.of(lines));
    }

    @Test
    void withoutAKeyNothingIsEncrypted() {
        Storage storage = storage();
        assertFalse(storage.encrypts());
        assertTrue(storage.keys().isEmpty());
    }

    @Test
    void whoGivesAKeyWantsItUsed() throws IOException {
        assertTrue(storage(Option.ENCRYPTION_KEY, KEY).encrypts());
        assertTrue(storage(Option.ENCRYPTION_KEY_FILE, keyFile("# made today", KEY, "", OLDER))
                .encrypts());
    }

    @Test
    void withEncryptionOffAKeyOnlyOpens() {
        Storage storage = storage(Option.ENCRYPTION_KEY, KEY, Option.ENCRYPTION, "off");
        assertFalse(storage.encrypts());
        assertTrue(storage.keys().isPresent());
    }

    @Test
    void theFirstKeyOfSeveralIsTheNewest() throws Exception {
        Storage storage = storage(Option.ENCRYPTION_KEY_FILE, keyFile(KEY, OLDER));
        byte[] sealed = storage.keys().orElseThrow().seal(new byte[] {1, 2});
        KeyRing newest = new KeyRing(KeyRing.parse(KEY), new HandClock(), new Random(4));
        assertEquals(2, newest.open(sealed).length);
        byte[] old = new KeyRing(KeyRing.parse(OLDER), new HandClock(), new Random(4)).seal(new byte[] {1, 2, 3});
        assertEquals(3, storage.keys().orElseThrow().open(old).length);
    }

    @Test
    void theKeysAreReadAnewWhenTheyAreAskedForAgain() throws IOException {
        Storage storage = storage(Option.ENCRYPTION_KEY_FILE, keyFile(OLDER));
        assertEquals(KeyRing.parse(OLDER), storage.reread().get());
        keyFile(KEY, OLDER);
        assertEquals(KeyRing.parse(KEY + "\n" + OLDER), storage.reread().get());
    }

    @ParameterizedTest
    @CsvSource({"off,OFF", "paused,PAUSED", "always,ALWAYS", "Paused,PAUSED"})
    void filesArePackedAsTheSettingSays(String given, Storage.Gzip expected) {
        assertEquals(expected, storage(Option.STORAGE_GZIP, given).gzip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "gzip", "9"})
    void anotherWordForPackingIsRefused(String given) {
        assertEquals(
                "storage.gzip is off, paused or always, not “" + given + "”.", refusal(Option.STORAGE_GZIP, given));
    }

    @Test
    void anotherWordForEncryptionIsRefused() {
        assertEquals("encryption is on or off, not “yes”.", refusal(Option.ENCRYPTION, "yes"));
    }

    @Test
    void encryptionWithoutAKeyIsRefused() {
        assertEquals(
                "encryption is on, and no key is given. Make one with keygen and name its file with"
                        + " encryption.key-file.",
                refusal(Option.ENCRYPTION, "on"));
    }

    @Test
    void twoPlacesForKeysAreRefused() throws IOException {
        assertEquals(
                "encryption.key-file and encryption.key both give keys: set one of them.",
                refusal(Option.ENCRYPTION_KEY, KEY, Option.ENCRYPTION_KEY_FILE, keyFile(KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data/key", "data/people/key", "data/../data/key", "other/../data/key"})
    void aKeyFileInTheDataFolderIsRefused(String place) throws IOException {
        Files.createDirectories(root.resolve("data/people"));
        Files.createDirectories(root.resolve("other"));
        Path file = root.resolve(place);
        Files.writeString(file, KEY);
        assertEquals(
                "encryption.key-file lies in the data folder, where a copy of the folder would take the key along."
                        + " Keep it elsewhere.",
                refusal(Option.ENCRYPTION_KEY_FILE, file));
    }

    @Test
    void aKeyFileBesideTheDataFolderWithTheSameBeginningIsTaken() throws IOException {
        assertTrue(storage(Option.ENCRYPTION_KEY_FILE, Files.writeString(root.resolve("data-key"), KEY))
                .encrypts());
    }

    @Test
    void aKeyFileThatIsNotThereIsRefused() {
        String message = refusal(Option.ENCRYPTION_KEY_FILE, root.resolve("nothing"));
        assertTrue(message.contains("encryption.key-file") && message.contains("nothing"), message);
    }

    @Test
    void aKeyFileWithoutAKeyIsRefused() throws IOException {
        assertEquals(
                "encryption.key-file: no key found: expected one a line; make one with keygen.",
                refusal(Option.ENCRYPTION_KEY_FILE, keyFile("# none yet", "")));
    }

    @Test
    void whatIsNoKeyIsRefusedWithItsLine() throws IOException {
        assertEquals(
                "encryption.key-file: line 2 holds no key: expected 44 characters of base64url, found 9; make a key"
                        + " with keygen.",
                refusal(Option.ENCRYPTION_KEY_FILE, keyFile(KEY, "password!")));
        char[] spoiled = KEY.toCharArray();
        Arrays.fill(spoiled, 3, 5, '/');
        assertEquals(
                "encryption.key: line 1 holds no key: expected 44 characters of base64url, found others; make a key"
                        + " with keygen.",
                refusal(Option.ENCRYPTION_KEY, new String(spoiled)));
    }
}
