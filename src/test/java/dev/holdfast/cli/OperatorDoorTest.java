package dev.holdfast.cli;

import static dev.holdfast.cli.ScriptedMaintenance.ILYA;
import static dev.holdfast.cli.ScriptedMaintenance.OLGA;
import static dev.holdfast.cli.ScriptedMaintenance.finding;
import static dev.holdfast.cli.ScriptedMaintenance.sound;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.CapturedLog;
import dev.holdfast.HandClock;
import dev.holdfast.journal.FolderSocket;
import dev.holdfast.model.ManualTimer;
import dev.holdfast.store.Maintenance.Damage;
import dev.holdfast.store.Maintenance.Health;
import dev.holdfast.store.Maintenance.Outcome;
import dev.holdfast.store.Maintenance.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders over a real socket, in both directions. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class OperatorDoorTest {
    private static final String DOCTOR = "{\"command\":\"doctor\",\"arguments\":[]}";
    private static final String MISUSED = "{\"exit\":2}";

    @TempDir
    Path folder;

    private final ScriptedMaintenance maintenance = new ScriptedMaintenance();
    private final ExecutorService threads = Executors.newFixedThreadPool(1 + OperatorDoor.MOST_AT_ONCE);
    private final ManualTimer timer = new ManualTimer();
    /** What a conversation waits for, in tests where one does. */
    private final CountDownLatch goOn = new CountDownLatch(1);

    private OperatorDoor door;

    private OperatorDoor open() {
        return open(folder);
    }

    private OperatorDoor open(Path where) {
        door = OperatorDoor.open(
                where,
                new OperatorDesk(maintenance, new HandServices(), new HandClock(), Duration.ofDays(30)),
                threads,
                timer);
        return door;
    }

    @AfterEach
    void end() throws Exception {
        goOn.countDown();
        if (door != null) {
            door.close();
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS), "nobody waits for anything any more");
    }

    /** Somebody at the socket who speaks for himself. */
    private LineChannel caller() throws IOException {
        return new LineChannel(FolderSocket.connect(folder).orElseThrow(), OperatorProtocol.LONGEST_ANSWER);
    }

    private static List<String> answer(LineChannel caller, String line) throws IOException {
        caller.write(line);
        List<String> lines = new ArrayList<>();
        while (true) {
            String next = caller.read().orElseThrow(() -> new AssertionError("no exit status behind " + lines));
            lines.add(next);
            if (next.startsWith("{\"exit\"")) {
                return lines;
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Damage damage() {
        return new Damage(3, 301, 95, "Its checksum does not match.");
    }

    @Test
    void linesAndStatusLookLikeThisOnTheWire() throws IOException {
        open();
        maintenance.steps.add(new Step("a", Outcome.REFUSED, "It says “no”.", 1, 1));
        maintenance.steps.add(new Step("b", Outcome.DONE, "", 9, 8));
        try (LineChannel caller = caller()) {
            assertEquals(
                    List.of(
                            "{\"err\":\"a: refused. It says “no”.\"}",
                            "{\"out\":\"b: repacked, 9 bytes became 8.\"}",
                            "{\"out\":\"1 repacked (9 bytes became 8), 0 left as they were, 1 refused.\"}",
                            "{\"exit\":1}"),
                    answer(caller, "{\"command\":\"repack\",\"arguments\":[]}"));
            assertEquals(Optional.empty(), caller.read(), "then the door closes");
        }
    }

    @Test
    void orderThatIsSentIsCarriedOutThereAndReportedHere() throws IOException {
        open();
        maintenance.findings.add(finding(OLGA, Health.DAMAGED, 0, "", damage()));
        NotedReport report = new NotedReport();
        Order order = Order.parse("doctor", List.of(OLGA.value()));

        assertEquals(OptionalInt.of(1), OperatorClient.send(folder, order, report));

        NotedReport here = new NotedReport();
        new OperatorDesk(maintenance, new HandServices(), new HandClock(), Duration.ofDays(30)).run(order, here);
        assertEquals(here.lines, report.lines);
        assertEquals(List.of("check " + OLGA, "check " + OLGA), maintenance.asked);
    }

    @Test
    void severalOrdersComeOneAfterTheOther() throws IOException {
        open();
        for (int i = 0; i < 20; i++) {
            NotedReport report = new NotedReport();
            assertEquals(OptionalInt.of(0), OperatorClient.send(folder, Order.parse("reindex", List.of()), report));
            assertEquals(List.of("out The list holds 12 conversations."), report.lines);
        }
    }

    @Test
    void whereNobodyListensNothingIsSent() throws IOException {
        NotedReport report = new NotedReport();
        assertEquals(OptionalInt.empty(), OperatorClient.send(folder, Order.parse("reindex", List.of()), report));
        open().close();
        assertEquals(OptionalInt.empty(), OperatorClient.send(folder, Order.parse("reindex", List.of()), report));
        assertEquals(List.of(), report.lines);
        assertFalse(Files.exists(folder.resolve("operator.sock")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "doctor",
                "null",
                "[]",
                "{}",
                "{\"command\":\"doctor\"}",
                "{\"command\":null,\"arguments\":[]}",
                "{\"command\":[\"doctor\"],\"arguments\":[]}",
                "{\"command\":\"doctor\",\"arguments\":{}}",
                "{\"command\":\"doctor\",\"arguments\":[1]}",
                "{\"command\":\"doctor\",\"arguments\":[null]}",
                "{\"command\":\"doctor\",\"arguments\":[]} trailing",
                "{\"command\":\"doctor\",\"arguments\":[",
                "GET / HTTP/1.1\r",
                "\u0000\u0001\ufffd"
            })
    void lineThatIsNoOrderIsRefused(String line) throws IOException {
        open();
        try (LineChannel caller = caller()) {
            assertEquals(
                    List.of(
                            "{\"err\":\"That is no order. One looks like this:"
                                    + " {\\\"command\\\":\\\"doctor\\\",\\\"arguments\\\":[]}\"}",
                            MISUSED),
                    answer(caller, line));
        }
        assertEquals(List.of(), maintenance.asked);
        assertGoesOn();
    }

    @Test
    void deeplyNestedLineIsRefused() throws IOException {
        open();
        try (LineChannel caller = caller()) {
            assertEquals(MISUSED, answer(caller, "[".repeat(4096)).get(1));
        }
        assertGoesOn();
    }

    @Test
    void unknownCommandIsRefusedWithTheKnownOnes() throws IOException {
        open();
        try (LineChannel caller = caller()) {
            assertEquals(
                    List.of(
                            "{\"err\":\"Unknown command. Known are: doctor, repack, rekey, reindex, trash, delete,"
                                    + " restore, link, status, purge.\"}",
                            MISUSED),
                    answer(caller, "{\"command\":\"serve\",\"arguments\":[]}"));
        }
        try (LineChannel caller = caller()) {
            assertEquals(
                    List.of("{\"err\":\"delete needs the id of a conversation.\"}", MISUSED),
                    answer(caller, "{\"command\":\"delete\",\"arguments\":[]}"));
        }
        assertEquals(List.of(), maintenance.asked);
    }

    @Test
    void lineMayBeAsLongAsSaidAndNoLonger() throws IOException {
        open();
        try (LineChannel caller = caller()) {
            assertEquals(
                    "{\"exit\":0}",
                    answer(caller, " ".repeat(4096 - DOCTOR.length()) + DOCTOR).get(2));
        }
        for (int more : new int[] {1, 4096, 1 << 20}) {
            try (LineChannel caller = caller()) {
                assertEquals(
                        List.of("{\"err\":\"That is no order: a line is longer than 4096 bytes.\"}", MISUSED),
                        answerToAll(caller, " ".repeat(4096 - DOCTOR.length() + more) + DOCTOR));
            }
        }
        assertEquals(List.of("check"), maintenance.asked);
    }

    /** The door may close before all of a long line is written. */
    private static List<String> answerToAll(LineChannel caller, String line) throws IOException {
        try {
            caller.write(line);
        } catch (IOException e) {
            assertEquals("Broken pipe", e.getMessage());
        }
        return List.of(caller.read().orElseThrow(), caller.read().orElseThrow());
    }

    private void assertGoesOn() throws IOException {
        try (LineChannel caller = caller()) {
            assertEquals("{\"exit\":0}", answer(caller, DOCTOR).get(2));
        }
    }

    @Test
    void callerWhoGoesEndsTheOrderAfterTheConversationInHand() throws IOException {
        open();
        maintenance.findings.addAll(List.of(
                finding(OLGA, Health.DAMAGED, 0, "", damage()),
                finding(ILYA, Health.DAMAGED, 0, "", damage()),
                finding(OLGA, Health.DAMAGED, 0, "", damage())));
        assertEndsAfterTheFirst(caller -> caller.read().orElseThrow());
    }

    @Test
    void callerWhoGoesEndsAnOrderThatHasNothingToSay() throws IOException {
        open();
        maintenance.findings.addAll(List.of(sound(OLGA), sound(ILYA), sound(OLGA)));
        assertEndsAfterTheFirst(caller -> "");
    }

    private interface Hearing {
        String hear(LineChannel caller) throws IOException;
    }

    private void assertEndsAfterTheFirst(Hearing hearing) throws IOException {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        maintenance.before = () -> {
            if (maintenance.done() == 1) {
                second.countDown();
                await(goOn);
            }
        };
        maintenance.ended = ended::countDown;
        try (LineChannel caller = caller()) {
            caller.write(DOCTOR);
            hearing.hear(caller);
            await(second);
        }
        goOn.countDown();
        await(ended);
        assertEquals(1, maintenance.done());
        maintenance.findings.clear();
        assertGoesOn();
    }

    @Test
    void callerWhoSaysNothingIsSentAwayAndOneWhoWaitsIsNot() throws IOException {
        open();
        CountDownLatch begun = new CountDownLatch(1);
        maintenance.findings.add(sound(OLGA));
        maintenance.before = () -> {
            begun.countDown();
            await(goOn);
        };
        try (LineChannel silent = caller();
                LineChannel waiting = caller()) {
            waiting.write(DOCTOR);
            await(begun);
            awaitPatience(1);
            timer.advance(Duration.ofSeconds(10));
            assertEquals(Optional.empty(), silent.read());
            goOn.countDown();
            assertTrue(waiting.read().orElseThrow().startsWith("{\"out\":\"1 file checked: 1 sound"));
        }
    }

    /** Until so many are waited for. */
    private void awaitPatience(int callers) {
        while (timer.waiting().size() != callers) {
            Thread.onSpinWait();
        }
    }

    @Test
    void moreOrdersThanAreCarriedOutAtOnceWaitAndAreTold() throws IOException {
        open();
        CountDownLatch begun = new CountDownLatch(OperatorDoor.MOST_AT_ONCE);
        maintenance.findings.add(sound(OLGA));
        maintenance.before = () -> {
            begun.countDown();
            await(goOn);
        };
        List<LineChannel> callers = new ArrayList<>();
        for (int i = 0; i < OperatorDoor.MOST_AT_ONCE; i++) {
            callers.add(caller());
            callers.get(i).write(DOCTOR);
        }
        await(begun);
        try (LineChannel late = caller()) {
            late.write("{\"command\":\"reindex\",\"arguments\":[]}");
            assertEquals(
                    "{\"err\":\"Other operator commands are running here. This one waits for them.\"}",
                    late.read().orElseThrow());
            assertEquals(List.of("check", "check"), maintenance.asked);
            goOn.countDown();
            assertEquals(
                    "{\"out\":\"The list holds 12 conversations.\"}",
                    late.read().orElseThrow());
            assertEquals("{\"exit\":0}", late.read().orElseThrow());
        }
        for (LineChannel caller : callers) {
            try (caller) {
                assertTrue(caller.read().orElseThrow().contains("1 sound"));
            }
        }
        assertEquals(List.of("check", "check", "reindex"), maintenance.asked);
    }

    @Test
    void waitingCallersAreSentAwayWhenTheDoorCloses() throws IOException {
        open();
        List<LineChannel> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            callers.add(caller());
        }
        callers.get(4).read(); // that it waits
        door.close();
        for (LineChannel caller : callers) {
            try (caller) {
                caller.read().ifPresent(told -> assertTrue(told.contains("waits"), told));
                assertEquals(Optional.empty(), caller.read());
            }
        }
    }

    @Test
    void closingWaitsForTheConversationInHandAndTellsTheCaller() throws Exception {
        open();
        CountDownLatch begun = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        maintenance.findings.addAll(List.of(sound(OLGA), sound(ILYA)));
        maintenance.before = () -> {
            begun.countDown();
            await(goOn);
            order.add("a conversation was checked");
        };
        Thread closing = new Thread(() -> {
            try {
                door.close();
                order.add("closed");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Thread server = new Thread(() -> {
            await(begun);
            closing.start();
            while (closing.getState() != Thread.State.WAITING && closing.isAlive()) {
                Thread.onSpinWait();
            }
            goOn.countDown();
        });
        server.start();

        NotedReport report = new NotedReport();
        Order doctor = Order.parse("doctor", List.of());
        IOException failure = assertThrows(IOException.class, () -> OperatorClient.send(folder, doctor, report));

        assertEquals(
                "The process that has the data folder " + folder
                        + " ended before the command did. What was done stays done; run this again.",
                failure.getMessage());
        server.join();
        closing.join();
        assertEquals(List.of("a conversation was checked", "closed"), order);
        assertEquals(List.of(), report.lines);
        assertEquals(Optional.empty(), FolderSocket.connect(folder));
    }

    @Test
    void closingSendsAwayWhoHasSaidNothing() throws IOException {
        open();
        try (LineChannel silent = caller()) {
            awaitPatience(1);
            door.close();
            assertEquals(Optional.empty(), silent.read());
        }
    }

    @Test
    void folderWithTooLongAPathIsSaidInTheLogAndTheProcessGoesOn() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(100)));
        try (CapturedLog log = CapturedLog.begin()) {
            open(deep).close();
            assertEquals(1, log.text().lines().count(), log.text());
            assertTrue(
                    log.text()
                            .contains("Operator commands on this folder need this process to be stopped: "
                                    + deep.resolve("operator.sock") + ": is too long a path for a socket"),
                    log.text());
        }
    }

    /** Whatever else speaks at the socket: it is no answer. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "{}", "[]", "{\"exit\":\"0\"}", "{\"out\":1}"})
    void answerThatIsNoneIsSaid(String line) throws Exception {
        try (FolderSocket other = FolderSocket.open(folder)) {
            threads.execute(() -> {
                try (LineChannel lines = new LineChannel(other.accept(), 4096)) {
                    lines.read();
                    lines.write(line);
                    lines.read();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Order order = Order.parse("trash", List.of());
            IOException failure =
                    assertThrows(IOException.class, () -> OperatorClient.send(folder, order, new NotedReport()));
            assertEquals(
                    "The process that has the data folder " + folder
                            + " gives no answer that is understood: a line says neither out, err nor exit. Is it of"
                            + " another version? Stop it, then run this again.",
                    failure.getMessage());
        }
    }
}
