package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Person;
import dev.holdfast.RunningSite;
import dev.holdfast.ScriptedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A secret that comes in by a form goes nowhere: not to the page, a file, or a list. */
@Timeout(60)
class RedactionTest {
    /** Amazon's own example of a key id. */
    private static final String SECRET = "AKIAIOSFODNN7EXAMPLE";

    @TempDir
    Path data;

    @Test
    void aSecretThatIsPostedIsReplacedOnThePageInTheListAndOnDisk() {
        try (RunningSite site = RunningSite.start(data, ScriptedModel.answering("Yes."), "redact", "secrets")) {
            Person olga = site.person();
            String id = olga.beginAndHear(SECRET + " is my key");

            String page = olga.get("/c/" + id).text();

            assertTrue(page.contains("&lt;AWS_KEY_0&gt; is my key"), page);
            assertFalse(page.contains(SECRET));
            assertEquals(
                    200,
                    olga.postJson("/c/" + id + "/title", "title", "On " + SECRET)
                            .status());
            assertFalse(olga.getJson("/conversations").text().contains(SECRET));
            assertFalse(site.files().toString().contains(SECRET));
        }
    }

    @Test
    void withRedactionOffTextIsKeptAsItIs() {
        try (RunningSite site = RunningSite.start(data, ScriptedModel.answering("Yes."), "redact", "off")) {
            Person olga = site.person();
            String id = olga.beginAndHear(SECRET + " is my key");

            assertTrue(olga.get("/c/" + id).text().contains(SECRET));
            assertTrue(site.files().toString().contains(SECRET), "the test above would see it");
        }
    }
}
