package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed while many clients send, again and again; each sends what was not acknowledged once more, with the
 * same key. {@code -Dfaults.kills} says how often.
 */
@Tag("faults")
class KillIT {
    private static final int CLIENTS = 8;
    private static final int KILLS_A_CONVERSATION = 5;
    private static final int MOST_AT_ONCE = 200;
    private static final int PATIENCE_MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void whatAKilledServerHadAcknowledgedIsThereOnceAndInOrder() throws InterruptedException {
        int kills = Integer.getInteger("faults.kills", 50);
        Random random = new Random(3);
        List<Client> clients = List.of();
        long acknowledged = 0;
        for (int kill = 0; kill <= kills; kill++) {
            try (RunningJar jar = RunningJar.serve(folder.resolve("data"))) {
                for (Client client : clients) {
                    client.check(jar);
                }
                if (kill % KILLS_A_CONVERSATION == 0 || kill == kills) {
                    acknowledged += clients.stream()
                            .mapToLong(client -> client.acknowledged.size())
                            .sum();
                    clients = IntStream.range(0, CLIENTS)
                            .mapToObj(i -> new Client(jar))
                            .toList();
                }
                if (kill < kills) {
                    killUnder(clients, jar, 1 + random.nextInt(12));
                }
            }
        }
        System.out.println("kill campaign: " + kills + " kills of the server under " + CLIENTS + " clients, "
                + acknowledged + " messages acknowledged, each found once and in order, 0 lost");
    }

    private static void killUnder(List<Client> clients, RunningJar jar, int messages) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(messages * CLIENTS);
        List<Thread> threads = clients.stream()
                .map(client -> new Thread(() -> client.sendUntilItEnds(jar, enough), "client"))
                .toList();
        threads.forEach(Thread::start);
        assertTrue(enough.await(PATIENCE_MINUTES, TimeUnit.MINUTES), "clients get no further, or are refused");
        jar.process().kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Somebody with one conversation, who sends one message after the other. */
    private static final class Client {
        private final Visitor visitor;
        private final String conversation;
        private final List<String> acknowledged = new ArrayList<>();

        Client(RunningJar jar) {
            visitor = new Visitor(jar.address());
            acknowledged.add("Message 0");
            conversation = visitor.begin("Message 0");
        }

        void sendUntilItEnds(RunningJar jar, CountDownLatch enough) {
            try {
                while (send(jar)) {
                    enough.countDown();
                }
            } catch (UncheckedIOException e) {
                // The server was killed; the next one is sent the same again.
            }
        }

        private boolean send(RunningJar jar) {
            String text = "Message " + acknowledged.size();
            int status = visitor.at(jar.address())
                    .postJson("c/" + conversation + "/messages", Map.of("text", text, "key", "key-" + text.hashCode()))
                    .statusCode();
            if (status == 202) {
                acknowledged.add(text);
            }
            return status == 202;
        }

        /** All that was acknowledged is there, once and in order; of what was not, at most the last. */
        void check(RunningJar jar) {
            List<String> found = said(jar);
            List<String> expected = new ArrayList<>(acknowledged);
            if (found.size() == expected.size() + 1) {
                expected.add("Message " + acknowledged.size());
            }
            assertEquals(expected, found);
        }

        private List<String> said(RunningJar jar) {
            List<String> said = new ArrayList<>();
            String before = "";
            boolean more = true;
            while (more) {
                JsonObject page = JsonParser.parseString(visitor.at(jar.address())
                                .getJson("c/" + conversation + "/messages?limit=" + MOST_AT_ONCE + before)
                                .body())
                        .getAsJsonObject();
                JsonArray messages = page.getAsJsonArray("messages");
                assertTrue(!messages.isEmpty(), "a page without messages");
                said.addAll(0, users(messages));
                before =
                        "&before=" + messages.get(0).getAsJsonObject().get("id").getAsString();
                more = page.get("more").getAsBoolean();
            }
            return said;
        }

        private static List<String> users(JsonArray messages) {
            List<String> users = new ArrayList<>();
            for (JsonElement element : messages) {
                JsonObject message = element.getAsJsonObject();
                if (message.get("role").getAsString().equals("user")) {
                    users.add(message.get("content").getAsString());
                }
            }
            return users;
        }
    }
}
