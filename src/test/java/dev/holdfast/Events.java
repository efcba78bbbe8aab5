package dev.holdfast;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection that hears server-sent events. */
public final class Events implements AutoCloseable {
    /** @param id null if it leaves the cursor where it was */
    public record Event(String id, String name, String data) {
        public JsonObject json() {
            return JsonParser.parseString(data).getAsJsonObject();
        }
    }

    private final Socket socket;
    private final AnswerHead head;
    private final BufferedReader lines;

    private Events(Socket socket) throws IOException {
        this.socket = socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        this.head = AnswerHead.read(in);
        this.lines = new BufferedReader(new InputStreamReader(head.body(in), StandardCharsets.UTF_8));
    }

    static Events listen(Ask ask) {
        try {
            return new Events(ask.header("Accept", "text/event-stream").open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Status and headers; there is no body to it. */
    public Answer head() {
        return new Answer(head.status(), head.headers(), new byte[0]);
    }

    /** The next event; null once the stream has ended. */
    public Event next() {
        String id = null;
        String name = null;
        String data = null;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return new Event(id, name, data);
                }
                String value = line.substring(line.indexOf(':') + 1).strip();
                switch (line.substring(0, line.indexOf(':'))) {
                    case "id" -> id = value;
                    case "event" -> name = value;
                    case "data" -> data = value;
                    default -> throw new AssertionError("no line of an event: " + line);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything up to the next event of that name, which is the last one. */
    public List<Event> await(String name) {
        List<Event> heard = new ArrayList<>();
        for (Event event = next(); event != null; event = next()) {
            heard.add(event);
            if (event.name().equals(name)) {
                return heard;
            }
        }
        throw new AssertionError("the stream ended before “" + name + "”: " + heard);
    }

    /** What the deltas among {@code events} say, put together as a page does. */
    public static String text(List<Event> events) {
        StringBuilder text = new StringBuilder();
        for (Event event : events) {
            if (event.name().equals("delta")) {
                text.setLength(Math.min(text.length(), event.json().get("at").getAsInt()));
                text.append(event.json().get("text").getAsString());
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
