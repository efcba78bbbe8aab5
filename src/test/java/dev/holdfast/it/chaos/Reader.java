package dev.holdfast.it.chaos;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Somebody who reads events on a bare socket: one conversation's stream, or one stream of several. The connection is cut
 * at any event, before or after it is taken, or freezes for a while; the next goes on from the cursor.
 */
final class Reader implements Runnable {
    private static final int SILENCE_MILLIS = 60_000;
    private static final int SMALL_BUFFER = 2048;

    /** What all readers did together. */
    record Tally(AtomicInteger cuts, AtomicInteger freezes, Semaphore events) {}

    private final int port;
    private final String cookie;
    private final List<Heard> heard;
    private final Random random;
    private final Pauses pauses;
    private final Tally tally;
    private final Faults faults;
    private volatile boolean leaving;
    private volatile Socket open;

    /** @param heard of one: it has a stream of its own; of several: they share one */
    Reader(int port, String cookie, List<Heard> heard, Random random, Pauses pauses, Tally tally, Faults faults) {
        this.port = port;
        this.cookie = cookie;
        this.heard = heard;
        this.random = random;
        this.pauses = pauses;
        this.tally = tally;
        this.faults = faults;
    }

    @Override
    public void run() {
        while (!leaving) {
            try (Socket socket = new Socket()) {
                open = socket;
                if (random.nextInt(4) == 0) {
                    socket.setReceiveBufferSize(SMALL_BUFFER);
                }
                socket.setSoTimeout(SILENCE_MILLIS);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                ask(socket);
                listen(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                // The server is not there, or is no more.
            } catch (RuntimeException e) {
                faults.add("a reader of %s: %s", heard.get(0).conversation(), e);
            }
            pauses.upTo(200);
        }
    }

    void leave() throws IOException {
        leaving = true;
        Socket socket = open;
        if (socket != null) {
            socket.close();
        }
    }

    /** By HTTP/1.0, for then the events come as they are, and not in chunks. */
    private void ask(Socket socket) throws IOException {
        String request = heard.size() > 1
                ? "/events?at="
                        + heard.stream()
                                .map(each -> each.conversation() + ":" + each.cursor())
                                .collect(Collectors.joining(","))
                : "/c/" + heard.get(0).conversation() + "/events";
        String place = heard.size() > 1 ? "" : "Last-Event-ID: " + heard.get(0).cursor() + "\r\n";
        socket.getOutputStream()
                .write(("GET " + request + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\nCookie: " + cookie + "\r\n"
                                + place + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void listen(BufferedReader in) throws IOException {
        String status = in.readLine();
        if (status == null) {
            return;
        }
        if (!status.contains(" 200")) {
            faults.add("a reader of %s was answered %s", heard.get(0).conversation(), status);
            return;
        }
        for (String line = status; !line.isEmpty(); line = some(in)) {
            // Headers say nothing that is needed.
        }
        int last = random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(60);
        for (int taken = 0; !leaving; taken++) {
            boolean cut = taken >= last;
            if (cut && random.nextBoolean() || !event(in, cut)) {
                tally.cuts.incrementAndGet();
                return;
            }
            if (random.nextInt(300) == 0) {
                tally.freezes.incrementAndGet();
                pauses.upTo(3000);
            }
        }
    }

    /** Takes an event; or reads it and is cut off before its end. */
    private boolean event(BufferedReader in, boolean cut) throws IOException {
        String id = "";
        String event = "";
        String data = "";
        for (String line = some(in); !line.isEmpty(); line = some(in)) {
            int colon = line.indexOf(": ");
            switch (line.substring(0, colon)) {
                case "id" -> id = line.substring(colon + 2);
                case "event" -> event = line.substring(colon + 2);
                default -> data = line.substring(colon + 2);
            }
        }
        if (!cut) {
            take(event, JsonParser.parseString(data).getAsJsonObject(), id);
        }
        return !cut;
    }

    private void take(String event, JsonObject data, String id) {
        for (Heard each : heard) {
            if (heard.size() == 1
                    || data.has("conversation")
                            && data.get("conversation").getAsString().equals(each.conversation())) {
                each.take(event, data, id.substring(id.indexOf(':') + 1));
            }
        }
        tally.events.release();
    }

    private static String some(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the stream ended");
        }
        return line;
    }
}
