package dev.holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.architecture.Rooms;
import dev.holdfast.config.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README says what the program does, not what it once did. */
class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void settingsTableIsTheOptionTable() {
        String expected = "| setting | default | what it does |\n|---|---|---|\n"
                + Arrays.stream(Option.values()).map(ReadmeTest::row).collect(Collectors.joining());

        assertTrue(
                readme.contains(expected), () -> "README's settings table is out of date. It should be:\n" + expected);
    }

    private static String row(Option option) {
        String usual = option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`";
        return "| `" + option.key() + "` | " + usual + " | " + option.help() + " |\n";
    }

    @Test
    void packageTableIsThePlanOfTheHouse() {
        List<String> described = new ArrayList<>();
        Matcher row = Pattern.compile("(?m)^\\| `([a-z]+)` \\| [^|]+ \\| ([^|]+) \\|$")
                .matcher(section("How it is built"));
        while (row.find()) {
            described.add(row.group(1) + ": " + row.group(2).strip());
        }

        assertEquals(
                Rooms.TABLE.stream().map(ReadmeTest::imports).toList(),
                described,
                "package and what it may import, in README's table");
    }

    private static String imports(Rooms.Room room) {
        return room.name() + ": " + (room.mayImport().isEmpty() ? "–" : String.join(", ", room.mayImport()));
    }

    @Test
    void filesThatReadmeNamesAreThere() {
        Matcher link = Pattern.compile("\\]\\(((?!https?:|#)[^)]+)\\)").matcher(readme);
        int links = 0;
        while (link.find()) {
            links++;
            assertTrue(Files.exists(Path.of(link.group(1))), link.group(1));
        }
        assertTrue(links > 0, "README has links");
        Matcher source = Pattern.compile("`(src/[^` *…]+|webapp/[^` *…]+|data/README\\.md)`")
                .matcher(readme);
        while (source.find()) {
            assertTrue(Files.exists(Path.of(source.group(1))), source.group(1));
        }
    }

    private String section(String title) {
        int from = readme.indexOf("\n## " + title);
        assertTrue(from >= 0, "README has a section “" + title + "”");
        int to = readme.indexOf("\n## ", from + 1);
        return readme.substring(from, to < 0 ? readme.length() : to);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError("run from the project's folder", e);
        }
    }
}
