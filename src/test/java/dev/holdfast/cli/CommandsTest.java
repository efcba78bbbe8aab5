package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.TestTurns;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.FolderInUseException;
import dev.holdfast.store.ConversationFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CommandsTest {
    private final List<Settings> served = new ArrayList<>();
    private final List<Settings> opened = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    @RegisterExtension
    final Printed printed = new Printed();

    private IOException failure;
    private boolean unchecked;

    private int run(String... args) {
        return new Commands(
                        (settings, printer) -> {
                            if (unchecked) {
                                throw new UncheckedIOException(failure);
                            }
                            if (failure != null) {
                                throw failure;
                            }
                            served.add(settings);
                        },
                        settings -> {
                            opened.add(settings);
                            throw failure;
                        },
                        settings -> {
                            opened.add(settings);
                            return new ConversationFiles(new FileDisk(), Optional.empty(), ZoneOffset.UTC);
                        },
                        settings -> TestTurns.PRICES,
                        environment,
                        new FileDisk(),
                        new Random(7))
                .run(args);
    }

    private String out() {
        return printed.out();
    }

    private String err() {
        return printed.err();
    }

    @Test
    void withoutACommandThePageIsServed() {
        assertEquals(0, run("--port", "0", "--data=elsewhere"));
        assertEquals(0, served.get(0).integer(Option.PORT));
        assertEquals("elsewhere", served.get(0).required(Option.DATA));
        assertEquals("", err());
    }

    @Test
    void serveTakesItsOptionsBeforeAndBehindItsName() {
        environment.put("HOLDFAST_HOST", "localhost");
        assertEquals(0, run("--port", "1", "serve", "--data", "there"));
        assertEquals(1, served.get(0).integer(Option.PORT));
        assertEquals("there", served.get(0).required(Option.DATA));
        assertEquals("localhost", served.get(0).required(Option.HOST));
    }

    @Test
    void helpListsEveryOptionAndItsDefault() {
        for (String[] args : List.<String[]>of(
                new String[] {"--help"}, new String[] {"-h"}, new String[] {"serve", "--help"}, new String[] {
                    "chat", "-h"
                })) {
            printed.out.reset();
            assertEquals(0, run(args));
            String words = out().replaceAll("\\s+", " ");
            for (Option option : Option.values()) {
                assertTrue(words.contains(option.flag() + "=VALUE"), option.flag());
                if (!option.defaultValue().isEmpty()) {
                    assertTrue(words.contains("Default: " + option.defaultValue() + "."), option.flag());
                }
            }
        }
        assertTrue(out().contains("--resume=ID"));
        assertEquals(List.of(), served);
        assertEquals("", err());
    }

    @Test
    void theVersionIsTold() {
        assertEquals(0, run("--version"));
        assertTrue(out().startsWith("Holdfast "), out());
    }

    @Test
    void anUnknownOptionIsMisuse() {
        assertEquals(2, run("--prot", "80"));
        assertTrue(err().contains("--prot"), err());
        assertTrue(err().contains(". See --help."), err());
        assertEquals(List.of(), served);
    }

    @Test
    void anUnknownCommandOrAMissingValueIsMisuse() {
        assertEquals(2, run("sevre"));
        assertEquals(2, run("--port"));
        assertEquals(2, run("serve", "--resume", "x"));
        assertEquals(List.of(), served);
    }

    @Test
    void aBadValueIsMisuseSaidInASentence() {
        assertEquals(2, run("--port", "eighty"));
        assertEquals("port is a whole number, not “eighty”." + System.lineSeparator(), err());
        assertEquals(List.of(), served);
    }

    @Test
    void valuesThatContradictEachOtherAreMisuseInChatToo() {
        assertEquals(2, run("chat", "--host", "0.0.0.0"));
        assertTrue(err().startsWith("host 0.0.0.0 listens beyond this machine"), err());
        assertEquals(List.of(), opened);
    }

    @Test
    void aFolderThatIsInUseIsAFailureThatNamesItsHolder() {
        failure = new FolderInUseException(Path.of("data"), "Holdfast runs as process 7 at http://127.0.0.1:8080/.");
        String sentence = "The data folder data is in use. Holdfast runs as process 7 at http://127.0.0.1:8080/."
                + " Stop that one first, or use another folder." + System.lineSeparator();
        assertEquals(1, run("chat"));
        assertEquals(sentence, err());
        assertEquals(1, opened.size());
        printed.err.reset();
        assertEquals(1, run());
        assertEquals(sentence, err());
        assertFalse(err().contains("Exception"), err());
    }

    @Test
    void aFileThatCannotBeReadIsSaidInASentenceWithoutATrace() {
        failure = new IOException("one.jsonl cannot be read.");
        unchecked = true;
        assertEquals(1, run());
        assertEquals("one.jsonl cannot be read." + System.lineSeparator(), err());
    }
}
