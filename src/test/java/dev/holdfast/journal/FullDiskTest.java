package dev.holdfast.journal;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link FullDiskCampaign}, short and long. */
@Tag("slow")
@ParameterizedClass
@EnumSource(JournalForm.class)
class FullDiskTest {
    private final JournalForm form;

    FullDiskTest(JournalForm form) {
        this.form = form;
    }

    @Test
    void fullBehindEveryByteNothingIsLostAndItGoesOn() {
        System.out.println(new FullDiskCampaign(form, 6, 80).call());
    }

    @Test
    @Tag("faults")
    void fullBehindEveryByteOfTheLastSixtyFourKilobytesNothingIsLostAndItGoesOn() {
        int lines = form == JournalForm.GZIP ? 22 : 16;
        System.out.println(new FullDiskCampaign(form, lines, 4096).call());
    }
}
