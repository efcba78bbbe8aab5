package dev.holdfast.web;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.Passage;
import dev.holdfast.lifecycle.TooManyAttemptsException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all actions share: whose conversation, how to answer, and that every failure becomes an answer. */
abstract class ActionServlet extends HttpServlet {
    /** What may be waited for (a disk, a mail server) is given up on by then. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final String FORM = "form";

    protected final transient Site site;

    ActionServlet(Site site) {
        this.site = site;
    }

    /** Loaded with the first JSON answer: the page, which people wait for after a start, needs none. */
    private static final class Json {
        private static final Gson GSON = new Gson();
    }

    /** An answer that is given later. */
    interface Answer<T> {
        void give(T result) throws IOException;
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!isForEverybody(request)) {
                letIn(request);
            }
            super.service(request, response);
        } catch (IOException | RuntimeException | ServletException e) {
            fail(request, response, e);
        }
    }

    /** Whether also those are answered who would have to sign in first. A {@link PublicServlet} says so. */
    protected boolean isForEverybody(HttpServletRequest request) {
        return false;
    }

    /** Whether so much of it can be asked for that others notice. What changes something can. */
    protected boolean costs(HttpServletRequest request) {
        return !Routes.reads(request.getMethod());
    }

    /** How this request comes in to have a model asked or a conversation made. */
    protected final Passage passage(HttpServletRequest request, Owner owner) {
        return site.conversations().gate().passage(owner, site.networks().of(request));
    }

    /** What whoever is refused has typed is read, so that it can be given back with the answer. */
    private void letIn(HttpServletRequest request) {
        try {
            Optional<Owner> owner = site.authentication().owner(request);
            if (costs(request)) {
                site.conversations().gate().enter(owner, site.networks().of(request));
            }
        } catch (HttpProblem | TooManyAttemptsException refused) {
            try {
                form(request);
            } catch (IOException | HttpProblem e) {
                site.log().debug("What came with a refused request could not be read: {}", e.toString());
            }
            throw refused;
        }
    }

    /** Answers that {@code failure} happened. An action with a better page for it says so. */
    protected void fail(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        site.problems().send(request, response, failure);
    }

    /** The conversation that the path names. A malformed id names none. */
    static ConversationId conversation(HttpServletRequest request) {
        return ConversationId.parse(Routes.variable(request, "id")).orElseThrow(HttpProblem::notFound);
    }

    /** Who asks. A browser that shows no cookie owns nothing that it could ask for. */
    protected final Owner owner(HttpServletRequest request) {
        return site.authentication().owner(request).orElseThrow(HttpProblem::notFound);
    }

    /** Whether it is {@code owner}'s, not in the trash, and not just opened to them by a link. */
    protected final boolean owns(Owner owner, ConversationId id) {
        return site.conversations().owner(id).filter(owner::equals).isPresent();
    }

    /** The form, of at most {@code limit.message} and what its encoding adds. */
    protected final Form form(HttpServletRequest request) throws IOException {
        Form form = Form.read(request, 3L * site.maxMessageBytes() + 4096);
        request.setAttribute(FORM, form);
        return form;
    }

    /** The form, if it has been read. */
    static Optional<Form> formRead(HttpServletRequest request) {
        return Optional.ofNullable((Form) request.getAttribute(FORM));
    }

    /** The fields behind the question mark. */
    static Form query(HttpServletRequest request) {
        String query = request.getQueryString();
        return Form.parse(query == null ? new byte[0] : query.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A client's id for this request, so that a retry is the same request. */
    static Optional<String> sendKey(Form form) {
        Optional<String> key = form.field("key");
        if (key.isPresent() && !key.get().matches("[A-Za-z0-9_-]{8,64}")) {
            throw HttpProblem.badRequest(
                    "A send key has 8 to 64 letters, digits, hyphens or underscores. Nothing was saved.");
        }
        return key;
    }

    /** Whether the client asked for JSON rather than for a page. */
    static boolean wantsJson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("application/json");
    }

    static void sendJson(HttpServletResponse response, int status, JsonObject json) throws IOException {
        sendJson(response, status, "application/json", json);
    }

    static void sendJson(HttpServletResponse response, int status, String type, JsonObject json) throws IOException {
        byte[] bytes = Json.GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Answers with a page of its own. @param page what its template calls so */
    protected final void sendPage(
            HttpServletRequest request, HttpServletResponse response, int status, String template, Object page)
            throws IOException {
        site.pages().send(request, response, status, template, Map.of("page", page));
    }

    /** Sends a browser on to {@code path}, which it will GET. */
    static void seeOther(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getContextPath() + path);
        response.setHeader("Cache-Control", "no-store");
    }

    /** Answers that what was asked is done: back to the conversation, or an empty object for a program. */
    static void done(HttpServletRequest request, HttpServletResponse response, ConversationId id) throws IOException {
        if (wantsJson(request)) {
            sendJson(response, 200, new JsonObject());
        } else {
            seeOther(request, response, "/c/" + id);
        }
    }

    /** Answers once {@code future} is done; no thread waits for it. */
    protected final <T> void later(
            HttpServletRequest request, HttpServletResponse response, CompletableFuture<T> future, Answer<T> answer) {
        AsyncContext async = request.startAsync();
        AtomicBoolean answered = new AtomicBoolean();
        async.setTimeout(LONGEST_WAIT.toMillis());
        async.addListener(new TooSlow(() -> {
            if (answered.compareAndSet(false, true)) {
                fail(
                        request,
                        response,
                        new HttpProblem(
                                503, "Too slow", "This took too long. Look again in a moment whether it was done."));
            }
            async.complete();
        }));
        future.whenCompleteAsync(
                (result, failure) -> {
                    if (!answered.compareAndSet(false, true)) {
                        return;
                    }
                    try {
                        if (failure == null) {
                            answer.give(result);
                        } else {
                            fail(request, response, failure);
                        }
                    } catch (IOException | RuntimeException e) {
                        failQuietly(request, response, e);
                    } finally {
                        async.complete();
                    }
                },
                site.answers());
    }

    /** The reader may be gone; then there is nobody to tell. */
    private void failQuietly(HttpServletRequest request, HttpServletResponse response, Exception failure) {
        try {
            fail(request, response, failure);
        } catch (IOException | RuntimeException e) {
            site.log().debug("An answer could not be given: {}", e.toString());
        }
    }

    private record TooSlow(TimeoutAction action) implements AsyncListener {
        private interface TimeoutAction {
            void run() throws IOException;
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            action.run();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
