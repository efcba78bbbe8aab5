package dev.holdfast.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.SearchHit.Piece;
import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every template in every state that it can show. */
class TemplatesTest {
    private static final WebApp APP = new WebApp();
    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-20");
    private static final String ID = "01k000000000000000000000ab";
    private static final String HOSTILE = "\"><script>alert(1)</script><img src=x onerror='y'>{{7*1111}}[[${7*1111}]]";

    private static MessageView message(String role, String state, String text) {
        return message(role, state, text, null);
    }

    private static MessageView message(String role, String state, String text, CutView cut) {
        boolean own = role.equals("user");
        boolean streaming = state.equals("streaming");
        return new MessageView(
                "01k000000000000000000000ab",
                role + state,
                "",
                role,
                state,
                streaming ? Markdown.SafeHtml.EMPTY : own ? Markdown.asTyped(text) : new Markdown().render(text),
                own || streaming ? "" : text,
                streaming ? List.of(new BlockView(0, "thinking", text), new BlockView(1, "text", text)) : List.of(),
                streaming ? null : NOW,
                own ? "" : HOSTILE,
                own ? Totals.NONE : new Totals(1204, 900, 240),
                state.equals("failed") ? text : "",
                own ? text : "",
                List.of(role + state, HOSTILE),
                cut != null,
                cut);
    }

    private static List<MessageView> messages() {
        return Stream.of("complete", "interrupted", "stopped", "failed", "length", "streaming")
                .flatMap(state -> Stream.of(message("assistant", state, HOSTILE)))
                .collect(Collectors.collectingAndThen(Collectors.toList(), list -> {
                    list.add(message("user", "complete", HOSTILE, new CutView(12, 12, HOSTILE, HOSTILE, true)));
                    list.add(message("user", "queued", HOSTILE));
                    return list;
                }));
    }

    private static PageView page(ThreadView thread, BannerView banner, Notice notice, boolean offline) {
        List<ListItem> items = Stream.of("running", "idle", "paused", "damaged")
                .map(state -> new ListItem(ID, state.equals("idle") ? "" : HOSTILE, NOW, state, state.equals("idle")))
                .collect(Collectors.toList());
        items.add(new ListItem(ID, "yesterday", NOW.minusSeconds(86_400), "idle", false));
        items.add(new ListItem(ID, "long ago", NOW.minusSeconds(864_000), "idle", false));
        List<DayGroup> days = DayGroup.of(items, Clock.fixed(NOW, ZoneOffset.UTC));
        ListView list = new ListView(days, thread == null ? "/" : "/c/" + ID, ID, thread == null);
        String trashed = offline ? ID : null;
        return new PageView(list, thread, HOSTILE, offline, banner, 1_048_576, "key", notice, null, trashed);
    }

    private static final SearchView.Hit IN_TITLE = new SearchView.Hit(
            ID,
            "",
            List.of(new Piece("a" + HOSTILE, false), new Piece(HOSTILE, true), new Piece("z", false)),
            List.of());
    private static final SearchView.Hit IN_TEXT =
            new SearchView.Hit(ID, HOSTILE, List.of(), List.of(new Piece(HOSTILE, true), new Piece(HOSTILE, false)));

    private static String search(SearchView.Hit... hits) {
        return APP.render("search", Map.of("page", new SearchView(HOSTILE, List.of(hits))));
    }

    private static String trash(boolean more, TrashView.Item... items) {
        return APP.render("trash", Map.of("page", new TrashView(List.of(items), more)));
    }

    private static ThreadView thread(boolean running, boolean more) {
        Totals usage = new Totals(12_044, 9_000, 2_403);
        return new ThreadView(
                ID, HOSTILE, !more, messages(), more, running, HOSTILE, new DraftView(HOSTILE, NOW), usage, more);
    }

    private static PageView signedIn(int unclaimed, boolean operator) {
        AccountView account = new AccountView(HOSTILE, true, operator, unclaimed);
        return new PageView(
                new ListView(List.of(), "/", null, false), null, "built-in", true, null, 1, "", null, account, null);
    }

    /** @param known whether it is known what each browser is called */
    private static String signIns(Boolean... known) {
        List<SignInsView.Item> items = Stream.of(known)
                .map(called -> new SignInsView.Item(
                        HOSTILE,
                        called ? HOSTILE : "",
                        NOW.atZone(ZoneOffset.UTC),
                        NOW.atZone(ZoneOffset.UTC),
                        !called))
                .toList();
        return APP.render("sign-ins", Map.of("page", new SignInsView(items)));
    }

    private static UsageView.Call call(boolean known) {
        return new UsageView.Call(
                known ? "m2" : HOSTILE,
                !known,
                NOW.atZone(ZoneOffset.UTC),
                known ? HOSTILE : "",
                known ? new Totals(1204, 900, 240, "$0.0012") : Totals.NONE,
                known ? "0.3" : "",
                known ? "1.2" : "",
                known ? "failed" : "complete",
                known ? List.of(HOSTILE) : List.of(),
                known);
    }

    private static String usage(UsageView.Sum sum, List<ChartView.Tokens> turns, UsageView.Call... calls) {
        UsageView page =
                new UsageView(ID, HOSTILE, sum, sum, ChartView.of(turns), List.of(calls), calls.length > 1, DAY);
        return APP.render("usage", Map.of("page", page));
    }

    private static Stream<String> usages() {
        return Stream.of(
                usage(new UsageView.Sum(Totals.NONE, List.of()), List.of()),
                usage(
                        new UsageView.Sum(new Totals(1204, 900, 240, "$0.0012"), List.of()),
                        List.of(new ChartView.Tokens(10, 20, false)),
                        call(true)),
                usage(
                        new UsageView.Sum(new Totals(1204, 900, 240, "$0.0012"), List.of(HOSTILE, "")),
                        List.of(new ChartView.Tokens(0, 0, false), new ChartView.Tokens(10, 20, true)),
                        call(true),
                        call(false)),
                usage(new UsageView.Sum(new Totals(12, 0, 2), List.of("")), List.of(), call(false)),
                sent("{\n}", true, HOSTILE),
                sent(HOSTILE, false, HOSTILE),
                sent(HOSTILE, false, "another"),
                sent("", false, HOSTILE, HOSTILE),
                sent("", false, HOSTILE));
    }

    private static String sent(String body, boolean same, String now, String... missing) {
        SentView page =
                new SentView(ID, "m2", NOW.atZone(ZoneOffset.UTC), HOSTILE, now, HOSTILE, body, same, List.of(missing));
        return APP.render("sent", Map.of("page", page));
    }

    static Stream<String> pages() {
        return Stream.concat(usages(), otherPages());
    }

    private static Stream<String> otherPages() {
        BannerView warned = new BannerView("warned", 245, 0, false, false, "", null);
        return Stream.of(
                chat(page(null, null, null, true)),
                chat(page(null, null, new Notice(HOSTILE, HOSTILE), false)),
                chat(new PageView(
                        new ListView(List.of(), "/", null, false),
                        null,
                        "built-in",
                        true,
                        null,
                        1,
                        "",
                        null,
                        null,
                        null)),
                chat(page(thread(true, true), warned, null, true)),
                chat(page(
                        thread(false, false),
                        new BannerView("paused", 0, 12, true, true, HOSTILE, "AAAA"),
                        null,
                        false)),
                chat(page(thread(false, false), new BannerView("expired", 0, 1, false, false, "", null), null, false)),
                chat(page(thread(false, false), new BannerView("resumed", 0, 0, false, false, "", null), null, false)),
                chat(signedIn(0, false)),
                chat(signedIn(1, false)),
                chat(signedIn(12, true)),
                APP.render("unsubscribe", Map.of("page", UnsubscribeView.ask(HOSTILE))),
                APP.render("unsubscribe", Map.of("page", UnsubscribeView.done())),
                APP.render("sign-in", Map.of("page", SignInView.ask("/"))),
                APP.render("sign-in", Map.of("page", SignInView.ask("/").because(HOSTILE))),
                APP.render(
                        "sign-in",
                        Map.of("page", SignInView.ask("/").keeping("/c/" + ID + "/messages", HOSTILE, "key", HOSTILE))),
                APP.render("sign-in", Map.of("page", SignInView.enter(HOSTILE, HOSTILE))),
                APP.render("sign-in", Map.of("page", SignInView.asked())),
                signIns(true),
                signIns(false, true),
                APP.render("resume", Map.of("page", ResumeView.link(HOSTILE))),
                APP.render("resume", Map.of("page", ResumeView.failed(HOSTILE, HOSTILE))),
                APP.render("problem", Map.of("page", new ProblemView(404, HOSTILE, HOSTILE, "/", null))),
                APP.render("problem", Map.of("page", new ProblemView(404, HOSTILE, HOSTILE, "/", ID))),
                search(),
                search(IN_TITLE),
                search(IN_TITLE, IN_TEXT),
                trash(false),
                trash(true, new TrashView.Item(ID, HOSTILE, DAY), new TrashView.Item(ID, "", DAY)));
    }

    private static String chat(PageView page) {
        return APP.render("chat", Map.of("page", page));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pageNeedsNothingThatThePolicyForbids(String html) {
        assertFalse(html.matches("(?s).*<[^>]* style=.*"), "inline style");
        assertFalse(html.matches("(?s).*<style.*"), "inline stylesheet");
        assertFalse(html.matches("(?s).*<[^>\"]* on[a-z]+=.*"), "inline handler");
        assertFalse(html.matches("(?s).*<script(?! type=\"module\" src=\"/mount/js/).*"), "inline script");
        assertFalse(html.matches("(?s).*<(?:iframe|object|embed|base|img)\\b.*"), "foreign content");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everythingThatPageAsksForIsItsOwn(String html) {
        Matcher asked = Pattern.compile("<(?:link|script|form|a|use)\\b[^>]* (?:href|src|action)=\"([^\"]*)\"")
                .matcher(html);
        int found = 0;
        while (asked.find()) {
            String target = asked.group(1);
            boolean said = target.equals("https://a.example/");
            assertTrue(said || target.startsWith(WebApp.MOUNT + "/") || target.startsWith("#"), target);
            found++;
        }
        assertTrue(found > 1);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pageHasNoMissingTextAndNoLeftOverTemplate(String html) {
        assertFalse(html.contains("??"), "missing text");
        assertFalse(html.contains("th:"), "left-over attribute");
        assertFalse(html.contains("7777"), "evaluated what was said");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void idsAreThereOnceAndLabelsPointToThem(String html) {
        Set<String> ids = new HashSet<>();
        Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(html);
        while (id.find()) {
            assertTrue(ids.add(id.group(1)), "twice: " + id.group(1));
        }
        Matcher pointer = Pattern.compile(" (?:for|form|popovertarget|aria-describedby)=\"([^\"]*)\"")
                .matcher(html);
        while (pointer.find()) {
            assertTrue(ids.contains(pointer.group(1)), "nobody is " + pointer.group(1));
        }
    }

    @Test
    void messageAloneIsTheMessageInThePage() {
        MessageView message = message("assistant", "complete", "**a**");
        String alone = APP.render("message", Map.of("m", message)).strip();
        ThreadView thread =
                new ThreadView(ID, "", true, List.of(message), false, false, "1", DraftView.NONE, Totals.NONE, false);
        assertTrue(chat(page(thread, null, null, false)).contains(alone));
        assertTrue(alone.startsWith("<article") && alone.endsWith("</article>"), alone);
    }

    private static String cut(CutView cut) {
        String html = APP.render("message", Map.of("m", message("user", "complete", "Hello", cut)));
        return html.substring(0, html.indexOf("<article")).replaceAll("\\s+", " ");
    }

    @Test
    void noteAboveAMessageShowsTheSummaryAsPlainTextAndWhoWroteIt() {
        String html = cut(new CutView(12, 12, "a <b>\n" + HOSTILE, "haiku", false));
        assertTrue(html.contains("The model sees a summary of the 12 exchanges above."), html);
        assertTrue(html.contains("<div class=\"typed\" dir=\"auto\">a &lt;b&gt; &quot;&gt;&lt;script&gt;"), html);
        assertTrue(html.contains("Written by haiku."), html);
        assertTrue(html.contains("action=\"/mount/c/" + ID + "/summary/undo\""), html);
        assertFalse(html.contains("word for word"), html);
        String extract = cut(new CutView(0, 0, "a", "", true));
        assertTrue(extract.contains("The model sees a summary of the messages above."), extract);
        assertTrue(extract.contains("Put together of sentences from the conversation. Some messages"), extract);
    }

    @Test
    void noteSaysWhatIsNeitherSentNorSummarised() {
        String partial = cut(new CutView(12, 7, "a", "", false));
        assertTrue(partial.contains("a summary of the first 7 of 12 exchanges above."), partial);
        String nothing = cut(new CutView(12, 0, "", "", false));
        assertTrue(nothing.contains("The model no longer sees the messages above."), nothing);
        assertFalse(nothing.contains("<form") || nothing.contains("<details"), nothing);
        assertEquals("", cut(null).strip().replaceAll("<!--.*-->", ""));
    }

    @Test
    void onlyWhatIsOnDiskInAConversationCanBeKeptInView() {
        for (MessageView message : messages()) {
            boolean keepable =
                    !message.state().equals("streaming") && !message.state().equals("queued");
            String html = APP.render("message", Map.of("m", message));
            assertEquals(keepable, html.contains("/keep\""), message.state());
        }
        assertFalse(chat(page(null, null, null, false)).contains("/keep\""));
        String kept =
                APP.render("message", Map.of("m", message("user", "complete", "a", new CutView(1, 1, "", "", true))));
        assertTrue(kept.contains("data-kept=\"true\"") && kept.contains("name=\"keep\" value=\"false\""), kept);
        String not = APP.render("message", Map.of("m", message("user", "complete", "a")));
        assertTrue(!not.contains("data-kept") && not.contains("name=\"keep\" value=\"true\""), not);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void olderMessagesTellWhetherThereAreMore(boolean more) {
        String html = APP.render("messages", Map.of("messages", messages(), "more", more))
                .strip();
        assertTrue(html.startsWith("<div data-more=\"" + more + "\"><article"), html);
        assertEquals(messages().size(), html.split("<article", -1).length - 1);
    }

    @Test
    void listAloneIsTheListInThePage() {
        PageView page = page(null, null, null, false);
        String alone = APP.render("list", Map.of("list", page.list())).strip();
        assertTrue(chat(page).contains(alone));
    }

    @Test
    void listLinksToWhatLiesBeforeAndBehind() {
        String onFrontPage = APP.render("list", Map.of("list", new ListView(List.of(), "/", ID, true)));
        assertTrue(onFrontPage.contains("href=\"/mount/\""), onFrontPage);
        assertTrue(onFrontPage.contains("href=\"/mount/?after=" + ID + "\""), onFrontPage);
        String whole = APP.render("list", Map.of("list", new ListView(List.of(), "/c/" + ID, null, false)));
        assertFalse(whole.contains("href"), whole);
    }

    @Test
    void hitShowsWhatMatchedAndLeadsToTheMessage() {
        String html = search(
                new SearchView.Hit(
                        ID,
                        "m12",
                        List.of(new Piece("Letters", false)),
                        List.of(new Piece("a <b> ", false), new Piece("light<house", true), new Piece(" &", false))),
                new SearchView.Hit(ID, "", List.of(new Piece("A ", false), new Piece("lighthouse", true)), List.of()));
        assertTrue(html.contains("a &lt;b&gt; <mark>light&lt;house</mark> &amp;<"), html);
        assertTrue(html.contains(">A <mark>lighthouse</mark><"), html);
        assertTrue(html.contains("href=\"/mount/c/" + ID + "#message-m12\""), html);
        assertTrue(html.contains("href=\"/mount/c/" + ID + "\""), html);
        assertTrue(html.contains(">2 places found.<"), html);
        assertTrue(chat(page(thread(false, false), null, null, false)).contains(" id=\"message-usercomplete\""));
    }

    @Test
    void onlyOwnConversationsCanBeMovedToTheTrash() {
        String delete = "action=\"/mount/c/" + ID + "/delete\"";
        assertTrue(chat(page(thread(false, false), null, null, false)).contains(delete));
        assertFalse(chat(page(thread(false, true), null, null, false)).contains(delete));
    }

    @Test
    void trashSaysWhenEachWasLastActiveAndNamesWhatIsRestored() {
        String html = trash(false, new TrashView.Item(ID, "Letters", DAY));
        assertTrue(html.contains("<time datetime=\"2026-11-20\">November 20, 2026</time>"), html);
        assertTrue(html.contains("<button>Restore <span class=\"unseen\" dir=\"auto\">Letters</span></button>"), html);
        assertTrue(html.contains("action=\"/mount/c/" + ID + "/restore\""), html);
        assertTrue(trash(false).contains("The trash is empty."));
    }

    @Test
    void streamingMessageTellsHowMuchOfEachBlockItHolds() {
        String html = APP.render("message", Map.of("m", message("assistant", "streaming", "a\uD83D\uDE00\r\n<")));
        assertTrue(html.matches("(?s).*data-block=\"1\"\\s+data-length=\"6\">a\uD83D\uDE00\r\n&lt;</div>.*"), html);
        assertTrue(html.contains("data-state=\"streaming\""), html);
    }

    @Test
    void tickSaysSavedForNothingThatIsNotOnDisk() {
        for (MessageView message : messages()) {
            String html = APP.render("message", Map.of("m", message));
            assertEquals(!message.state().equals("streaming"), html.contains("Saved on disk"), message.state());
        }
        String html = chat(page(null, null, null, false));
        String pending = html.substring(html.indexOf("id=\"pending-message\""), html.indexOf("id=\"started-reply\""));
        assertFalse(pending.contains("Saved on disk"));
        assertTrue(pending.contains("On its way"));
    }

    @Test
    void runningReplyReloadsOnlyWhereThereIsNoJavaScript() {
        String refresh = "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>";
        assertTrue(chat(page(thread(true, false), null, null, false)).contains(refresh));
        assertFalse(chat(page(thread(false, false), null, null, false)).contains("http-equiv"));
    }

    @Test
    void noticeGivesTheTextBackToTheComposer() {
        String html = chat(page(thread(false, false), null, new Notice("Too long.", "kept <text>"), false));
        assertTrue(html.contains(">kept &lt;text&gt;</textarea>"), html);
        assertTrue(html.contains(">Too long.</p>"));
        assertFalse(html.contains("data-saved-at"), "it is not the saved draft");
    }

    @Test
    void draftStandsInTheComposerWhereThereIsNoNotice() {
        DraftView draft = new DraftView("half a thou", NOW);
        ThreadView thread = new ThreadView(ID, "", true, List.of(), false, false, "1", draft, Totals.NONE, true);
        String html = chat(page(thread, null, null, false));
        assertTrue(html.contains(">half a thou</textarea>"));
        assertTrue(html.contains("data-saved-at=\"2026-11-21T09:30:00Z\""), html);
    }

    @Test
    void unescapedTextStandsInOnePlaceAndComesFromMarkdown() {
        List<String> places = WebApp.files("WEB-INF/templates", ".html").stream()
                .flatMap(file -> WebApp.text(file).lines())
                .filter(line -> line.contains("th:utext=") || line.contains("[(") || line.contains("th:inline"))
                .map(String::strip)
                .toList();
        assertEquals(1, places.size(), places.toString());
        assertTrue(places.get(0).contains("th:utext=\"${m.html().value()}\""), places.toString());
    }

    @Test
    void chartHasABarInABarForEachOfTheNewestTurns() {
        ChartView.Tokens first = new ChartView.Tokens(1, 1, false);
        List<ChartView.Tokens> turns = new ArrayList<>(Collections.nCopies(ChartView.MOST_TURNS, first));
        turns.add(new ChartView.Tokens(50, 200, true));
        UsageView.Sum sum = new UsageView.Sum(new Totals(12, 0, 2), List.of());

        String html = usage(sum, turns, call(true));

        assertTrue(html.contains("viewBox=\"0 0 600 1000\""), html);
        assertEquals(ChartView.MOST_TURNS, html.split("class=\"chart-whole\"", -1).length - 1);
        assertEquals(ChartView.MOST_TURNS, html.split("class=\"chart-sent\"", -1).length - 1);
        assertEquals(1, html.split("class=\"chart-cut\"", -1).length - 1);
        assertTrue(html.contains("<rect class=\"chart-whole\" x=\"590\" y=\"0\" width=\"9\" height=\"1000\">"), html);
        assertTrue(html.contains("<rect class=\"chart-sent\" x=\"592\" y=\"750\" width=\"5\" height=\"250\">"), html);
        assertTrue(html.contains("<path class=\"chart-cut\" d=\"M590 0V1000\">"), html);
        assertTrue(
                html.contains("In 60 turns, 109 tokens were sent. Everything resent each time would have been 259."),
                html);
        assertTrue(html.contains("<td>50</td><td>200</td>"), "the same in the table");
    }

    @Test
    void priceThatIsNotKnownIsSaidWithTheModelAndNeverMadeUp() {
        String none = usage(new UsageView.Sum(new Totals(12, 0, 2), List.of("local", "")), List.of(), call(true));
        assertTrue(none.contains("price not known: local"), none);
        assertTrue(none.contains("price not known: a model whose name was not noted down"), none);
        String some = usage(new UsageView.Sum(new Totals(12, 0, 2, "$1.00"), List.of("local")), List.of(), call(true));
        assertTrue(some.matches("(?s).*<dd>\\$1\\.00\\s+and what local cost, which is not known</dd>.*"), some);
    }

    @Test
    void everyTextIsUsed() throws IOException {
        String templates = WebApp.files("WEB-INF/templates", ".html").stream()
                .map(WebApp::text)
                .collect(Collectors.joining());
        Properties texts = new Properties();
        texts.load(new StringReader(WebApp.text(WebApp.ROOT.resolve("WEB-INF/templates/messages.properties"))));
        Set<String> composed =
                Set.of("list", "message", "banner", "welcome", "operator", "links", "ended"); // #{${'list.' + …}}
        for (String key : texts.stringPropertyNames()) {
            assertTrue(
                    templates.contains("#{" + key + "}")
                            || templates.contains("#{" + key + "(")
                            || composed.contains(key.substring(0, Math.max(0, key.indexOf('.')))),
                    "nobody says " + key);
        }
    }

    @Test
    void scriptsUseOnlyTextsThatThePageHands() {
        String html = chat(page(thread(false, false), null, null, false));
        Matcher said = Pattern.compile("(?:texts\\.say\\(|#hold\\(letter, |#later\\(letter, )\"([A-Za-z]+)\"")
                .matcher(WebApp.files("js", ".js").stream().map(WebApp::text).collect(Collectors.joining()));
        Set<String> keys = new HashSet<>();
        while (said.find()) {
            keys.add(said.group(1));
        }
        assertTrue(keys.size() > 12, keys.toString());
        for (String key : keys) {
            String attribute = "data-" + key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + "=";
            assertTrue(html.contains(attribute), key);
        }
    }
}
