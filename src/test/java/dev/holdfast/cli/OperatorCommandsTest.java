package dev.holdfast.cli;

import static dev.holdfast.cli.ScriptedMaintenance.OLGA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.HandClock;
import dev.holdfast.agent.TestTurns;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.FolderInUseException;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.model.ManualTimer;
import dev.holdfast.protect.FernetKey;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.Maintenance.Trashed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's commands as they are typed. */
@Timeout(60)
class OperatorCommandsTest {
    @TempDir
    Path data;

    private final ScriptedMaintenance maintenance = new ScriptedMaintenance();
    private final OperatorDesk desk =
            new OperatorDesk(maintenance, new HandServices(), new HandClock(), Duration.ofDays(30));
    private final List<Settings> opened = new ArrayList<>();

    @RegisterExtension
    final Printed printed = new Printed();

    private InputStream realIn;
    private int closed;
    /** Runs when the folder is to be opened. */
    private Opening opening = () -> {};

    private interface Opening {
        void run() throws IOException;
    }

    @BeforeEach
    void listen() {
        realIn = System.in;
        type("");
    }

    @AfterEach
    void giveBack() {
        System.setIn(realIn);
    }

    private static void type(String text) {
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private int run(String... words) {
        return runOn(data, words);
    }

    private int runOn(Path folder, String... words) {
        String[] args = Stream.concat(Arrays.stream(words), Stream.of("--data", folder.toString()))
                .toArray(String[]::new);
        return new Commands(
                        (settings, printer) -> {
                            throw new AssertionError("nothing is to be served");
                        },
                        settings -> {
                            opened.add(settings);
                            opening.run();
                            return new OpenedProgram();
                        },
                        settings -> {
                            throw new AssertionError("nothing is to be shown");
                        },
                        settings -> TestTurns.PRICES,
                        Map.of(),
                        new FileDisk(),
                        new Random(7))
                .run(args);
    }

    private final class OpenedProgram implements Program {
        @Override
        public Conversations conversations() {
            throw new AssertionError("an operator's command says nothing to anybody");
        }

        @Override
        public OperatorDesk desk() {
            return desk;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private String out() {
        return printed.out().replace(System.lineSeparator(), "\n");
    }

    private String err() {
        return printed.err().replace(System.lineSeparator(), "\n");
    }

    @Test
    void withoutAServerTheFolderIsOpenedAndClosed() {
        assertEquals(0, run("reindex", "--limit.message", "1000"));
        assertEquals("The list holds 12 conversations.\n", out());
        assertEquals("", err());
        assertEquals(1000, opened.get(0).integer(Option.LIMIT_MESSAGE));
        assertEquals(1, closed);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void withAServerTheServerDoesIt() throws IOException {
        ScriptedMaintenance served = new ScriptedMaintenance();
        served.failure = new IOException("The server's disk is full.");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (OperatorDoor door = OperatorDoor.open(
                data,
                new OperatorDesk(served, new HandServices(), new HandClock(), Duration.ofDays(30)),
                threads,
                new ManualTimer())) {
            assertEquals(1, run("delete", OLGA.value()));
        } finally {
            threads.shutdown();
        }
        assertEquals("", out());
        assertEquals("The server's disk is full.\n", err());
        assertEquals(List.of("delete " + OLGA), served.asked);
        assertEquals(List.of(), opened);
        assertEquals(List.of(), maintenance.asked);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void serverThatTookTheFolderMeanwhileDoesIt() throws IOException {
        ScriptedMaintenance served = new ScriptedMaintenance();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<OperatorDoor> doors = new ArrayList<>();
        opening = () -> {
            doors.add(OperatorDoor.open(
                    data,
                    new OperatorDesk(served, new HandServices(), new HandClock(), Duration.ofDays(30)),
                    threads,
                    new ManualTimer()));
            throw new FolderInUseException(data, "Holdfast runs as process 7.");
        };
        try {
            assertEquals(0, run("reindex"));
        } finally {
            doors.get(0).close();
            threads.shutdown();
        }
        assertEquals("", err());
        assertEquals(List.of("reindex"), served.asked);
    }

    @Test
    void folderThatIsHeldByWhoCannotBeReachedIsRefusedWithItsHolder() {
        opening = () -> {
            throw new FolderInUseException(data, "Holdfast runs as process 7.");
        };
        assertEquals(1, run("doctor"));
        assertEquals(
                "The data folder " + data
                        + " is in use. Holdfast runs as process 7. Stop that one first, or use another folder.\n",
                err());
    }

    @Test
    void folderWithTooLongAPathIsSaidToBeTheReason() throws IOException {
        Path deep = Files.createDirectory(data.resolve("x".repeat(100)));
        assertEquals(0, runOn(deep, "reindex"), "nobody has it");
        opening = () -> {
            throw new FolderInUseException(deep, "Holdfast runs as process 7.");
        };
        assertEquals(1, runOn(deep, "reindex"));
        assertEquals(
                "The data folder " + deep
                        + " is in use. Holdfast runs as process 7. Stop that one first, or use another folder. It"
                        + " cannot do this itself: the folder's path is too long for a socket.\n",
                err());
    }

    @Test
    void missingFolderIsMisuseAndIsNotMade() {
        Path missing = data.resolve("dta");
        assertEquals(2, runOn(missing, "doctor"));
        assertEquals("data names " + missing + ", and there is no such folder.\n", err());
        assertFalse(Files.exists(missing));
        assertEquals(List.of(), opened);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete",
                "delete ID ID",
                "delete nonsense",
                "rekey ID",
                "doctor --yaml",
                "purge ID --older-than 30d",
                "purge --older-than",
                "purge --older-than soon --yes",
                "keygen ID"
            })
    void misuseIsSaidAndNothingIsOpened(String line) {
        assertEquals(2, run(line.replace("ID", OLGA.value()).split(" ")));
        assertEquals("", out());
        assertEquals(1, err().lines().count(), err());
        assertEquals(List.of(), opened);
    }

    @Test
    void everyArgumentReachesTheStore() {
        String id = OLGA.value();
        run("doctor", id, "--json");
        run("doctor");
        run("repack", id);
        run("repack");
        run("rekey");
        run("trash");
        run("restore", id);
        run("purge", id, "--yes");
        run("purge", "--yes", "--older-than", "1h");
        assertEquals(
                List.of(
                        "check " + id,
                        "check",
                        "repack " + id,
                        "repack",
                        "rekey",
                        "trash",
                        "restore " + id,
                        "purge " + id + " before +1000000000-12-31T23:59:59.999999999Z",
                        "purge before 2026-11-21T04:31:00Z"),
                maintenance.asked);
    }

    @Test
    void purgeAsksAndTakesAYes() {
        type("yes\n");
        assertEquals(0, run("purge", "--older-than", "30d"));
        assertEquals("""
                What is purged cannot be brought back. Type yes to go on: \
                0 removed for good, 0 left as they were, 0 refused.
                """, out());
        assertEquals(1, maintenance.asked.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no\n", "y\n", "YES\n"})
    void purgeTakesNothingElseForAYes(String typed) {
        type(typed);
        assertEquals(1, run("purge", OLGA.value()));
        assertEquals("Nothing was removed: purge waits for a yes, or is given --yes.\n", err());
        assertEquals(List.of(), opened);
    }

    @Test
    void whatPeopleWroteGivesNoOrdersToTheTerminal() {
        maintenance.trash.add(new Trashed(OLGA, "red\u001b[31m\nline\u009b2J", HandClock.START, 1));
        assertEquals(0, run("trash"));
        assertEquals(OLGA + "  2026-11-21T05:31:00Z  1 byte  red[31m line2J\n", out());
    }

    @Test
    void keygenPrintsAKeyAndNothingElse() {
        assertEquals(0, runOn(data.resolve("not made"), "keygen"));
        assertEquals(List.of(FernetKey.create(new Random(7))), KeyRing.parse(out()));
        assertEquals(45, out().length());
        assertEquals("", err());
        assertFalse(Files.exists(data.resolve("not made")));
    }

    @Test
    void keygenIntoAFileThatIsNotNamedIsMisuse() {
        assertEquals(2, run("keygen", "--add"));
        assertEquals("encryption.key-file does not say where the key file is.\n", err());
        assertEquals("", out());
    }

    @Test
    void keygenIntoAFilePutsAKeyFirstAndPrintsNothingOfIt() throws IOException {
        Path file = data.resolve("keys");
        assertEquals(0, run("keygen", "--add", "--encryption.key-file", file.toString()));
        assertEquals(List.of(FernetKey.create(new Random(7))), KeyRing.parse(Files.readString(file)));
        assertEquals(
                "A new key stands first in " + file + ". It seals from the next start or rekey on.\n"
                        + "Keep a copy of that file away from the data folder: without it nothing that is sealed can be read.\n",
                out());
        assertEquals("", err());
    }

    @ParameterizedTest
    @EnumSource
    void helpSaysWhatTheCommandDoes(OperatorCommand command) {
        assertEquals(0, run(command.word(), "--help"));
        String words = out().replaceAll("\\s+", " ");
        assertTrue(words.contains(command.help()), words);
        assertTrue(words.contains("--data=VALUE"), words);
        assertFalse(words.contains("--model.name"), "settings that do not matter here are not shown");
        assertTrue(words.contains("2 for misuse."), words);
        assertEquals(List.of(), opened);
    }

    @Test
    void argumentsAreGuessedToServeUnlessACommandIsNamed() {
        assertTrue(Commands.serves());
        assertTrue(Commands.serves("serve", "--port", "0"));
        for (String word : List.of("chat", "keygen", "doctor", "purge")) {
            assertFalse(Commands.serves("--data", "x", word), word);
        }
    }

    @Test
    void readmeListsEveryCommand() throws IOException {
        String rows = Arrays.stream(OperatorCommand.values())
                .map(command -> row((command.word() + " " + command.synopsis()).strip(), command.help()))
                .collect(Collectors.joining());
        String expected = "| command | what it does |\n|---|---|\n" + rows
                + row("keygen [" + CommandGrammar.ADD + "]", CommandGrammar.KEYGEN_HELP);
        assertTrue(
                Files.readString(Path.of("README.md")).contains(expected),
                () -> "README's table of commands is out of date. It should be:\n" + expected);
    }

    private static String row(String command, String help) {
        return "| `" + command.replace("|", "\\|") + "` | " + help + " |\n";
    }
}
