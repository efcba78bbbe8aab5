package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The campaigns are tested: on copies of the journal with a bug, which they must find, and on one without. */
@Tag("slow")
@Timeout(300)
class SeededBugsTest {
    private static final Map<SmallCampaign, Integer> CAUGHT_BY = new EnumMap<>(SmallCampaign.class);

    @TempDir
    Path folder;

    @AfterAll
    static void count() {
        int caught = CAUGHT_BY.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("seeded bugs: " + caught + " of " + SeededBug.values().length + " caught, by the campaigns "
                + CAUGHT_BY);
    }

    @ParameterizedTest
    @EnumSource
    void everySeededBugIsCaught(SeededBug bug) throws Exception {
        SeededClasses classes = SeededClasses.with(bug.className, bug.original, bug.changed, folder);
        Callable<?> campaign = classes.campaign(bug.campaign);
        assertThrows(AssertionError.class, campaign::call, bug.sentence);
        CAUGHT_BY.merge(bug.campaign, 1, Integer::sum);
    }

    @ParameterizedTest
    @EnumSource
    void theSameCampaignPassesWithoutABug(SmallCampaign campaign) throws Exception {
        SeededClasses classes = SeededClasses.with("JournalWriter", "end += length;", "end += length;", folder);
        assertTrue(classes.campaign(campaign).call().toString().endsWith(", 0 lost"));
    }

    @Test
    void aBugWhosePlaceIsGoneIsNotTakenForCaught() {
        AssertionError refused = assertThrows(
                AssertionError.class, () -> SeededClasses.with("JournalWriter", "no such text", "", folder));
        assertTrue(refused.getMessage().startsWith("the text that is changed stands exactly once"));
    }
}
