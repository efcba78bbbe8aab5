package dev.holdfast.journal;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link DamageCampaign}, short and long. */
@Tag("slow")
@ParameterizedClass
@EnumSource(JournalForm.class)
class DamageCampaignTest {
    private final JournalForm form;

    DamageCampaignTest(JournalForm form) {
        this.form = form;
    }

    private DamageCampaign small() throws IOException {
        return new DamageCampaign(form, 20);
    }

    @Test
    void cutAtEveryByteNothingIsLostButTheFrameThatIsCut() throws IOException {
        System.out.println(small().cutAtEveryByte());
    }

    @Test
    void everyBitFlippedIsReportedOrHarmless() throws IOException {
        System.out.println(small().flipEveryBit());
    }

    @Test
    void whateverStandsBetweenFramesIsReported() throws IOException {
        System.out.println(small().putStrangersBetween());
    }

    @Test
    void framesThatAreDoubledSwappedOrMissingAreReported() throws IOException {
        System.out.println(small().doubleSwapAndMiss());
    }

    @Test
    @Tag("faults")
    void ofTwoHundredLinesNoneIsChangedNorMissingWithoutAReport() throws IOException {
        DamageCampaign campaign = new DamageCampaign(form, 200);
        System.out.println(campaign.cutAtEveryByte());
        System.out.println(campaign.flipEveryBit());
        System.out.println(campaign.putStrangersBetween());
        System.out.println(campaign.doubleSwapAndMiss());
    }
}
