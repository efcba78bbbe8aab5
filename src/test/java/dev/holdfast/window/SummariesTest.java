package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The marks are 200 and 100: soft at 188, early at 175, the middle at 150; 12 are left free for a summary. */
class SummariesTest {
    private final MessageWindow window = new MessageWindow(WindowRules.of(200, 100));
    private final Paths path = new Paths();
    private final List<Entry.Summary> summaries = new ArrayList<>();

    private History history(Optional<Cut> cut, String... pinned) {
        return new History(path.all(), cut, List.of(), Set.of(pinned), summaries);
    }

    private View choose(Optional<Cut> cut, String... pinned) throws MessageTooLongException {
        return window.choose(history(cut, pinned), Paths.WEIGHT);
    }

    private View choose() throws MessageTooLongException {
        return choose(Optional.empty());
    }

    private Entry.Summary summary(String to, int tokens) {
        Entry.Summary summary = Paths.summary("s" + summaries.size(), to, tokens + " tokens");
        summaries.add(summary);
        return summary;
    }

    private static Optional<String> from(View view) {
        return view.cut().map(Cut::from);
    }

    private static Optional<String> summaryOf(View view) {
        return view.cut().flatMap(Cut::summary);
    }

    @Test
    void summaryIsSentAsAPersonsWordsThatNeverChange() {
        Message message = SummaryMessage.of(Paths.summary("s7", "m3", "They spoke of tides."));
        assertEquals("summary:s7", message.id());
        assertEquals(Role.USER, message.role());
        assertEquals("[Summary of the conversation so far: They spoke of tides.]", message.text());
        assertEquals(Instant.EPOCH, message.timestamp());
    }

    @Test
    void summaryStandsBetweenWhatIsKeptAndTheCut() throws Exception {
        path.turns(9, 10, 10).user(10);
        Entry.Summary summary = summary("m9", 15);
        View view = choose(Optional.empty(), "m2");
        List<Message> sent = new ArrayList<>(path.part(2, 4));
        sent.add(SummaryMessage.of(summary));
        sent.addAll(path.part(10, 19));
        assertEquals(sent, view.messages());
        assertEquals(
                new Cut("m10", List.of("m2", "m3"), Optional.of("s0"), 80),
                view.cut().orElseThrow());
        assertEquals(20 + 15 + 90, view.tokens());
        assertEquals(190, view.whole(), "without the summary");
        assertEquals(Optional.empty(), view.gap());
    }

    @Test
    void cutIsMadeInTimeFromTheSoftMarkOn() throws Exception {
        path.turns(9, 10, 10).user(7);
        summary("m9", 15);
        assertEquals(Optional.empty(), choose().cut());
        Paths one = new Paths().turns(9, 10, 10).user(8);
        View view =
                window.choose(new History(one.all(), Optional.empty(), List.of(), Set.of(), summaries), Paths.WEIGHT);
        assertEquals(Optional.of("m10"), from(view));
        assertEquals(Optional.of("s0"), summaryOf(view));
    }

    @Test
    void summaryChangesNothingBeforeTheSoftMark() throws Exception {
        path.turns(11, 10, 10).user(10);
        View cut = choose();
        summary("m19", 5);
        View view = choose(cut.cut());
        assertEquals(cut.messages(), view.messages());
        assertEquals(cut.cut(), view.cut());
    }

    @Test
    void summaryThatIsUsedIsNoReasonForAnotherCut() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m1", 5);
        View view = choose();
        assertEquals(Optional.of("m2"), from(view));
        path.reply(10);
        path.user(5);
        assertEquals(190, choose(view.cut()).tokens());
        assertEquals(view.cut(), choose(view.cut()).cut());
    }

    @Test
    void summaryThatMakesNothingShorterIsNoReasonForACut() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m1", 20);
        assertEquals(Optional.empty(), choose().cut());
    }

    @Test
    void turnThatIsCoveredInPartIsSentWhole() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m10", 15);
        assertEquals(Optional.of("m10"), from(choose()));
        summary("m12", 15);
        assertEquals(Optional.of("m12"), from(choose()));
    }

    @Test
    void turnIsCoveredWithoutItsMessagesThatSayNothing() throws Exception {
        path.turns(4, 10, 10).user(10).emptyReply().turns(5, 10, 10).user(10);
        summary("m8", 15);
        assertEquals(Optional.of("m10"), from(choose()));
    }

    @Test
    void lastTurnIsSentWholeWhateverIsSummarised() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m18", 15);
        View view = choose();
        assertEquals(Optional.of("m18"), from(view));
        assertEquals(25, view.tokens());
    }

    @Test
    void summaryOfAnotherBranchIsNotUsed() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("elsewhere", 15);
        assertEquals(Optional.empty(), choose().cut());
    }

    @Test
    void summaryOfMoreThanHalfOfTheLowMarkIsNotUsed() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m9", 51);
        assertEquals(Optional.empty(), choose().cut());
        summary("m9", 50);
        assertEquals(Optional.of("s1"), summaryOf(choose()));
    }

    @Test
    void summaryThatReachesFurthestIsUsedAndOfTheSameReachTheNewest() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m9", 15);
        summary("m7", 15);
        assertEquals(Optional.of("s0"), summaryOf(choose()));
        summary("m9", 16);
        assertEquals(Optional.of("s2"), summaryOf(choose()));
    }

    @Test
    void keptAndSummaryHaveHalfOfTheLowMarkTogether() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m9", 30);
        assertEquals(
                List.of("m2", "m3"),
                choose(Optional.empty(), "m0", "m2").cut().orElseThrow().kept());
        summary("m9", 31);
        assertEquals(
                List.of(),
                choose(Optional.empty(), "m0", "m2").cut().orElseThrow().kept());
    }

    @Test
    void cutGoesBehindASummaryIfThatLeavesNoMoreThanTheMiddle() throws Exception {
        path.turns(5, 10, 10).turns(4, 10, 10).user(60);
        summary("m9", 10);
        View view = choose();
        assertEquals(Optional.of("m10"), from(view));
        assertEquals(150, view.tokens());
        assertEquals(Optional.empty(), view.gap());
    }

    @Test
    void cutGoesBeyondASummaryThatLeavesMore() throws Exception {
        path.turns(5, 10, 10).turns(4, 10, 10).user(60);
        Entry.Summary near = summary("m9", 11);
        View view = choose();
        assertEquals(Optional.of("m16"), from(view));
        assertEquals(Optional.of("s0"), summaryOf(view), "better than none");
        assertEquals(Optional.of(new View.Gap(path.part(10, 16), Optional.of(near), "m15", 20)), view.gap());
        assertEquals(20 + 60 + 11, view.tokens());
    }

    @Test
    void pinsAreNotGivenUpForASummaryThatDoesNotReachSoFar() throws Exception {
        path.turns(9, 10, 10).user(60);
        summary("m9", 10);
        View view = choose(Optional.empty(), "m0");
        assertEquals(Optional.of("m18"), from(view));
        assertEquals(List.of("m0", "m1"), view.cut().orElseThrow().kept());
    }

    @Test
    void cutBehindASummaryLeavesThreeQuartersOfTheMostMessagesAtMost() throws Exception {
        MessageWindow eight = new MessageWindow(new WindowRules(200, 100, 0, 8));
        path.turns(4, 1, 1).user(1);
        summary("m1", 1);
        assertEquals(Optional.of("m6"), from(eight.choose(history(Optional.empty()), Paths.WEIGHT)));
        summary("m3", 1);
        assertEquals(Optional.of("m4"), from(eight.choose(history(Optional.empty()), Paths.WEIGHT)));
    }

    @Test
    void nothingIsKeptBesideALastTurnOfTooManyMessages() throws Exception {
        MessageWindow twelve = new MessageWindow(new WindowRules(200, 100, 0, 12));
        path.turns(2, 1, 1).user(1);
        for (int i = 0; i < 6; i++) {
            path.calls(1, "a").results(1, "a");
        }
        summary("m3", 1);
        View view = twelve.choose(history(Optional.empty(), "m0"), Paths.WEIGHT);
        assertEquals(new Cut("m4", List.of(), Optional.of("s0"), 4), view.cut().orElseThrow());
        assertEquals(14, view.messages().size());
    }

    @Test
    void noCutIsMadeInTimeThatSendsTooManyMessages() throws Exception {
        MessageWindow twelve = new MessageWindow(new WindowRules(200, 100, 0, 12));
        path.turns(1, 5, 5).user(50).turns(5, 14, 14).user(3);
        summary("m2", 5);
        Optional<Cut> cut = Optional.of(new Cut("m2", List.of(), Optional.empty(), 10));
        History history = new History(path.all(), cut, path.part(0, 2), Set.of("m0"), summaries);
        assertEquals(cut, twelve.choose(history, Paths.WEIGHT).cut());
        History unpinned = new History(path.all(), cut, path.part(0, 2), Set.of(), summaries);
        assertEquals(Optional.of("m3"), from(twelve.choose(unpinned, Paths.WEIGHT)));
    }

    @Test
    void extractThatFitsIntoTheGapClosesIt() throws Exception {
        path.turns(10, 10, 10).user(10);
        View without = choose();
        View.Gap gap = without.gap().orElseThrow();
        assertEquals(new View.Gap(path.part(0, 14), Optional.empty(), "m13", 30), gap);
        Entry.Summary extract = summary(gap.to(), 30);
        View with = choose();
        assertEquals(from(without), from(with));
        assertEquals(Optional.of(extract.id()), summaryOf(with));
        assertEquals(100, with.tokens());
        assertEquals(Optional.empty(), with.gap());
    }

    @Test
    void whatIsKeptIsNotInTheGap() throws Exception {
        path.turns(10, 10, 10).user(10);
        View.Gap gap = choose(Optional.empty(), "m12").gap().orElseThrow();
        assertEquals(path.part(0, 12), gap.messages().subList(0, 12));
        assertEquals("m15", gap.to());
        assertEquals(30, gap.room());
        assertTrue(gap.messages().stream().noneMatch(message -> message.id().equals("m12")));
    }

    @Test
    void pinThatDoesNotFitIsInTheGap() throws Exception {
        path.user(10).reply(20).user(170).reply(1).user(1);
        View view = choose(Optional.empty(), "m0", "m2");
        assertEquals(List.of("m0", "m1"), view.cut().orElseThrow().kept());
        assertEquals(path.part(2, 4), view.gap().orElseThrow().messages());
    }

    @Test
    void roomInTheGapIsWhatTheLastTurnLeaves() throws Exception {
        path.user(10).reply(10).user(190);
        assertEquals(10, choose().gap().orElseThrow().room());
        summary("m1", 11);
        assertEquals(Optional.empty(), summaryOf(choose()));
        summary("m1", 10);
        assertEquals(Optional.of("s1"), summaryOf(choose()));
    }

    @Test
    void summaryOfTheCutIsKnownByItsIdWhereverThePathBegins() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m9", 15);
        View whole = choose();
        View part = window.choose(
                new History(path.part(10, 19), whole.cut(), List.of(), Set.of(), summaries), Paths.WEIGHT);
        assertEquals(whole.messages(), part.messages());
        assertEquals(whole.cut(), part.cut());
        assertEquals(whole.whole(), part.whole());
    }

    @Test
    void summaryThatWasTakenBackIsNotSentAndNotNamedAnyMore() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m9", 15);
        Optional<Cut> cut = choose().cut();
        summaries.clear();
        View view = choose(cut);
        assertEquals(path.part(10, 19), view.messages());
        assertEquals(Optional.of(new Cut("m10", List.of(), Optional.empty(), 100)), view.cut());
    }

    @Test
    void nextGapBeginsWhereTheSummaryInUseEnds() throws Exception {
        path.turns(9, 10, 10).user(10);
        Entry.Summary first = summary("m9", 15);
        Optional<Cut> cut = choose().cut();
        path.reply(10).turns(5, 10, 10).user(10);
        View view = choose(cut);
        assertEquals(Optional.of(first), view.gap().orElseThrow().after());
        assertEquals("m10", view.gap().get().messages().get(0).id());
        assertEquals(Optional.of("s0"), summaryOf(view), "better than none");
    }

    @Test
    void summaryGoesWhenTheLastTurnNeedsItsPlace() throws Exception {
        path.turns(9, 10, 10).user(10);
        summary("m9", 15);
        Optional<Cut> cut = choose().cut();
        path.reply(10).user(186);
        assertEquals(path.part(20, 21), choose(cut).messages());
        assertEquals(Optional.empty(), summaryOf(choose(cut)));
    }

    @Test
    void whatIsToBeSummarisedIsKnownAheadOfTime() throws Exception {
        path.turns(8, 10, 10).user(14);
        assertEquals(Optional.empty(), window.ahead(history(Optional.empty()), Paths.WEIGHT));
        path.reply(1).user(1);
        View.Gap gap = window.ahead(history(Optional.empty()), Paths.WEIGHT).orElseThrow();
        assertEquals(path.part(0, 10), gap.messages());
        assertEquals("m9", gap.to());
        summary(gap.to(), 5);
        assertEquals(Optional.empty(), window.ahead(history(Optional.empty()), Paths.WEIGHT), "it waits");
        path.reply(10).user(2);
        assertEquals(Optional.of("m10"), from(choose()));
    }

    @Test
    void nothingIsToBeSummarisedWhileASummaryWaits() {
        path.turns(8, 10, 10).user(15);
        summary("m3", 5);
        assertEquals(Optional.empty(), window.ahead(history(Optional.empty()), Paths.WEIGHT));
        summaries.clear();
        assertTrue(window.ahead(history(Optional.empty()), Paths.WEIGHT).isPresent());
    }

    @Test
    void summaryThatCoversNoWholeTurnIsNotUsed() throws Exception {
        path.turns(10, 10, 10).user(10);
        summary("m0", 5);
        assertEquals(Optional.empty(), summaryOf(choose()));
        assertEquals(Optional.empty(), choose().gap().orElseThrow().after());
    }

    @Test
    void oneTurnAloneIsNotToBeSummarised() {
        path.user(200);
        assertEquals(Optional.empty(), window.ahead(history(Optional.empty()), Paths.WEIGHT));
    }
}
