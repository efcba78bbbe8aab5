package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.Answer;
import dev.holdfast.Events;
import dev.holdfast.Person;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Where one is signed in: to be seen and ended by oneself, and by nobody else. */
class SignInsPageTest extends MailedSignIns {
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

    private static List<JsonObject> browsers(Person person) {
        JsonArray all = person.getJson("/sign-ins").json().getAsJsonArray("browsers");
        return StreamSupport.stream(all.spliterator(), false)
                .map(one -> one.getAsJsonObject())
                .toList();
    }

    /** By what the only other browser of this person is ended. */
    private static String other(Person person) {
        List<JsonObject> others = browsers(person).stream()
                .filter(one -> !one.get("asking").getAsBoolean())
                .toList();
        assertEquals(1, others.size());
        return others.get(0).get("browser").getAsString();
    }

    @Test
    void pageShowsWhichBrowsersThereAreAndWhichIsThisOne() throws Exception {
        Person desk = site.person();
        desk.post("/sign-in", "email", OLGA);
        Answer entered = desk.ask("POST", "/sign-in/" + token(OLGA))
                .header("User-Agent", FIREFOX)
                .form()
                .send();
        assertEquals(303, entered.status());
        site.pass(Duration.ofHours(2));
        Person phone = olga();
        signIn(site.person(), "paul@example.org");

        List<JsonObject> browsers = browsers(phone);
        assertEquals(2, browsers.size(), "nobody else's");
        assertEquals("", browsers.get(0).get("called").getAsString());
        assertTrue(browsers.get(0).get("asking").getAsBoolean(), "the newest first");
        assertEquals("Firefox on Linux", browsers.get(1).get("called").getAsString());
        assertFalse(browsers.get(1).get("asking").getAsBoolean());

        String page = phone.get("/sign-ins").text();
        assertTrue(page.indexOf(">A browser<") < page.indexOf(">Firefox on Linux<"), page);
        assertEquals(1, page.split("this browser", -1).length - 1, page);
        assertEquals(1, page.split("action=\"/sign-ins/end\"", -1).length - 1, page);
        assertTrue(page.contains("action=\"/sign-out\""), page);
        assertTrue(phone.get("/").text().contains("href=\"/sign-ins\""), "and it can be found");
    }

    @Test
    void neitherSecretsNorTheirHashesAreShown() throws Exception {
        Person desk = olga();
        Person phone = olga();
        String shown = desk.get("/sign-ins").text() + desk.getJson("/sign-ins").text();
        for (Person one : List.of(desk, phone)) {
            assertFalse(shown.contains(one.cookie()));
        }
        String files = site.kept().keySet().toString();
        for (JsonObject browser : browsers(desk)) {
            String name = browser.get("browser").getAsString();
            assertTrue(name.matches("[0-9a-f]{16}"), name);
            assertFalse(files.contains(name), "no part of a hash: " + name);
        }
        assertTrue(files.contains("signins"), "the search would find it");
    }

    @Test
    void endedBrowserIsOutAndItsStreamsWithIt() throws Exception {
        Person desk = olga();
        String id = desk.beginAndHear("Hello");
        Person phone = olga();
        try (Events lost = phone.events("/c/" + id + "/events");
                Events kept = desk.events("/c/" + id + "/events")) {
            Answer ended = desk.post("/sign-ins/end", "browser", other(desk));
            assertEquals("/sign-ins", ended.header("location").orElseThrow());
            assertEnds(lost);
            assertEquals(401, phone.get("/c/" + id).status());
            assertEquals(
                    202,
                    desk.postJson("/c/" + id + "/messages", "text", "Still here")
                            .status());
            kept.await("done");
        }
        assertEquals(1, browsers(desk).size());
        restart("auth", "email", "auth.allow", "@example.org");
        assertEquals(401, phone.at(site).get("/").status(), "for good");
        assertEquals(200, desk.at(site).get("/").status());
    }

    @Test
    void nobodyEndsWhatIsSomebodyElses() throws Exception {
        Person olga = olga();
        Person phone = olga();
        Person paul = signIn(site.person(), "paul@example.org");
        String olgas = other(olga);
        Answer others = paul.post("/sign-ins/end", "browser", olgas);
        Answer nobodys = paul.post("/sign-ins/end", "browser", "0123456789abcdef");
        assertEquals(404, others.status());
        assertEquals(nobodys.text(), others.text(), "nor learns that it is there");
        assertEquals(404, paul.post("/sign-ins/end").status());
        assertEquals(200, paul.postJson("/sign-ins/end-others").status());
        for (Person one : List.of(olga, phone, paul)) {
            assertEquals(200, one.get("/").status());
        }
        assertEquals(200, olga.postJson("/sign-ins/end", "browser", olgas).status(), "she may");
        assertEquals(404, olga.postJson("/sign-ins/end", "browser", olgas).status(), "once");
    }

    @Test
    void allOthersAreEndedAtOnce() throws Exception {
        Person desk = olga();
        List<Person> others = List.of(olga(), olga());
        assertTrue(desk.get("/sign-ins").text().contains("action=\"/sign-ins/end-others\""));
        assertEquals(303, desk.post("/sign-ins/end-others").status());
        for (Person other : others) {
            assertEquals(401, other.get("/").status());
        }
        assertEquals(1, browsers(desk).size());
        assertFalse(desk.get("/sign-ins").text().contains("end-others"), "there are none");
    }

    @Test
    void whereAProxyNamesPeopleThereIsNoSuchPage() {
        restart("auth", "proxy", "auth.header", "X-Who", "proxies", "127.0.0.1");
        for (String method : List.of("GET", "POST")) {
            String path = method.equals("GET") ? "/sign-ins" : "/sign-ins/end-others";
            assertEquals(
                    404, site.ask(method, path).header("X-Who", OLGA).send().status(), path);
        }
        assertFalse(site.ask("GET", "/").header("X-Who", OLGA).send().text().contains("/sign-ins"));
    }
}
