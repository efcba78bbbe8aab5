package dev.holdfast.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.architecture.Rooms.Door;
import dev.holdfast.architecture.Rooms.Room;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the program, and a house that was built wrong on purpose, against the plan in {@link Rooms}. */
class RoomsTest {
    private static final String BAD = "dev.holdfast.architecture.bad";
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.holdfast");
    private static final JavaClasses BAD_HOUSE = new ClassFileImporter().importPackages(BAD);

    @TestFactory
    Stream<DynamicTest> programKeeps() {
        RoomRules rules = new RoomRules("dev.holdfast");
        Stream<ArchRule> perRoom = Rooms.TABLE.stream().map(rules::imports);
        Stream<ArchRule> perDoor = Rooms.DOORS.stream().map(rules::door);
        Stream<ArchRule> others =
                Stream.of(rules.everyPackageIsARoom(), rules.noCycles(), rules.handedIn(), rules.noStaticState());
        return Stream.of(perRoom, perDoor, others)
                .flatMap(stream -> stream)
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PROGRAM)));
    }

    @Test
    void programIsThere() {
        assertTrue(PROGRAM.contain("dev.holdfast.Main"), "nothing to hold against the plan");
        assertFalse(PROGRAM.contain(RoomsTest.class), "tests are not held against it");
    }

    /** A row that named a later one would allow what no later row can forbid. */
    @Test
    void tableNamesEarlierRowsOnly() {
        Set<String> earlier = new HashSet<>();
        for (Room room : Rooms.TABLE) {
            assertTrue(earlier.containsAll(room.mayImport()), room + " imports a room that comes after it");
            assertTrue(earlier.add(room.name()), room + " stands twice");
        }
    }

    @Test
    void unknownPackageIsReported() {
        assertReported(bad().everyPackageIsARoom(), "attic.Forgotten");
    }

    @Test
    void importAgainstTheTableIsReported() {
        assertReported(bad().imports(room("conversation")), "conversation.AsksStore", "conversation.AsksMain");
        assertReported(bad().imports(room("store")));
        assertReported(bad().imports(room("lifecycle")), "lifecycle.AsksJournal");
    }

    @Test
    void cycleIsReported() {
        String report = report(bad().noCycles());
        assertTrue(report.contains("Slice conversation") && report.contains("Slice store"), report);
    }

    @Test
    void wayPastADoorIsReported() {
        assertReported(bad().door(door("files")), "config.OtherReader", "store.OpensFile", "Root");
        assertReported(bad().door(door("databases")), "store.OpensDatabase");
        assertReported(bad().door(door("servlets")), "lifecycle.AnswersHttp");
    }

    @Test
    void homemadeTimeChanceAndThreadsAreReported() {
        assertReported(
                bad().handedIn(),
                "store.ReadsClock$AsMethodReference",
                "store.ReadsClock$OfZone",
                "store.ReadsClock",
                "store.RollsDice",
                "store.StartsThread");
    }

    @Test
    void staticStateIsReported() {
        List<String> fields = report(bad().noStaticState())
                .lines()
                .filter(line -> line.startsWith(BAD))
                .map(line -> line.substring(line.lastIndexOf("Remembers.") + "Remembers.".length(), line.indexOf(' ')))
                .sorted()
                .toList();
        assertEquals(List.of("CACHE", "COUNT", "LAST", "SHARED_ARRAY", "WORD", "next"), fields);
    }

    private static RoomRules bad() {
        return new RoomRules(BAD);
    }

    private static Room room(String name) {
        return Rooms.TABLE.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Door door(String what) {
        return Rooms.DOORS.stream()
                .filter(row -> row.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private static String report(ArchRule rule) {
        return String.join("\n", rule.evaluate(BAD_HOUSE).getFailureReport().getDetails());
    }

    /** The rule is broken by these classes, and by no other: the rest of the bad house is its negative twin. */
    private static void assertReported(ArchRule rule, String... classes) {
        Set<String> reported = new TreeSet<>();
        Pattern name = Pattern.compile(Pattern.quote(BAD) + "\\.((?:[a-z]+\\.)?[A-Z][A-Za-z$]*)");
        for (String line : rule.evaluate(BAD_HOUSE).getFailureReport().getDetails()) {
            name.matcher(line).results().limit(1).forEach(match -> reported.add(match.group(1)));
        }
        assertEquals(new TreeSet<>(List.of(classes)), reported);
    }
}
