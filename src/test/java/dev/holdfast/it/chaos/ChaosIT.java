package dev.holdfast.it.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under many kills of the server nothing that was acknowledged is lost or doubled, every turn comes to an end, and no reader
 * gets a character twice. {@code -Dfaults.kills} says how many kills, {@code -Dfaults.seed} which ones.
 */
@Timeout(600)
class ChaosIT {
    private static final int FEW = 3;
    /** Before each of a few kills; and of many, which come over many turns. */
    private static final int FEW_EVENTS = 500;

    private static final int MANY_EVENTS = 1500;
    private static final int A_HUNDRED = 100;

    @TempDir
    Path folder;

    @Test
    void aFewKillsLoseNothingAndDoubleNothing() throws Exception {
        run("auto", FEW, 4, FEW_EVENTS);
    }

    @Test
    void whereAPersonIsAskedNothingIsAskedOfTheModelAgainByItself() throws Exception {
        run("ask", FEW, 2, FEW_EVENTS);
    }

    @Test
    @Tag("faults")
    @Timeout(4 * 3600)
    void manyKillsLoseNothingAndDoubleNothing() throws Exception {
        Oracle oracle = run("auto", Integer.getInteger("faults.kills", 50), 8, MANY_EVENTS);
        assertTrue(oracle.kept() > 0, "nothing was ever written down of a reply that was cut off");
    }

    private Oracle run(String recovery, int kills, int owners, int mostEvents) throws Exception {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        try (Campaign campaign = new Campaign(folder.resolve("data"), recovery, owners, mostEvents, seed)) {
            for (int kill = 1; kill <= kills; kill++) {
                campaign.kill();
                if (kill % A_HUNDRED == 0) {
                    System.out.println("chaos of turns, under way: " + campaign);
                }
            }
            Oracle oracle = campaign.end();
            System.out.println("chaos of turns, turn.recover=" + recovery + ": " + campaign + ", " + oracle);
            assertEquals("", String.join("\n", campaign.faults()), () -> "seed " + seed);
            assertEquals(Map.of("lost", 0, "doubled", 0), oracle.lostAndDoubled(), () -> "seed " + seed);
            return oracle;
        }
    }
}
