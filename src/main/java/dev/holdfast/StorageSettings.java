package dev.holdfast;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the settings say of how conversations lie on disk.
 *
 * @param data the data folder, in which no key may lie: whoever copies it would have both
 */
record StorageSettings(Settings settings, Path data) {

    /** @throws SettingsException if there is no key, or none that can be used */
    Storage storage(InstantSource clock, RandomGenerator random) {
        List<FernetKey> keys = keys();
        Optional<KeyRing> ring = keys.isEmpty() ? Optional.empty() : Optional.of(new KeyRing(keys, clock, random));
        return new Storage(gzip(), ring, encrypts(ring.isPresent()), this::keys);
    }

    private Storage.Gzip gzip() {
        String given = settings.required(Option.STORAGE_GZIP);
        try {
            return Storage.Gzip.valueOf(given.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("storage.gzip is off, paused or always, not “" + given + "”.");
        }
    }

    private boolean encrypts(boolean hasKey) {
        String given = settings.text(Option.ENCRYPTION).orElse(hasKey ? "on" : "off");
        if (!given.equals("on") && !given.equals("off")) {
            throw new SettingsException("encryption is on or off, not “" + given + "”.");
        }
        if (given.equals("on") && !hasKey) {
            throw new SettingsException(
                    "encryption is on, and no key is given. Make one with keygen and name its file with"
                            + " encryption.key-file.");
        }
        return given.equals("on");
    }

    /** The keys as they are given now, the newest first; none if none are. */
    List<FernetKey> keys() {
        Optional<String> file = settings.text(Option.ENCRYPTION_KEY_FILE);
        Optional<String> key = settings.text(Option.ENCRYPTION_KEY);
        if (file.isPresent() && key.isPresent()) {
            throw new SettingsException("encryption.key-file and encryption.key both give keys: set one of them.");
        }
        if (file.isPresent() && Path.of(file.get()).toAbsolutePath().normalize().startsWith(data)) {
            throw new SettingsException(
                    "encryption.key-file lies in the data folder, where a copy of the folder would take"
                            + " the key along. Keep it elsewhere.");
        }
        Option option = file.isPresent() ? Option.ENCRYPTION_KEY_FILE : Option.ENCRYPTION_KEY;
        String text = file.isPresent() ? settings.content(option) : key.orElse("");
        try {
            return text.isEmpty() && file.isEmpty() ? List.of() : KeyRing.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(option.key() + ": " + e.getMessage() + ".");
        }
    }
}
