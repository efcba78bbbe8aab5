package dev.holdfast.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.SearchHit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code GET /search?q=}: where words stand in one's conversations. Nothing asked for leads to the list. */
final class SearchServlet extends ActionServlet {
    /** In UTF-16 units. */
    private static final int LONGEST = 200;

    private static final int HITS = 20;

    SearchServlet(Site site) {
        super(site);
    }

    /** It goes through everything that one has. */
    @Override
    protected boolean costs(HttpServletRequest request) {
        return true;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String words = query(request).field("q").orElse("").strip();
        if (words.length() > LONGEST) {
            throw HttpProblem.badRequest("What is searched for has at most " + LONGEST + " characters.");
        }
        if (words.isEmpty() && !wantsJson(request)) {
            seeOther(request, response, "/");
            return;
        }
        List<SearchHit> hits = words.isEmpty() ? List.of() : search(request, words);
        if (wantsJson(request)) {
            sendJson(response, 200, json(hits));
        } else {
            sendPage(request, response, 200, "search", site.views().search(words, hits));
        }
    }

    private List<SearchHit> search(HttpServletRequest request, String words) {
        return site.authentication()
                .owner(request)
                .map((Owner owner) -> site.conversations().search(owner, words, HITS))
                .orElse(List.of());
    }

    static JsonObject json(List<SearchHit> hits) {
        JsonArray all = new JsonArray();
        hits.forEach(hit -> all.add(json(hit)));
        JsonObject json = new JsonObject();
        json.add("hits", all);
        return json;
    }

    private static JsonObject json(SearchHit hit) {
        JsonArray snippet = new JsonArray();
        for (SearchHit.Piece piece : hit.snippet()) {
            JsonObject json = new JsonObject();
            json.addProperty("text", piece.text());
            json.addProperty("matched", piece.matched());
            snippet.add(json);
        }
        JsonObject json = new JsonObject();
        json.addProperty("id", hit.listing().id().value());
        json.addProperty("title", hit.listing().title());
        json.addProperty("lastActivity", hit.listing().lastActivity().toString());
        hit.message().ifPresent(message -> json.addProperty("message", message));
        json.add("snippet", snippet);
        return json;
    }
}
