package dev.holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path folder;

    private final Map<Option, String> flags = new EnumMap<>(Option.class);
    private final Map<String, String> environment = new HashMap<>();

    private Settings settings() {
        return Settings.of(flags, environment);
    }

    private String refusal() {
        return assertThrows(SettingsException.class, this::settings).getMessage();
    }

    private Path file(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("settings"), content);
        flags.put(Option.SETTINGS, file.toString());
        return file;
    }

    /** Another valid value than the default; what each type takes, and what the cross-checks want. */
    private static String other(Option option, int n) {
        return switch (option) {
            case PUBLIC_URL -> "https://chat" + n + ".example.org";
            case IDLE_EXPIRE -> 100 + n + "h";
            case IDLE_PAUSE -> 40 + n + "m";
            case IDLE_WARN -> 10 + n + "m";
            case AUTH -> List.of("OPEN", "Open", "oPeN").get(n - 1);
            case WINDOW_HIGH -> Integer.toString(50_000 + n);
            default ->
                switch (option.type()) {
                    case INTEGER -> Integer.toString(100 + n);
                    case DURATION -> 100 + n + "s";
                    default -> "text" + n;
                };
        };
    }

    @Test
    void withoutAnySettingTheDefaultsHold() {
        Settings settings = settings();
        for (Option option : Option.values()) {
            assertEquals(option.defaultValue(), settings.text(option).orElse(""), option.key());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Option.class, mode = EnumSource.Mode.EXCLUDE, names = "SETTINGS")
    void aFlagBeatsTheEnvironmentTheEnvironmentTheFileAndTheFileTheDefault(Option option) throws IOException {
        flags.put(Option.PUBLIC_URL, "http://localhost:1");
        if (option == Option.AUTH_OPERATORS) {
            flags.put(Option.AUTH, "proxy");
            flags.put(Option.PROXIES, "127.0.0.1");
        }
        flags.remove(option);
        environment.put(Option.PUBLIC_URL.variable(), other(Option.PUBLIC_URL, 9));
        environment.remove(option.variable());
        file(option.key() + " = " + other(option, 1) + "\n");
        assertEquals(Optional.of(other(option, 1)), settings().text(option));
        environment.put(option.variable(), other(option, 2));
        assertEquals(Optional.of(other(option, 2)), settings().text(option));
        flags.put(option, other(option, 3));
        assertEquals(Optional.of(other(option, 3)), settings().text(option));
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        environment.put("HOLDFAST_SETTINGS", file("port = 9\n").toString());
        flags.clear();
        assertEquals(9, settings().integer(Option.PORT));
    }

    @Test
    void blanksAroundAValueAreNoPartOfIt() throws IOException {
        file("port =  9  \n# a remark\nmodel.name = ünï \n");
        environment.put("HOLDFAST_HOST", " localhost ");
        assertEquals(9, settings().integer(Option.PORT));
        assertEquals("ünï", settings().required(Option.MODEL_NAME));
        assertEquals("localhost", settings().required(Option.HOST));
    }

    @Test
    void anUnknownKeyInTheFileIsRefused() throws IOException {
        Path file = file("prot = 9\n");
        assertEquals("The settings file " + file + " has an unknown key: prot. README lists all.", refusal());
    }

    @Test
    void aFileThatIsMissingOrUnreadableIsRefused() throws IOException {
        flags.put(Option.SETTINGS, folder.resolve("none").toString());
        assertTrue(refusal().startsWith("Cannot read the settings file " + folder.resolve("none") + ": "), refusal());
        Files.write(file(""), new byte[] {'a', '=', (byte) 0xff});
        assertTrue(refusal().startsWith("Cannot read the settings file "), refusal());
        file("port = \\u12\n");
        assertTrue(refusal().startsWith("Cannot read the settings file "), refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighty", "8o", "1.5", "0x50", "9999999999", "1_000", "8080 8081"})
    void whatIsNoWholeNumberIsRefused(String value) {
        flags.put(Option.PORT, value);
        assertEquals("port is a whole number, not “" + value + "”.", refusal());
    }

    @Test
    void aNegativeNumberIsRefused() {
        flags.put(Option.MODEL_MAX_OUTPUT, "-1");
        assertEquals("model.max-output must not be negative.", refusal());
    }

    @Test
    void anOptionWithADefaultMustNotBeEmptied() {
        environment.put("HOLDFAST_PORT", "");
        assertEquals("port must be set.", refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "m", "25 m", "25min", "-25m", "1.5h", "PT25M", "1h30m", "9999999999s"})
    void whatIsNoDurationIsRefused(String value) {
        flags.put(Option.LINK_TTL, value);
        assertEquals("link.ttl is a duration such as 90s, 25m or 48h, not “" + value + "”.", refusal());
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "90s,PT90S", "25m,PT25M", "48h,PT48H", "7d,PT168H", "0s,PT0S"})
    void aDurationIsANumberAndAUnit(String value, Duration duration) {
        flags.put(Option.LINK_TTL, value);
        assertEquals(duration, settings().duration(Option.LINK_TTL));
    }

    @ParameterizedTest
    @CsvSource({
        "port, 65536, port is a port: 0 to 65535.",
        "limit.message, 0, limit.message must be at least 1.",
        "limit.streams, 0, limit.streams must be at least 1.",
        "model.max-output, 0, model.max-output must be at least 1.",
        "window.low, 24000, window.low must be lower than window.high.",
        "idle.warn, 30m, idle.warn must be shorter than idle.pause: a warning comes before the pause.",
        "idle.warn, 31m, idle.warn must be shorter than idle.pause: a warning comes before the pause.",
        "idle.pause, 24h, idle.pause must be shorter than idle.expire.",
    })
    void valuesThatMakeNoSenseAreRefused(String key, String value, String sentence) {
        flags.put(Option.byKey(key).orElseThrow(), value);
        assertEquals(sentence, refusal());
    }

    @Test
    void aWarningComesAtLeastTwentySecondsBeforeThePause() {
        flags.put(Option.IDLE_PAUSE, "60s");
        flags.put(Option.IDLE_WARN, "40s");
        assertEquals(Duration.ofSeconds(40), settings().duration(Option.IDLE_WARN));
        flags.put(Option.IDLE_WARN, "40001ms");
        assertEquals(
                "idle.warn must be at least 20s shorter than idle.pause: people need time to answer a warning.",
                refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7", "chat.example.org", "127.0.0.2"})
    void beyondLoopbackThePublicUrlMustBeSaid(String host) {
        flags.put(Option.HOST, host);
        assertEquals(
                "host " + host + " listens beyond this machine, so public-url must say under which address people reach"
                        + " the page, for example --public-url http://chat.example.org:8080.",
                refusal());
        flags.put(Option.PUBLIC_URL, "http://chat.example.org:8080");
        assertEquals(host, settings().required(Option.HOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "[::1]"})
    void onLoopbackItNeedNotBe(String host) {
        flags.put(Option.HOST, host);
        assertEquals(Optional.empty(), settings().publicUrl());
    }

    @Test
    void thePublicUrlHasNoSlashAtItsEnd() {
        flags.put(Option.PUBLIC_URL, "https://chat.example.org/holdfast//");
        assertEquals(
                Optional.of(URI.create("https://chat.example.org/holdfast")),
                settings().publicUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example.org",
                "ftp://chat.example.org",
                "javascript:alert(1)",
                "https://",
                "http:///path",
                "https://chat.example.org?x=1",
                "https://chat.example.org#top",
                "https://chat .example.org",
                "//chat"
            })
    void whatIsNoWebAddressIsRefused(String url) {
        flags.put(Option.PUBLIC_URL, url);
        assertEquals("public-url is an address such as https://chat.example.org, without a query.", refusal());
    }

    @Test
    void secretsAreNotPrinted() {
        flags.put(Option.MODEL_KEY, "sk-very-secret");
        flags.put(Option.MAIL_SMTP_URL, "smtp://olga:hunter2@mail.example.org");
        String printed = settings().toString();
        assertTrue(printed.contains("model.key = <redacted>\n"), printed);
        assertTrue(printed.contains("mail.smtp-url = <redacted>\n"), printed);
        assertTrue(printed.contains("port = 8080\n"), printed);
        assertFalse(printed.contains("sk-very") || printed.contains("hunter2"), printed);
    }

    @Test
    void aSecretThatIsNotSetIsPrintedAsNothing() {
        assertTrue(settings().toString().contains("model.key = \n"));
    }

    @Test
    void howPeopleSignInNeedsWhatItNeeds() {
        flags.put(Option.AUTH, "email");
        assertTrue(refusal().startsWith("auth.allow must say who may sign in"));
        flags.put(Option.AUTH_ALLOW, " olga@example.org ,, @example.com,");
        assertEquals("mail.smtp-url must be set where people sign in by mail.", refusal());
        flags.put(Option.MAIL_SMTP_URL, "smtp://localhost");
        assertEquals(Settings.Auth.EMAIL, settings().auth());
        assertEquals(List.of("olga@example.org", "@example.com"), settings().list(Option.AUTH_ALLOW));
        flags.put(Option.AUTH, "proxy");
        assertTrue(refusal().startsWith("proxies must name the address"));
        flags.put(Option.PROXIES, "127.0.0.1");
        assertEquals(Settings.Auth.PROXY, settings().auth());
        flags.put(Option.AUTH, "ldap");
        assertEquals("auth is open, email or proxy, not “ldap”.", refusal());
        flags.put(Option.AUTH, "open");
        flags.put(Option.AUTH_OPERATORS, "olga@example.org");
        assertTrue(refusal().startsWith("auth.operators needs auth email or proxy"));
    }
}
