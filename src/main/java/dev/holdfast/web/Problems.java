package dev.holdfast.web;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.MessageDroppedException;
import dev.holdfast.conversation.NoSuchMessageException;
import dev.holdfast.conversation.SendKeyConflict;
import dev.holdfast.conversation.TurnRunsException;
import dev.holdfast.lifecycle.MailNotSentException;
import dev.holdfast.lifecycle.NoPublicUrlException;
import dev.holdfast.lifecycle.NoSuchConversationException;
import dev.holdfast.lifecycle.OtherRecipientException;
import dev.holdfast.lifecycle.TooManyAttemptsException;
import dev.holdfast.web.view.ProblemView;
import dev.holdfast.web.view.SignInView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people and programs what went wrong. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final Pages pages;

    Problems(Pages pages) {
        this.pages = pages;
    }

    /** What {@code failure} means to the one who asked. Only what nobody foresaw is logged, without content. */
    static HttpProblem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpProblem problem) {
            return problem;
        }
        if (cause instanceof NoSuchConversationException) {
            return HttpProblem.notFound();
        }
        if (cause instanceof NoSuchMessageException) {
            return new HttpProblem(404, "No such message", cause.getMessage());
        }
        if (cause instanceof TurnRunsException) {
            return new HttpProblem(409, "Not now", cause.getMessage());
        }
        if (cause instanceof SendKeyConflict) {
            return new HttpProblem(409, "Sent before", cause.getMessage());
        }
        if (cause instanceof MessageDroppedException) {
            return new HttpProblem(422, "Not let through", cause.getMessage());
        }
        if (cause instanceof TooManyAttemptsException tooMany) {
            return HttpProblem.tooMany("Too often", cause.getMessage(), tooMany.retryAfterSeconds());
        }
        if (cause instanceof OtherRecipientException) {
            return new HttpProblem(403, "For somebody else", cause.getMessage());
        }
        if (cause instanceof NoPublicUrlException) {
            return new HttpProblem(503, "No address", cause.getMessage());
        }
        if (cause instanceof MailNotSentException notSent) {
            return new HttpProblem(notSent.addressRefused() ? 400 : 502, "Mail not sent", cause.getMessage());
        }
        if (cause instanceof UncheckedIOException
                || failure instanceof CompletionException && cause instanceof IOException) {
            LOG.error("A conversation could not be read or written: {}", cause.toString());
            return new HttpProblem(
                    503,
                    "The disk refused",
                    "This conversation cannot be read or written just now. What was saved before is safe; what you"
                            + " just sent was not saved. The server's log says why.");
        }
        if (failure instanceof IOException) {
            return HttpProblem.badRequest("The request broke off before it was whole. Send it again.");
        }
        LOG.error("A request failed", cause);
        return new HttpProblem(
                500, "A fault of ours", "Something went wrong here. What was marked as saved is safe. Try again.");
    }

    /** Answers with the problem, if there is still an answer to give. */
    void send(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        HttpProblem problem = problem(failure);
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        sayWhen(response, problem);
        if (ActionServlet.wantsJson(request)) {
            JsonObject json = new JsonObject();
            json.addProperty("title", problem.title());
            json.addProperty("status", problem.status());
            json.addProperty("detail", problem.getMessage());
            ActionServlet.sendJson(response, problem.status(), "application/problem+json", json);
        } else if (problem.status() == 401) {
            pages.send(request, response, 401, "sign-in", Map.of("page", askToSignIn(request)));
        } else {
            ProblemView view = new ProblemView(
                    problem.status(), problem.title(), problem.getMessage(), back(request, problem), null);
            pages.send(request, response, problem.status(), "problem", Map.of("page", view));
        }
    }

    /** Tells programs when it may be tried again, if that is known. */
    static void sayWhen(HttpServletResponse response, HttpProblem problem) {
        if (problem.retryAfter() > 0) {
            response.setHeader("Retry-After", Integer.toString(problem.retryAfter()));
        }
    }

    /** Who only has to wait goes on in the conversation where they were. */
    private static String back(HttpServletRequest request, HttpProblem problem) {
        Optional<String> id = Optional.ofNullable(Routes.variable(request, "id"));
        return problem.status() == 429
                ? id.flatMap(ConversationId::parse).map(here -> "/c/" + here).orElse("/")
                : "/";
    }

    /** The page to sign in on. What was typed into a form that could not be taken is given back with it. */
    private static SignInView askToSignIn(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Optional<Form> form = ActionServlet.formRead(request);
        Optional<String> text = form.flatMap(read -> read.field("text"));
        return SignInView.ask(SignInServlet.pathToGoOn(path))
                .keeping(
                        path,
                        text.orElse(null),
                        form.flatMap(read -> read.field("key")).orElse(null),
                        form.flatMap(read -> read.field("message")).orElse(null));
    }
}
