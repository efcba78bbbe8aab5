package dev.holdfast.web;

import com.google.gson.Gson;
import dev.holdfast.lifecycle.Calls;
import dev.holdfast.lifecycle.PricedCall;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code GET /c/{id}/traces}: the newest calls to models, oldest first, a JSON object a line; {@code ?limit=} says how many.
 * No words, headers or keys.
 */
final class TracesServlet extends ActionServlet {
    TracesServlet(Site site) {
        super(site);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int limit = query(request).limit(Calls.MOST);
        List<PricedCall> calls = site.conversations().calls().newest(owner(request), conversation(request), limit);
        Gson gson = new Gson();
        StringBuilder lines = new StringBuilder();
        calls.forEach(call -> lines.append(gson.toJson(call.json())).append('\n'));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/jsonl");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
