package dev.holdfast.it.chaos;

import dev.holdfast.it.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Somebody who says one thing after the other, each again with the same key until it is acknowledged; the acknowledgement is
 * lost now and then, also while the server is well.
 */
final class Talker implements Runnable {
    private static final int MOST_UNANSWERED = 3;
    private static final int MOST_WAITS = 20;

    private final Visitor visitor;
    private final int port;
    private final String cookie;
    private final Heard heard;
    private final Random random;
    private final Pauses pauses;
    private final Faults faults;
    private final List<String> acknowledged = new ArrayList<>();
    private volatile boolean leaving;
    private int again;

    Talker(Visitor visitor, int port, String cookie, Heard heard, Random random, Pauses pauses, Faults faults) {
        this.visitor = visitor;
        this.port = port;
        this.cookie = cookie;
        this.heard = heard;
        this.random = random;
        this.pauses = pauses;
        this.faults = faults;
    }

    /** After what is being said is acknowledged. */
    void leave() {
        leaving = true;
    }

    @Override
    public void run() {
        while (!leaving) {
            for (int i = 0; i < MOST_WAITS && acknowledged.size() - heard.answered() >= MOST_UNANSWERED; i++) {
                pauses.upTo(300);
            }
            int number = acknowledged.size() + 1;
            String text = "Message " + number + ": " + Words.text(random, 1 + random.nextInt(20), 40);
            if (random.nextInt(4) == 0) {
                sayAndLeave(text, "key-0000-" + number);
            }
            while (!say(text, "key-0000-" + number)) {
                again++;
                pauses.upTo(200);
            }
            acknowledged.add(text);
            pauses.upTo(600);
        }
    }

    /** Its acknowledgement is lost: nobody is there to hear it, or to hear more than its first byte. */
    private void sayAndLeave(String text, String key) {
        again++;
        String form = "text=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&key=" + key;
        String server = "127.0.0.1:" + port;
        String request = "POST /c/" + heard.conversation() + "/messages HTTP/1.0\r\nHost: " + server
                + "\r\nOrigin: http://" + server + "\r\nCookie: " + cookie + "\r\nAccept: application/json"
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\n\r\n" + form;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (random.nextBoolean()) {
                socket.getInputStream().read();
            }
        } catch (IOException e) {
            // The server is not there, or was killed before it could answer.
        }
    }

    private boolean say(String text, String key) {
        try {
            int status = visitor.postJson("c/" + heard.conversation() + "/messages", Map.of("text", text, "key", key))
                    .statusCode();
            if (status != 202) {
                faults.add("%s: message %s was answered %d", heard.conversation(), key, status);
            }
            return status == 202;
        } catch (UncheckedIOException e) {
            return false; // The server is not there, or was killed before it could answer.
        }
    }

    Visitor visitor() {
        return visitor;
    }

    Heard heard() {
        return heard;
    }

    /** In order; to be asked when it has left. */
    List<String> acknowledged() {
        return acknowledged;
    }

    /** How often it had to say something again. */
    int again() {
        return again;
    }
}
