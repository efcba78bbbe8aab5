package dev.holdfast;

import java.util.List;

/** Somebody with a browser that keeps its cookie. Follows no redirects. */
public final class Person {
    private static final String COOKIE = "holdfast=";

    private final RunningSite site;
    private String cookie;

    Person(RunningSite site) {
        this.site = site;
    }

    /** The same person at the site that came in this one's place. */
    public Person at(RunningSite other) {
        Person same = new Person(other);
        same.cookie = cookie;
        return same;
    }

    /** The cookie's value; null before the site gave one. */
    public String cookie() {
        return cookie == null ? null : cookie.substring(COOKIE.length());
    }

    /** A request with the cookie. */
    public Ask ask(String method, String target) {
        Ask ask = site.ask(method, target);
        return cookie == null ? ask : ask.header("Cookie", cookie);
    }

    public Answer get(String target) {
        return keep(ask("GET", target).send());
    }

    public Answer getJson(String target) {
        return keep(ask("GET", target).json().send());
    }

    /** Sends a form as a page without JavaScript does. */
    public Answer post(String target, String... namesAndValues) {
        return keep(ask("POST", target).form(namesAndValues).send());
    }

    public Answer postJson(String target, String... namesAndValues) {
        return keep(ask("POST", target).json().form(namesAndValues).send());
    }

    private Answer keep(Answer answer) {
        for (String set : answer.headers().getOrDefault("set-cookie", List.of())) {
            if (set.startsWith(COOKIE)) {
                cookie = set.replaceFirst(";.*", "");
            }
        }
        return answer;
    }

    /** Begins a conversation with {@code text}: its id. */
    public String begin(String text) {
        Answer answer = postJson("/c", "text", text);
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().get("id").getAsString();
    }

    /** Begins a conversation and waits for the reply: its id. */
    public String beginAndHear(String text) {
        String id = begin(text);
        try (Events events = events("/c/" + id + "/events?after=0")) {
            events.await("done");
        }
        return id;
    }

    /** Listens to what happens. */
    public Events events(String target, String... headers) {
        Ask ask = ask("GET", target);
        for (int i = 0; i < headers.length; i += 2) {
            ask.header(headers[i], headers[i + 1]);
        }
        return Events.listen(ask);
    }
}
