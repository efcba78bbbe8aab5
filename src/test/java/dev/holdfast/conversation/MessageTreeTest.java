package dev.holdfast.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageTreeTest {
    private final MessageTree tree = new MessageTree();

    private static Message message(String id, String parent) {
        return Message.user(id, Optional.ofNullable(parent), "words of " + id, Instant.EPOCH, Optional.empty());
    }

    private List<String> path() {
        return tree.path().stream().map(Message::id).toList();
    }

    @Test
    void anEmptyTreeHasNoHeadAndAnEmptyPath() {
        assertEquals(Optional.empty(), tree.head());
        assertEquals(List.of(), tree.path());
        assertEquals(0, tree.size());
    }

    @Test
    void messagesFormAPathToTheNewest() {
        assertTrue(tree.add(message("a", null)));
        assertTrue(tree.add(message("b", "a")));
        assertTrue(tree.add(message("c", "b")));
        assertEquals(List.of("a", "b", "c"), path());
        assertEquals("c", tree.head().orElseThrow().id());
    }

    @Test
    void answersToTheSameMessageAreSiblingsInTheOrderOfTheirMaking() {
        for (String id : List.of("a", "b", "c", "d")) {
            tree.add(message(id, id.equals("a") ? null : "a"));
        }
        assertEquals(
                List.of("b", "c", "d"),
                tree.children(tree.message("c").orElseThrow().parent()));
        assertEquals(List.of("a"), tree.children(Optional.empty()));
        assertEquals(List.of("a", "d"), path());
    }

    @Test
    void theHeadMovesToAnyMessageAndNewOnesGoOnFromIt() {
        tree.add(message("a", null));
        tree.add(message("b", "a"));
        tree.add(message("c", "a"));
        tree.moveHead(Optional.of("b"));
        assertEquals(List.of("a", "b"), path());
        tree.add(message("d", "b"));
        assertEquals(List.of("a", "b", "d"), path());
        tree.moveHead(Optional.of("c"));
        assertEquals(List.of("a", "c"), path());
        assertEquals(4, tree.size());
    }

    @Test
    void theHeadDoesNotMoveToAMessageThatIsNotThere() {
        tree.add(message("a", null));
        tree.moveHead(Optional.of("z"));
        assertEquals(List.of("a"), path());
    }

    @Test
    void aMessageWhoseParentIsLostHangsOnTheOneBeforeIt() {
        tree.add(message("a", null));
        tree.add(message("b", "a"));
        assertFalse(tree.add(message("d", "lost")));
        assertEquals(List.of("a", "b", "d"), path());
        assertEquals(Optional.of("b"), tree.message("d").orElseThrow().parent());
        assertEquals("words of d", tree.message("d").orElseThrow().text());
    }

    @Test
    void aFirstMessageWhoseParentIsLostBecomesARoot() {
        assertFalse(tree.add(message("b", "lost")));
        assertEquals(Optional.empty(), tree.head().orElseThrow().parent());
    }

    @Test
    void anIdThatIsThereAlreadyIsIgnored() {
        tree.add(message("a", null));
        tree.add(message("b", "a"));
        assertTrue(tree.add(message("a", "b")));
        assertEquals(2, tree.size());
        assertEquals(List.of("a", "b"), path());
        assertEquals(Optional.empty(), tree.message("a").orElseThrow().parent());
    }

    @Test
    void thePathCannotBeChangedFromOutside() {
        tree.add(message("a", null));
        assertThrows(UnsupportedOperationException.class, () -> tree.path().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> tree.children(tree.head().orElseThrow().parent()).clear());
    }

    /** Whatever a file claims: every path ends at a root and has nothing twice. */
    @Test
    void noOrderOfMessagesMakesACycle() {
        Random random = new Random(3);
        for (int run = 0; run < 2000; run++) {
            MessageTree grown = new MessageTree();
            int messages = 1 + random.nextInt(8);
            for (int i = 0; i < messages; i++) {
                String parent = random.nextInt(6) == 0 ? null : "m" + random.nextInt(8);
                grown.add(message("m" + random.nextInt(8), parent));
            }
            for (int i = 0; i < 8; i++) {
                grown.moveHead(Optional.of("m" + i));
                List<Message> path = grown.path();
                List<String> ids = new ArrayList<>(
                        path.stream().map(Message::id).distinct().toList());
                assertEquals(path.size(), ids.size(), "run " + run);
                assertEquals(Optional.empty(), path.get(0).parent(), "run " + run);
            }
        }
    }
}
