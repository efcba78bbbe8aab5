package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import dev.holdfast.config.Option;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar target/holdfast.jar}: what the program promises to somebody at a prompt. */
@Timeout(120)
class JarIT {
    /** A refusal comes at once; the rest is for a slow machine to start a JVM. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void nameDataFolder() {
        data = folder.resolve("data");
    }

    @Test
    void frontPageIsServedAtTheAddressThatIsPrinted() {
        try (RunningJar jar = RunningJar.serve(data)) {
            HttpResponse<String> page = new Visitor(jar.address()).get("");

            assertEquals(200, page.statusCode());
            assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
            assertTrue(page.body().contains("<html"), page.body());
            assertEquals("127.0.0.1", jar.address().getHost());
        }
    }

    @Test
    void templatesAreNotServed() throws IOException {
        try (JarFile file = new JarFile(RunningJar.file().toFile())) {
            assertNotNull(file.getEntry("webapp/WEB-INF/templates/chat.html"), "nothing there to protect");
        }
        try (RunningJar jar = RunningJar.serve(data)) {
            Visitor visitor = new Visitor(jar.address());

            for (String path :
                    List.of("WEB-INF/", "css/%2e%2e/WEB-INF/", "webapp/WEB-INF/", "META-INF/", "WEB-INF%2f")) {
                int status = visitor.get(path + "templates/chat.html").statusCode();
                assertTrue(status == 404 || status == 400, path + " answered " + status);
            }
        }
    }

    @Test
    void conversationSurvivesAKillAndIsClosedToOthers() {
        String conversation;
        Visitor olga;
        JsonArray before;
        try (RunningJar jar = RunningJar.serve(data)) {
            olga = new Visitor(jar.address());
            conversation = olga.begin("My name is Olga. What is my name?");
            olga.awaitReply(conversation);
            before = olga.messages(conversation);

            assertEquals(List.of("user", "assistant"), fields(before, "role"));
            assertEquals(List.of("complete", "complete"), fields(before, "state"));
            assertTrue(fields(before, "content").get(1).contains("Olga"), before.toString());
            Visitor other = new Visitor(jar.address());
            assertEquals(404, other.getJson("c/" + conversation + "/messages").statusCode());
            jar.process().kill();
        }
        try (RunningJar jar = RunningJar.serve(data)) {
            assertEquals(before, olga.at(jar.address()).messages(conversation));
        }
    }

    @Test
    void everythingInTheDataFolderIsOpenToItsOwnerOnly() throws IOException {
        try (RunningJar jar = RunningJar.serve(data)) {
            Visitor visitor = new Visitor(jar.address());
            visitor.awaitReply(visitor.begin("Hello"));
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(data)) {
            all = walk.toList();
        }

        assertTrue(all.stream().anyMatch(path -> path.toString().endsWith(".jsonl")), "nothing was kept: " + all);
        for (Path path : all) {
            String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
            assertEquals(expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
        }
    }

    @Test
    void secondProcessOnTheSameFolderRefusesAndNamesTheFirst() {
        try (RunningJar jar = RunningJar.serve(data)) {
            for (List<String> command : List.of(List.<String>of(), List.of("serve"), List.of("chat"))) {
                List<String> arguments = Stream.of(command, List.of("--data", data.toString()), port(command))
                        .flatMap(List::stream)
                        .toList();
                try (RunningProcess second = RunningJar.run(folder, arguments.toArray(String[]::new))) {
                    assertNotEquals(0, second.awaitExit(SOON), arguments.toString());
                    assertSentence(second.stderr(), Long.toString(jar.process().pid()));
                }
            }
            assertEquals(200, new Visitor(jar.address()).get("").statusCode(), "the first goes on");
        }
    }

    private static List<String> port(List<String> command) {
        return command.contains("chat") ? List.of() : List.of("--port", "0");
    }

    @Test
    void folderIsFreeAgainAfterTheEnd() {
        try (RunningJar jar = RunningJar.serve(data)) {
            assertEquals(TERMINATED, jar.process().stop());
        }
        try (RunningJar jar = RunningJar.serve(data)) {
            assertEquals(200, new Visitor(jar.address()).get("").statusCode());
        }
    }

    /** 127.0.0.2 is beyond what the program takes for this machine's own, and reaches nobody. */
    @Test
    void whereAnybodyMayComeInTheProgramSaysSo() {
        String[] beyond = {"--host", "127.0.0.2", "--public-url", "http://chat.example.org"};
        try (RunningJar jar = RunningJar.serve(data, beyond)) {
            jar.process().awaitLine(Pattern.compile("^WARNING: whoever reaches this server can use it"), SOON);
        }
        String[] signedIn = {"--host", "127.0.0.2", "--public-url", "http://chat.example.org", "--auth", "email"};
        String[] allowed = Stream.concat(
                        Stream.of(signedIn),
                        Stream.of("--auth.allow", "@example.org", "--mail.smtp-url", "smtp://localhost"))
                .toArray(String[]::new);
        try (RunningJar jar = RunningJar.serve(data, allowed)) {
            assertEquals(TERMINATED, jar.process().stop());
            assertFalse(
                    jar.process().stdout().contains("WARNING"), jar.process().stdout());
        }
    }

    @Test
    void helpNamesEveryOption() {
        try (RunningProcess help = RunningJar.run(folder, "--help")) {
            assertEquals(0, help.awaitExit(SOON), help.toString());

            List<String> missing = Arrays.stream(Option.values())
                    .map(Option::flag)
                    .filter(flag -> !help.stdout().contains(flag))
                    .toList();
            assertEquals(List.of(), missing, help.stdout());
            assertEquals("", help.stderr());
        }
    }

    @Test
    void unknownOptionIsRefusedWithASentence() {
        assertRefused("--colour", "--colour", "green");
    }

    @Test
    void unusableValueIsRefusedWithASentence() {
        assertRefused("port", "--port", "harbour", "--data", data.toString());
        assertFalse(Files.exists(data), "refused before anything is written");
    }

    private void assertRefused(String named, String... arguments) {
        try (RunningProcess refused = RunningJar.run(folder, arguments)) {
            assertEquals(2, refused.awaitExit(SOON), refused.toString());
            assertSentence(refused.stderr(), named);
        }
    }

    /** Something for people to read, that says what it is about; not a stack trace. */
    private static void assertSentence(String text, String about) {
        assertTrue(text.contains(about), text);
        assertFalse(text.contains("\tat "), text);
    }

    private static List<String> fields(JsonArray messages, String name) {
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> message.getAsJsonObject().get(name))
                .map(value -> value.isJsonPrimitive() ? value.getAsString() : value.toString())
                .toList();
    }
}
