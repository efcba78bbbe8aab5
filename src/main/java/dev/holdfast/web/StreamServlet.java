package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What actions share that answer with an {@link EventStream}. */
abstract class StreamServlet extends ActionServlet {
    StreamServlet(Site site) {
        super(site);
    }

    /** Makes the stream's reader a watcher. */
    interface Watch {
        /** @return ends the watching */
        Runnable begin(EventStream stream);
    }

    /** Answers a HEAD: the headers only, for nobody; or why there would be no stream. */
    protected final void describe(HttpServletResponse response, Owner owner) {
        site.streams().check(owner);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /**
     * Answers with a stream that goes on until the reader leaves or is sent away.
     *
     * @param name the reader's own for it; a stream of theirs that has it already is over. Empty: it has none
     */
    protected final void stream(
            HttpServletRequest request, HttpServletResponse response, Owner owner, String name, Watch watch)
            throws IOException {
        Runnable place = site.streams().take(owner);
        try {
            begin(request, response, owner, name, watch, place);
        } catch (IOException | RuntimeException e) {
            place.run();
            throw e;
        }
    }

    private void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            Owner owner,
            String name,
            Watch watch,
            Runnable place)
            throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        EventStream stream = new EventStream(
                async,
                response.getOutputStream(),
                site.streams(),
                site.authentication().lasting(request));
        Runnable unname = name.isEmpty()
                ? () -> {}
                : site.streams().name(owner, name, () -> {
                    place.run();
                    stream.end();
                });
        try {
            response.flushBuffer(); // Whoever has the headers may open another in its place: it has its name by then.
            Runnable leave = watch.begin(stream);
            stream.begin(() -> {
                place.run();
                unname.run();
                leave.run();
            });
        } catch (IOException | RuntimeException e) {
            site.log().warn("An event stream could not begin: {}", e.toString());
            place.run();
            unname.run();
            async.complete();
        }
    }
}
