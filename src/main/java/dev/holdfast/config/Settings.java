package dev.holdfast.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The values of all {@link Option}s, checked. Immutable.
 *
 * <p>A flag beats the environment, the environment beats the settings file, the file beats the default.
 */
public final class Settings {
    /** WCAG 2.2.1: at least 20 seconds to extend a time limit. */
    private static final Duration SHORTEST_WARNING = Duration.ofSeconds(20);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final Map<Option, String> values;

    private Settings(Map<Option, String> values) {
        this.values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /**
     * Gathers and checks settings.
     *
     * @param flags values by option, from the command line
     * @param environment the process's environment
     * @throws SettingsException if a value is malformed, values contradict each other, or the settings file cannot be
     *     read or holds an unknown key
     */
    public static Settings of(Map<Option, String> flags, Map<String, String> environment) {
        EnumMap<Option, String> values = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            values.put(option, option.defaultValue());
        }
        EnumMap<Option, String> given = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            String value = environment.get(option.variable());
            if (value != null) {
                given.put(option, value.strip());
            }
        }
        given.putAll(flags);
        String file = given.getOrDefault(Option.SETTINGS, "");
        if (!file.isEmpty()) {
            values.putAll(readFile(Path.of(file)));
        }
        values.putAll(given);
        Settings settings = new Settings(values);
        settings.check();
        return settings;
    }

    private static Map<Option, String> readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("Cannot read the settings file " + file + ": " + e.getMessage());
        }
        EnumMap<Option, String> values = new EnumMap<>(Option.class);
        for (String key : properties.stringPropertyNames()) {
            Option option = Option.byKey(key)
                    .orElseThrow(() -> new SettingsException(
                            "The settings file " + file + " has an unknown key: " + key + ". README lists all."));
            values.put(option, properties.getProperty(key).strip());
        }
        return values;
    }

    private void check() {
        for (Option option : Option.values()) {
            if (option.type() == Option.Type.INTEGER) {
                integer(option);
            } else if (option.type() == Option.Type.DURATION) {
                duration(option);
            }
        }
        require(integer(Option.PORT) <= 65535, Option.PORT, "is a port: 0 to 65535");
        require(
                duration(Option.IDLE_WARN).compareTo(duration(Option.IDLE_PAUSE)) < 0,
                Option.IDLE_WARN,
                "must be shorter than idle.pause: a warning comes before the pause");
        require(
                duration(Option.IDLE_PAUSE).compareTo(duration(Option.IDLE_EXPIRE)) < 0,
                Option.IDLE_PAUSE,
                "must be shorter than idle.expire");
        require(
                integer(Option.WINDOW_LOW) < integer(Option.WINDOW_HIGH),
                Option.WINDOW_LOW,
                "must be lower than window.high");
        require(
                duration(Option.IDLE_PAUSE).minus(duration(Option.IDLE_WARN)).compareTo(SHORTEST_WARNING) >= 0,
                Option.IDLE_WARN,
                "must be at least 20s shorter than idle.pause: people need time to answer a warning");
        checkReach();
        checkAuth();
        require(integer(Option.LIMIT_MESSAGE) > 0, Option.LIMIT_MESSAGE, "must be at least 1");
        require(integer(Option.LIMIT_STREAMS) > 0, Option.LIMIT_STREAMS, "must be at least 1");
        require(integer(Option.MODEL_MAX_OUTPUT) > 0, Option.MODEL_MAX_OUTPUT, "must be at least 1");
    }

    /** Beyond this machine, links and the check of the Host header need to know under which address people come. */
    private void checkReach() {
        Optional<URI> url = publicUrl();
        String host = required(Option.HOST);
        if (!listensOnLoopback() && url.isEmpty()) {
            throw new SettingsException(
                    "host " + host + " listens beyond this machine, so public-url must say under which"
                            + " address people reach the page, for example --public-url http://chat.example.org:8080.");
        }
    }

    private void checkAuth() {
        Auth auth = auth();
        require(
                auth != Auth.EMAIL || text(Option.AUTH_ALLOW).isPresent(),
                Option.AUTH_ALLOW,
                "must say who may sign in, for example olga@example.org, @example.com; or * for everybody");
        require(
                auth != Auth.EMAIL || text(Option.MAIL_SMTP_URL).isPresent(),
                Option.MAIL_SMTP_URL,
                "must be set where people sign in by mail");
        require(
                auth != Auth.PROXY || text(Option.PROXIES).isPresent(),
                Option.PROXIES,
                "must name the address from which the proxy connects, for example 127.0.0.1: whoever else says who"
                        + " somebody is, is not believed");
        require(
                auth != Auth.OPEN || text(Option.AUTH_OPERATORS).isEmpty(),
                Option.AUTH_OPERATORS,
                "needs auth email or proxy: with open nobody is known by name");
    }

    /** How people prove who they are. */
    public enum Auth {
        /** Not at all: each browser is an owner of its own. */
        OPEN,
        /** By a link that is mailed to them. */
        EMAIL,
        /** By a header that a proxy in front sets. */
        PROXY
    }

    /** @throws SettingsException if it is none of them */
    public Auth auth() {
        try {
            return Auth.valueOf(required(Option.AUTH).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("auth is open, email or proxy, not “" + values.get(Option.AUTH) + "”.");
        }
    }

    /** What stands between the commas of a list; nothing if nothing is set. */
    public List<String> list(Option option) {
        return text(option).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** Whether only this machine can connect. */
    public boolean listensOnLoopback() {
        return LOOPBACK.contains(required(Option.HOST));
    }

    /** {@code public-url} without a slash at its end; empty if it is not set. */
    public Optional<URI> publicUrl() {
        return text(Option.PUBLIC_URL).map(given -> {
            URI url;
            try {
                url = new URI(given.replaceFirst("/+$", ""));
            } catch (URISyntaxException e) {
                throw notAnAddress();
            }
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!web || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
                throw notAnAddress();
            }
            return url;
        });
    }

    private static SettingsException notAnAddress() {
        return new SettingsException("public-url is an address such as https://chat.example.org, without a query.");
    }

    private static void require(boolean holds, Option option, String sentence) {
        if (!holds) {
            throw new SettingsException(option.key() + " " + sentence + ".");
        }
    }

    /** The value as it was given; empty if nothing is set. */
    public Optional<String> text(Option option) {
        String value = values.get(option);
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** The value of an option that has a default. */
    public String required(Option option) {
        return text(option).orElseThrow(() -> new SettingsException(option.key() + " must be set."));
    }

    /**
     * What the file holds that the option names; empty if nothing is set.
     *
     * @throws SettingsException if it cannot be read
     */
    public String content(Option option) {
        Optional<String> file = text(option);
        if (file.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(Path.of(file.get()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SettingsException("Cannot read " + file.get() + ", which " + option.key() + " names: " + e);
        }
    }

    /** @throws SettingsException if it is no whole number from 0 to 2,147,483,647 */
    public int integer(Option option) {
        try {
            int value = Integer.parseInt(required(option));
            require(value >= 0, option, "must not be negative");
            return value;
        } catch (NumberFormatException e) {
            throw new SettingsException(option.key() + " is a whole number, not “" + values.get(option) + "”.");
        }
    }

    /** @throws SettingsException if it is no number with a unit */
    public Duration duration(Option option) {
        return Durations.parse(required(option))
                .orElseThrow(() -> new SettingsException(
                        option.key() + " is a duration such as 90s, 25m or 48h, not “" + values.get(option) + "”."));
    }

    /** One {@code key = value} a line, secrets as {@code <redacted>}. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        values.forEach((option, value) -> lines.append(option.key())
                .append(" = ")
                .append(option.secret() && !value.isEmpty() ? "<redacted>" : value)
                .append('\n'));
        return lines.toString();
    }
}
