package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link CrashCampaign}, short and long. */
@Tag("slow")
@ParameterizedClass
@EnumSource(JournalForm.class)
class JournalCrashTest {
    private static final int A_THIRD_OF_A_MILLION = 333_334;

    private final JournalForm form;

    JournalCrashTest(JournalForm form) {
        this.form = form;
    }

    @Test
    void acknowledgedLinesSurviveAPowerCutAtEveryPoint() throws IOException {
        CrashCampaign campaign = new CrashCampaign(form, 36, 2, 3, 20261121);
        System.out.println(campaign.call());
        assertTrue(campaign.states() > 5_000, () -> "only " + campaign.states() + " states");
    }

    @Test
    @Tag("faults")
    void acknowledgedLinesSurviveAMillionPowerCuts() throws IOException {
        CrashCampaign campaign = new CrashCampaign(form, 2_200, 120, 300, 20261127);
        System.out.println(campaign.call());
        assertTrue(campaign.states() >= A_THIRD_OF_A_MILLION, () -> "only " + campaign.states() + " states");
    }
}
