package dev.holdfast;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.holdfast.cli.Commands;
import dev.holdfast.journal.FileDisk;
import dev.holdfast.journal.FolderInUseException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServingTest {
    @TempDir
    Path data;

    /** A reader whose stream never ends must not keep the server from stopping. */
    @Test
    void closeSendsReadersAwayAndWaitsForNobody() {
        RunningSite site = RunningSite.start(data, ScriptedModel.byHand());
        Person person = site.person();
        String id = person.begin("Hello");
        Events gone = person.events("/c/" + id + "/events?after=0");
        gone.await("reply");
        gone.close();
        try (Events reader = person.events("/c/" + id + "/events?after=0")) {
            reader.await("reply");

            assertDoesNotThrow(site::close);

            assertNull(reader.next(), "the stream ends as it should");
        }
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> person.get("/"));
        assertEquals(ConnectException.class, refused.getCause().getClass());
    }

    @Test
    void runningReplyIsKeptAsFarAsItCameAndGoesOn() {
        String id;
        Person person;
        ScriptedModel model = ScriptedModel.byHand();
        try (RunningSite site = RunningSite.start(data, model)) {
            person = site.person();
            id = person.begin("My name is Olga");
            try (Events reader = person.events("/c/" + id + "/events?after=0")) {
                ScriptedModel.Call call = model.awaitCall();
                call.say("Nice to meet you, Ol");
                reader.await("delta");
            }
        }
        try (RunningSite again = RunningSite.start(data, ScriptedModel.answering("Yes."))) {
            try (Events reader = person.at(again).events("/c/" + id + "/events?after=0")) {
                reader.await("done");
                reader.await("done");
            }
            Answer broken = person.at(again).getJson("/c/" + id + "/messages/m2");
            assertTrue(broken.text().contains("\"Nice to meet you, Ol\""), broken.toString());
            assertTrue(broken.text().contains("\"interrupted\""), broken.toString());
            Answer shown = person.at(again).getJson("/c/" + id + "/messages");
            assertTrue(shown.text().contains("\"Yes.\""), shown.toString());
        }
    }

    @Test
    void secondProgramOnTheFolderIsRefused() {
        try (RunningSite first = RunningSite.start(data, ScriptedModel.byHand())) {
            UncheckedIOException refused =
                    assertThrows(UncheckedIOException.class, () -> RunningSite.start(data, ScriptedModel.byHand()));

            assertEquals(FolderInUseException.class, refused.getCause().getClass());
            assertEquals(200, first.person().get("/").status());
        }
    }

    @Test
    void operatorsCommandReachesTheServerThatHasTheFolder() {
        Path socket = data.resolve("operator.sock");
        try (RunningSite site = RunningSite.start(data, ScriptedModel.byHand())) {
            assertTrue(Files.exists(socket));
            Commands commands = new Commands(
                    (settings, out) -> fail("nothing is to be served"),
                    settings -> fail("the server has the folder"),
                    settings -> fail("nothing is to be shown"),
                    settings -> fail("nothing costs anything"),
                    Map.of(),
                    new FileDisk(),
                    new Random(7));

            assertEquals(0, commands.run("doctor", "--data", data.toString()));
            assertEquals(200, site.person().get("/").status());
        }
        assertFalse(Files.exists(socket));
    }

    /** Whoever cannot listen leaves the folder free. */
    @Test
    void takenPortIsSaidAndTheFolderIsFreeAgain(@TempDir Path other) {
        try (RunningSite first = RunningSite.start(data, ScriptedModel.byHand())) {
            String port = Integer.toString(first.address().getPort());
            for (int i = 0; i < 2; i++) {
                UncheckedIOException refused = assertThrows(
                        UncheckedIOException.class,
                        () -> RunningSite.start(other, ScriptedModel.byHand(), "port", port));

                assertEquals(
                        "Cannot listen on 127.0.0.1 port " + port
                                + ": Address already in use. Choose another with --port.",
                        refused.getCause().getMessage());
            }
        }
    }
}
