package dev.holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.config.SettingsException;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.protect.MessageFilter;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A filter that the operator puts on the class path. */
class OwnFilterTest {
    @TempDir
    Path data;

    @TempDir
    Path beside;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** Lets nobody speak of the budget, and calls Olga by another name. */
    public static final class Discreet implements MessageFilter {
        @Override
        public Optional<Message> filter(Message message) {
            if (message.text().contains("budget")) {
                return Optional.empty();
            }
            return Optional.of(
                    message.withContent(List.of(new Block.Text(message.text().replace("Olga", "Irina")))));
        }
    }

    /** Another one. */
    public static final class Careless implements MessageFilter {
        @Override
        public Optional<Message> filter(Message message) {
            return Optional.of(message);
        }
    }

    private void onClassPath(Class<?>... filters) throws IOException {
        Path services = Files.createDirectories(beside.resolve("META-INF/services"));
        List<String> names = List.of(filters).stream().map(Class::getName).toList();
        Files.write(services.resolve(MessageFilter.class.getName()), names);
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {url(beside)}, before));
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    @AfterEach
    void classPathAsBefore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void filterOnTheClassPathChangesAndDropsMessagesOfPeopleAndReplies() throws IOException {
        onClassPath(Discreet.class);
        try (RunningSite site = RunningSite.start(data, ScriptedModel.answering("Good day, Olga."))) {
            Person person = site.person();
            String id = person.beginAndHear("My name is Olga");

            String shown = person.getJson("/c/" + id + "/messages").text();
            assertTrue(shown.contains("My name is Irina") && shown.contains("Good day, Irina."), shown);

            Answer refused = person.postJson("/c/" + id + "/messages", "text", "What is the budget?");
            assertEquals(422, refused.status(), refused.toString());
            assertFalse(person.getJson("/c/" + id + "/messages").text().contains("budget"));
            assertEquals(
                    422,
                    person.postJson("/c/" + id + "/draft", "text", "The budget").status());
            assertEquals(
                    200,
                    person.postJson("/c/" + id + "/draft", "text", "Dear Olga").status());
            assertTrue(person.get("/c/" + id).text().contains(">Dear Irina</textarea>"));
            site.files().forEach((name, text) -> assertFalse(text.contains("Olga"), name));
        }
    }

    @Test
    void oneOfTwoFiltersMustGo() throws IOException {
        onClassPath(Discreet.class, Careless.class);

        SettingsException refused =
                assertThrows(SettingsException.class, () -> RunningSite.start(data, ScriptedModel.answering("")));

        assertTrue(refused.getMessage().contains("2 message filters"), refused.getMessage());
    }
}
