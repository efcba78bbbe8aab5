package dev.holdfast.cli;

import static dev.holdfast.cli.ScriptedMaintenance.ILYA;
import static dev.holdfast.cli.ScriptedMaintenance.OLGA;
import static dev.holdfast.cli.ScriptedMaintenance.finding;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.CapturedLog;
import dev.holdfast.HandClock;
import dev.holdfast.config.SettingsException;
import dev.holdfast.lifecycle.NoPublicUrlException;
import dev.holdfast.lifecycle.NoSuchConversationException;
import dev.holdfast.store.Maintenance.Damage;
import dev.holdfast.store.Maintenance.Health;
import dev.holdfast.store.Maintenance.Outcome;
import dev.holdfast.store.Maintenance.Quarantined;
import dev.holdfast.store.Maintenance.Step;
import dev.holdfast.store.Maintenance.Trashed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorDeskTest {
    private static final String FILE = "conversations/aa/" + OLGA + ".jsonl";

    private final ScriptedMaintenance maintenance = new ScriptedMaintenance();
    private final NotedReport report = new NotedReport();
    private final HandServices services = new HandServices();
    private final OperatorDesk desk = new OperatorDesk(maintenance, services, new HandClock(), Duration.ofDays(30));

    private int run(String... words) {
        return desk.run(Order.parse(words[0], List.of(words).subList(1, words.length)), report);
    }

    private String said() {
        return String.join("\n", report.lines);
    }

    private static Step step(String conversation, Outcome outcome, String sentence, long before, long after) {
        return new Step(conversation, outcome, sentence, before, after);
    }

    @Test
    void doctorTellsOfSoundFilesTheirNumberOnly() {
        maintenance.findings.addAll(List.of(ScriptedMaintenance.sound(OLGA), ScriptedMaintenance.sound(ILYA)));

        assertEquals(0, run("doctor"));

        assertEquals("""
                out 2 files checked: 2 sound, 0 healed, 0 damaged, 0 locked, 0 unreadable, 0 unchecked.
                out In quarantine: 0 files.""", said());
        assertEquals(List.of("check"), maintenance.asked);
    }

    @Test
    void doctorTellsWhatIsNotSoundAndWhere() {
        maintenance.findings.addAll(List.of(
                finding(OLGA, Health.HEALED, 37, ""),
                finding(
                        OLGA,
                        Health.DAMAGED,
                        0,
                        "",
                        new Damage(3, 301, 95, "Its checksum does not match."),
                        new Damage(7, 800, 1, "It is no JSON object.")),
                finding(OLGA, Health.DAMAGED, 0, "It holds no sound line."),
                finding(OLGA, Health.LOCKED, 0, "", new Damage(1, 0, 500, "No key opens it.")),
                finding(OLGA, Health.UNREADABLE, 0, "Its version is holdfast/9."),
                finding(OLGA, Health.UNCHECKED, 0, ""),
                ScriptedMaintenance.sound(ILYA)));
        maintenance.quarantined.add(new Quarantined("quarantine/x", 37));

        assertEquals(1, run("doctor"));

        assertEquals("""
                out FILE: healed. A torn end of 37 bytes, as a crash leaves it; opening moves it to quarantine.
                out FILE: damaged. Line 3 (byte 301, 95 bytes): Its checksum does not match.
                out FILE: damaged. Line 7 (byte 800, 1 byte): It is no JSON object.
                out FILE: damaged. It holds no sound line.
                out FILE: locked. No key opens it.
                out FILE: unreadable. Its version is holdfast/9.
                out FILE: unchecked. Its lines are another program's, without checksums; 12 lines can be read.
                out 7 files checked: 1 sound, 1 healed (37 bytes), 2 damaged (2 places, 96 bytes), 1 locked, 1 unreadable, 1 unchecked.
                out In quarantine: 1 file (37 bytes).""".replace("FILE", FILE), said());
    }

    @ParameterizedTest
    @CsvSource({"SOUND, 0", "HEALED, 0", "UNCHECKED, 0", "DAMAGED, 1", "LOCKED, 1", "UNREADABLE, 1"})
    void doctorFailsOnlyIfSomebodyMustLook(Health health, int status) {
        maintenance.findings.add(finding(OLGA, health, 0, ""));
        assertEquals(status, run("doctor"));
        assertEquals(status, run("doctor", OLGA.value(), "--json"));
    }

    @Test
    void doctorShowsTheFirstPlacesOfAFileFullOfDamage() {
        Damage[] many = IntStream.rangeClosed(1, 1234)
                .mapToObj(line -> new Damage(line, 100L * line, 100, "No."))
                .toArray(Damage[]::new);
        maintenance.findings.add(finding(OLGA, Health.DAMAGED, 0, "", many));

        run("doctor");
        assertEquals(23, report.lines.size());
        assertEquals("out " + FILE + ": 1214 more places; --json shows more.", report.lines.get(20));

        run("doctor", "--json");
        String line = report.lines.get(23);
        JsonObject json = json(line);
        assertEquals(1000, json.getAsJsonArray("damage").size());
        assertEquals(234, json.get("damage_left_out").getAsInt());
        assertTrue(line.length() < OperatorProtocol.LONGEST_ANSWER / 2, "fits into a line of an answer");
    }

    @Test
    void doctorWritesJsonALineForEachFileAndTheTotals() {
        maintenance.findings.add(
                finding(OLGA, Health.DAMAGED, 2, "", new Damage(3, 301, 95, "Its checksum does not match.")));
        maintenance.findings.add(ScriptedMaintenance.sound(ILYA));
        maintenance.quarantined.add(new Quarantined("quarantine/x", 37));

        assertEquals(1, run("doctor", "--json"));

        assertEquals(3, report.lines.size());
        assertEquals(
                JsonParser.parseString("""
                        {"conversation":"ID","file":"FILE","health":"damaged","form":"plain","lines":12,"torn_bytes":2,
                        "damage":[{"line":3,"offset":301,"bytes":95,"sentence":"Its checksum does not match."}],
                        "damage_left_out":0,"sentence":""}""".replace("ID", OLGA.value()).replace("FILE", FILE)),
                json(report.lines.get(0)));
        assertEquals("sound", json(report.lines.get(1)).get("health").getAsString());
        assertEquals(JsonParser.parseString("""
                {"totals":{"files":2,"sound":1,"healed":0,"damaged":1,"locked":0,"unchecked":0,"unreadable":0,
                "torn_bytes":2,"damaged_places":1,"damaged_bytes":95,"quarantined_files":1,"quarantined_bytes":37}}
                """), json(report.lines.get(2)));
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line.substring("out ".length())).getAsJsonObject();
    }

    @Test
    void conversationThatIsNotThereIsSaid() {
        assertEquals(1, run("doctor", OLGA.value()));
        assertEquals(1, run("repack", OLGA.value()));
        assertEquals(1, run("purge", OLGA.value()));
        assertEquals("""
                err There is no conversation with that id in this data folder.
                err There is no conversation with that id in this data folder.
                err There is nothing with that id in the trash.""", said());
        assertEquals(
                List.of("check " + OLGA, "repack " + OLGA, "purge " + OLGA + " before " + Instant.MAX),
                maintenance.asked);
    }

    @Test
    void repackTellsWhatItMadeSmallerAndTheRestAsANumber() {
        maintenance.steps.addAll(List.of(
                step("a", Outcome.DONE, "", 1000, 400),
                step("b", Outcome.UNCHANGED, "It is packed already.", 50, 50),
                step("c", Outcome.DONE, "", 2000, 600)));

        assertEquals(0, run("repack"));

        assertEquals("""
                out a: repacked, 1000 bytes became 400.
                out c: repacked, 2000 bytes became 600.
                out 2 repacked (3000 bytes became 1000), 1 left as they were, 0 refused.""", said());
    }

    @Test
    void whoNamesAConversationHearsWhyItWasLeftAsItWas() {
        maintenance.steps.add(step("b", Outcome.UNCHANGED, "It is packed already.", 50, 50));
        assertEquals(0, run("repack", ILYA.value()));
        assertEquals("out b: left as it was. It is packed already.", said());
    }

    @Test
    void refusedStepFailsTheCommandAndTheOthersAreDone() {
        maintenance.steps.addAll(List.of(
                step("a", Outcome.REFUSED, "No key opens line 3.", 1000, 1000),
                step("b", Outcome.REFUSED, "", 1000, 1000),
                step("c", Outcome.DONE, "", 1, 2)));
        assertEquals(1, run("rekey"));
        assertEquals("""
                err a: refused. No key opens line 3.
                err b: refused.
                out c: sealed anew, 1 byte became 2.
                out 1 sealed anew (1 byte became 2), 0 left as they were, 2 refused.""", said());
        assertEquals(List.of("rekey"), maintenance.asked);
    }

    @Test
    void purgeRemovesWhatWasDeletedLongEnoughAgo() {
        maintenance.steps.add(step(OLGA.value(), Outcome.DONE, "", 1000, 0));
        assertEquals(0, run("purge", "--older-than", "7d"));
        assertEquals("""
                out ID: removed for good, 1000 bytes.
                out 1 removed for good (1000 bytes), 0 left as they were, 0 refused.""".replace("ID", OLGA.value()), said());
        assertEquals(List.of("purge before 2026-11-14T05:31:00Z"), maintenance.asked);
    }

    @Test
    void purgeThatIsToldNothingSparesWhatWasDeletedInTheTimeOfGrace() {
        assertEquals(0, run("purge"));
        assertEquals(List.of("purge before 2026-10-22T05:31:00Z"), maintenance.asked);
    }

    @Test
    void trashIsListed() {
        maintenance.trash.add(new Trashed(OLGA, "My name is Olga", HandClock.START, 1234));
        maintenance.trash.add(new Trashed(ILYA, "", HandClock.START, 1));
        assertEquals(0, run("trash"));
        assertEquals("""
                out 01j0000000aaaaaaaaaaaaaaaa  2026-11-21T05:31:00Z  1234 bytes  My name is Olga
                out 01j0000000bbbbbbbbbbbbbbbb  2026-11-21T05:31:00Z  1 byte  (no title)""", said());
    }

    @Test
    void emptyTrashIsSaidToBeEmpty() {
        assertEquals(0, run("trash"));
        assertEquals("out The trash is empty.", said());
    }

    @Test
    void whatHasNoStepsIsSaidToBeDone() {
        assertEquals(0, run("delete", OLGA.value()));
        assertEquals(0, run("restore", OLGA.value()));
        assertEquals(0, run("reindex"));
        assertEquals("""
                out ID is in the trash. “restore ID” brings it back.
                out ID is back.
                out The list holds 12 conversations.""".replace("ID", OLGA.value()), said());
        assertEquals(List.of("delete " + OLGA, "restore " + OLGA, "reindex"), maintenance.asked);
    }

    @Test
    void failureOfTheStoreIsASentence() {
        maintenance.failure = new IOException("There is no such conversation.");
        assertEquals(1, run("delete", OLGA.value()));
        maintenance.failure = new UncheckedIOException(new IOException("The disk is full."));
        assertEquals(1, run("repack"));
        maintenance.failure = new SettingsException("The key file is gone.");
        assertEquals(1, run("rekey"));
        maintenance.failure = new IOException();
        assertEquals(1, run("repack"));
        assertEquals("""
                err There is no such conversation.
                err The disk is full.
                err The key file is gone.
                err java.io.IOException""", said());
    }

    @Test
    void faultOfOursIsLoggedAndTheCommandFails() {
        maintenance.failure = new IllegalStateException("never");
        try (CapturedLog log = CapturedLog.begin()) {
            assertEquals(1, run("reindex"));
            assertTrue(log.text().contains("The operator's command reindex failed"), log.text());
            assertTrue(log.text().contains("\tat "), "with its trace: " + log.text());
        }
        assertEquals("err reindex failed: java.lang.IllegalStateException: never", said());
    }

    @Test
    void readerWhoHasGoneEndsTheWorkAfterTheConversationInHand() {
        maintenance.findings.addAll(List.of(ScriptedMaintenance.sound(OLGA), ScriptedMaintenance.sound(ILYA)));
        Report gone = new Report() {
            @Override
            public void out(String line) {}

            @Override
            public void err(String line) {}

            @Override
            public void checkReader() {
                if (maintenance.done() == 1) {
                    throw new Gone(null);
                }
            }
        };
        Order doctor = Order.parse("doctor", List.of());
        assertThrows(Report.Gone.class, () -> desk.run(doctor, gone));
        assertEquals(1, maintenance.done());
    }

    /** The address alone is what a script or a mail takes further. */
    @Test
    void linkPrintsTheAddressAndBesideItHowLong() {
        assertEquals(0, run("link", OLGA.value()));
        assertEquals("""
                out https://chat.example.org/resume/%s
                err It works until 2026-11-23T05:31:00Z, for whoever has it.""".formatted(OLGA), said());
    }

    @Test
    void linkSaysWhyThereIsNone() {
        services.refusal = new NoSuchConversationException();
        assertEquals(1, run("link", OLGA.value()));
        services.refusal = new NoPublicUrlException();
        assertEquals(1, run("link", OLGA.value()));
        assertEquals("""
                err There is no such conversation outside the trash.
                err It is not known under which address people reach the page: set public-url, or do this while the \
                server runs.""", said());
    }

    @Test
    void statusIsCounts() {
        assertEquals(0, run("status"));
        assertTrue(said().contains("out conversations kept     12\n"), said());
        assertTrue(said().contains("out free on the disk       2000 bytes"), said());
    }
}
