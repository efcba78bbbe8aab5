package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock jumps by days, forward and backward, between two runs of the server and while it runs. */
@Tag("faults")
@Timeout(600)
class ClockIT {
    /** Only the clock on the wall is faked; with what the library takes for a mend, waiting threads wake late. */
    private static final Map<String, String> FAKED =
            Map.of("FAKETIME_NO_CACHE", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0");

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private String conversation;
    private Visitor visitor;

    @Test
    void whateverTheClockSaysMessagesStayInOrderAndTheConversationIsListed() {
        String library = fakedTime();
        List<String> jumps = List.of("+0", "+3d", "-3d", "-400d", "+1h", "-1h");
        for (String jump : jumps) {
            try (RunningJar jar = RunningJar.serve(folder.resolve("data"), faked(library, jump))) {
                sayAndCheck(jar, "With the clock at " + jump);
            }
        }
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"))) {
            check(jar);
        }
        System.out.println(
                "clock campaign: " + jumps.size() + " clocks, " + said.size() + " messages in order, 0 lost");
    }

    @Test
    void theClockJumpsUnderTheRunningServerAndMessagesStayInOrder() throws IOException {
        String library = fakedTime();
        Path clock = Files.writeString(folder.resolve("clock"), "+0");
        Map<String, String> environment = new HashMap<>(FAKED);
        environment.put("LD_PRELOAD", library);
        environment.put("FAKETIME_TIMESTAMP_FILE", clock.toString());
        List<String> jumps = List.of("+3d", "-3d", "+0", "-400d", "+1h");
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"), environment)) {
            sayAndCheck(jar, "Before");
            for (String jump : jumps) {
                Files.writeString(clock, jump);
                sayAndCheck(jar, "With the clock at " + jump);
            }
        }
        System.out.println("clock campaign: " + jumps.size() + " jumps under the running server, " + said.size()
                + " messages in order, 0 lost");
    }

    private void sayAndCheck(RunningJar jar, String text) {
        said.add(text);
        if (visitor == null) {
            visitor = new Visitor(jar.address());
            conversation = visitor.begin(text);
        } else {
            visitor = visitor.at(jar.address());
            assertEquals(
                    202,
                    visitor.postJson("c/" + conversation + "/messages", Map.of("text", text))
                            .statusCode());
        }
        visitor.awaitReply(conversation);
        check(jar);
    }

    private void check(RunningJar jar) {
        visitor = visitor.at(jar.address());
        List<String> found = StreamSupport.stream(visitor.messages(conversation).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(message -> message.get("role").getAsString().equals("user"))
                .map(message -> message.get("content").getAsString())
                .toList();
        assertEquals(said, found);
        String list = visitor.getJson("conversations").body();
        assertEquals(
                1,
                JsonParser.parseString(list)
                        .getAsJsonObject()
                        .getAsJsonArray("conversations")
                        .size(),
                list);
        assertTrue(list.contains(conversation), list);
    }

    private static Map<String, String> faked(String library, String offset) {
        Map<String, String> environment = new HashMap<>(FAKED);
        environment.put("LD_PRELOAD", library);
        environment.put("FAKETIME", offset);
        return environment;
    }

    /** The library that fakes the time, as the command that uses it names it. */
    private static String fakedTime() {
        try {
            Process process = new ProcessBuilder("faketime", "-m", "-f", "+0", "printenv", "LD_PRELOAD").start();
            String library = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertTrue(!library.isEmpty(), "faketime names no library");
            return library;
        } catch (IOException e) {
            System.out.println("SKIPPED, a fault campaign did not run: there is no command faketime");
            Assumptions.abort("there is no command faketime");
            throw new UncheckedIOException(e);
        }
    }
}
