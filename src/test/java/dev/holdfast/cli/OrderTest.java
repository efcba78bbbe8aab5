package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTest {
    private static final String ID = ScriptedMaintenance.OLGA.value();

    private static Order parse(String line) {
        List<String> words = List.of(line.split(" "));
        return Order.parse(words.get(0), words.subList(1, words.size()));
    }

    @Test
    void argumentsAreTakenInAnyOrder() {
        Order expected =
                new Order(OperatorCommand.DOCTOR, Optional.of(ScriptedMaintenance.OLGA), Optional.empty(), true);
        assertEquals(expected, parse("doctor " + ID + " --json"));
        assertEquals(expected, parse("doctor --json " + ID));
        assertEquals(
                Duration.ofDays(30), parse("purge --older-than 30d").olderThan().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "doctor",
        "doctor ID",
        "doctor ID --json",
        "doctor --json",
        "repack",
        "repack ID",
        "rekey",
        "reindex",
        "trash",
        "delete ID",
        "restore ID",
        "purge",
        "purge ID",
        "purge --older-than 30d",
        "purge --older-than 500ms",
        "purge --older-than 999999999d",
        "purge --older-than 999999999ms",
        "purge --older-than 90s",
        "purge --older-than 61m",
        "purge --older-than 0s"
    })
    void whatIsWrittenIsReadAgain(String line) {
        Order order = parse(line.replace("ID", ID));
        assertEquals(order, Order.parse(order.command().word(), order.arguments()));
        assertEquals(order, OperatorProtocol.readOrder(OperatorProtocol.write(order)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            doctor ID ID                     | doctor takes one conversation id.
            doctor ../../etc/passwd          | That is no conversation id. One has 26 characters, as in its page's address and its file's name.
            doctor --yaml                    | That is no conversation id. One has 26 characters, as in its page's address and its file's name.
            doctor --older-than 30d          | doctor does not know --older-than.
            repack --json                    | repack does not know --json.
            rekey ID                         | rekey takes no conversation id.
            reindex ID                       | reindex takes no conversation id.
            trash ID                         | trash takes no conversation id.
            delete                           | delete needs the id of a conversation.
            restore                          | restore needs the id of a conversation.
            purge ID --older-than 30d        | purge takes either the id of a conversation or --older-than, not both.
            purge --older-than               | --older-than is followed by a duration such as 12h or 30d.
            purge --older-than soon          | --older-than is followed by a duration such as 12h or 30d.
            purge --older-than -30d          | --older-than is followed by a duration such as 12h or 30d.
            serve                            | Unknown command. Known are: doctor, repack, rekey, reindex, trash, delete, restore, link, status, purge.
            """)
    void whatACommandCannotTakeIsSaidInASentence(String line, String sentence) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> parse(line.replace("ID", ID)));
        assertEquals(sentence, refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandIsFoundByItsWord(OperatorCommand command) {
        assertEquals(Optional.of(command), OperatorCommand.byWord(command.word()));
        assertEquals(Optional.empty(), OperatorCommand.byWord(command.name()));
    }
}
