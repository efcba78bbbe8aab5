package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is sent though it lies before the cut: of the low mark, 100, at most half. */
class KeptTurnsTest {
    private final Paths path = new Paths();

    private View choose(WindowRules rules, Optional<Cut> cut, List<Message> kept, String... pinned) throws Exception {
        return new MessageWindow(rules)
                .choose(new History(path.all(), cut, kept, Set.of(pinned), List.of()), Paths.WEIGHT);
    }

    private View choose(int keepFirst, String... pinned) throws Exception {
        return choose(new WindowRules(200, 100, keepFirst, 0), Optional.empty(), List.of(), pinned);
    }

    private static List<String> kept(View view) {
        return view.cut().orElseThrow().kept();
    }

    @Test
    void oldestIsLeftOutUnlessItIsKept() throws Exception {
        path.turns(10, 10, 10).user(10);
        View view = choose(0);
        assertEquals(path.part(14, 21), view.messages());
        assertEquals(List.of(), kept(view));
    }

    @Test
    void middleIsLeftOutWhenTheFirstAreKept() throws Exception {
        path.turns(10, 10, 10).user(10);
        View view = choose(2);
        assertEquals(concat(path.part(0, 2), path.part(16, 21)), view.messages());
        assertEquals(
                new Cut("m16", List.of("m0", "m1"), Optional.empty(), 140),
                view.cut().orElseThrow());
        assertEquals(70, view.tokens());
        assertEquals(14, view.leftOut());
        assertEquals(210, view.whole());
    }

    @Test
    void firstOnesAreRoundedUpToWholeTurns() throws Exception {
        path.turns(2, 5, 5).turns(9, 10, 10).user(10);
        assertEquals(List.of("m0", "m1"), kept(choose(1)));
        assertEquals(List.of("m0", "m1", "m2", "m3"), kept(choose(3)));
        assertEquals(List.of("m0", "m1", "m2", "m3"), kept(choose(4)));
    }

    @Test
    void firstOnesAreNotTornOutOfOrderWhenTheyDoNotFit() throws Exception {
        path.user(10).reply(60).turns(9, 10, 10).user(10);
        assertEquals(List.of(), kept(choose(4)));
    }

    @Test
    void firstOnesStayFirstOverTheNextCuts() throws Exception {
        path.reply(5)
                .turns(4, 4, 4)
                .emptyReply()
                .turns(1, 2, 2)
                .turns(8, 10, 10)
                .user(10);
        WindowRules rules = new WindowRules(200, 100, 10, 0);
        View first = choose(rules, Optional.empty(), List.of());
        List<Message> kept = path.part(0, 12);
        assertEquals(kept.stream().map(Message::id).toList(), kept(first));
        assertEquals(kept.subList(1, 9), first.messages().subList(0, 8), "without what came before and said nothing");
        path.reply(10).turns(8, 10, 10).user(10);
        View next = choose(rules, first.cut(), kept);
        assertEquals(kept(first), kept(next));
    }

    @Test
    void whatIsFirstOnThePathIsNotFirstInTheConversation() throws Exception {
        path.turns(12, 10, 10).user(10);
        List<Message> part = path.part(2, 25);
        View view = new MessageWindow(new WindowRules(200, 100, 2, 0))
                .choose(
                        new History(
                                part,
                                Optional.of(new Cut("m2", List.of(), Optional.empty(), 20)),
                                List.of(),
                                Set.of(),
                                List.of()),
                        Paths.WEIGHT);
        assertEquals(List.of(), kept(view));
    }

    @Test
    void pinnedMessageIsKeptWithItsTurn() throws Exception {
        path.turns(10, 10, 10).user(10);
        View view = choose(0, "m5");
        assertEquals(List.of("m4", "m5"), kept(view));
        assertEquals(concat(path.part(4, 6), path.part(16, 21)), view.messages());
    }

    @Test
    void pinnedTurnKeepsItsCallsAndResults() throws Exception {
        path.turns(2, 10, 10).user(5).calls(5, "a").results(5, "a").reply(5);
        path.turns(8, 10, 10).user(10);
        assertEquals(List.of("m4", "m5", "m6", "m7"), kept(choose(0, "m6")));
    }

    /** The first ones, then the newest of those pinned, and older ones where there is room. */
    @Test
    void whenNotAllFitTheFirstAndTheNewestPinnedAreKept() throws Exception {
        path.turns(1, 5, 5)
                .turns(1, 1, 2)
                .turns(1, 10, 10)
                .turns(1, 9, 9)
                .turns(8, 10, 10)
                .user(10);
        assertEquals(List.of("m0", "m1", "m2", "m3", "m6", "m7"), kept(choose(1, "m2", "m4", "m6")));
        assertEquals(List.of("m4", "m5", "m6", "m7"), kept(choose(0, "m0", "m4", "m6")));
    }

    @Test
    void pinThatAloneIsTooLongIsNotKept() throws Exception {
        path.user(10).reply(29).turns(8, 10, 10).user(10);
        assertEquals(List.of(), kept(choose(0, "m0")));
        Paths fits = new Paths().user(10).reply(28).turns(8, 10, 10).user(10);
        View view = new MessageWindow(WindowRules.of(200, 100))
                .choose(new History(fits.all(), Optional.empty(), List.of(), Set.of("m0"), List.of()), Paths.WEIGHT);
        assertEquals(List.of("m0", "m1"), kept(view), "with the 12 for a summary it is half of the low mark");
    }

    @Test
    void pinChangesNothingBeforeTheNextCut() throws Exception {
        path.turns(10, 10, 10).user(10);
        View cut = choose(0);
        View view = choose(WindowRules.of(200, 100), cut.cut(), path.part(2, 4), "m2", "m14");
        assertEquals(cut.messages(), view.messages());
        assertEquals(cut.cut(), view.cut());
    }

    @Test
    void whatWasPinnedBehindTheCutIsKeptByTheNext() throws Exception {
        path.turns(10, 10, 10).user(10);
        Optional<Cut> cut = choose(0).cut();
        path.reply(10).turns(7, 10, 10).user(10);
        View view = choose(WindowRules.of(200, 100), cut, path.part(2, 4), "m2");
        assertEquals(List.of("m2", "m3"), kept(view));
        assertEquals(370, view.whole());
    }

    @Test
    void whatIsPinnedNoMoreGoesWithTheNextCut() throws Exception {
        path.turns(10, 10, 10).user(10);
        Optional<Cut> cut = choose(0, "m2").cut();
        List<Message> kept = path.part(2, 4);
        assertEquals(List.of("m2", "m3"), kept(choose(WindowRules.of(200, 100), cut, kept)));
        path.reply(10).turns(7, 10, 10).user(10);
        View view = choose(WindowRules.of(200, 100), cut, kept);
        assertEquals(List.of(), kept(view));
        assertEquals(370, view.whole());
        List<Message> missing = view.gap().orElseThrow().messages();
        assertEquals(concat(kept, path.part(16, 18)), missing.subList(0, 4), "the summary is to tell of it now");
    }

    @Test
    void keptOnesMayLieBeforeThePath() throws Exception {
        path.turns(10, 10, 10).user(10);
        View whole = choose(0, "m2");
        View part = new MessageWindow(WindowRules.of(200, 100))
                .choose(
                        new History(path.part(16, 21), whole.cut(), path.part(2, 4), Set.of(), List.of()),
                        Paths.WEIGHT);
        assertEquals(whole.messages(), part.messages());
        assertEquals(whole.cut(), part.cut());
    }

    @Test
    void keptOneThatIsLostIsNotNamedAnyMore() throws Exception {
        path.turns(10, 10, 10).user(10);
        Optional<Cut> cut = choose(0, "m2").cut();
        View view = choose(WindowRules.of(200, 100), cut, List.of());
        assertEquals(path.part(16, 21), view.messages());
        assertEquals(List.of(), kept(view));
    }

    @Test
    void keptOneThatIsOnThePathBehindTheCutIsSentOnce() throws Exception {
        path.turns(2, 10, 10).user(10);
        Optional<Cut> cut = Optional.of(new Cut("m2", List.of("m2", "m3"), Optional.empty(), 20));
        View view = choose(WindowRules.of(200, 100), cut, path.part(2, 4));
        assertEquals(path.part(2, 5), view.messages());
    }

    @Test
    void keptMessagesAndASummaryAreAtMostAQuarterOfTheMostMessages() throws Exception {
        path.turns(20, 1, 1).user(1);
        WindowRules most = new WindowRules(200, 100, 0, 24);
        assertEquals(
                List.of("m4", "m5", "m6", "m7"), kept(choose(most, Optional.empty(), List.of(), "m0", "m4", "m6")));
    }

    @Test
    void keptOnesGoWhenTheLastTurnNeedsTheirPlace() throws Exception {
        path.turns(10, 10, 10).user(10);
        Optional<Cut> cut = choose(0, "m2").cut();
        path.reply(10).user(190);
        View view = choose(WindowRules.of(200, 100), cut, path.part(2, 4), "m2");
        assertEquals(path.part(22, 23), view.messages());
        assertEquals(List.of(), kept(view));
    }

    @Test
    void cutGoesOnEvenIfItWouldDoToKeepLess() throws Exception {
        path.user(25).reply(25).turns(2, 20, 10).user(1);
        Optional<Cut> cut = Optional.of(new Cut("m2", List.of("m0", "m1"), Optional.empty(), 0));
        View view = choose(WindowRules.of(110, 100), cut, path.part(0, 2));
        assertEquals("m4", view.cut().orElseThrow().from());
        assertEquals(path.part(0, 4), view.gap().orElseThrow().messages());
    }

    @Test
    void keptOnesStayWhenTheTurnThatGoesOnHasTooManyMessages() throws Exception {
        path.turns(1, 1, 1).user(1);
        for (int i = 0; i < 6; i++) {
            path.calls(1, "a").results(1, "a");
        }
        Optional<Cut> cut = Optional.of(new Cut("m2", List.of("m0", "m1"), Optional.empty(), 0));
        assertEquals(
                cut,
                choose(new WindowRules(200, 100, 0, 12), cut, path.part(0, 2)).cut());
    }

    @Test
    void keptOnesGoWhenTheTurnThatGoesOnNeedsTheirPlace() throws Exception {
        path.user(10).reply(10).user(170);
        Optional<Cut> cut = Optional.of(new Cut("m2", List.of("m0", "m1"), Optional.empty(), 0));
        assertEquals(
                190,
                choose(WindowRules.of(200, 100), cut, path.part(0, 2), "m0").tokens());
        path.calls(5, "a").results(10, "a");
        View view = choose(WindowRules.of(200, 100), cut, path.part(0, 2), "m0");
        assertEquals(path.part(2, 5), view.messages());
        assertEquals(new Cut("m2", List.of(), Optional.empty(), 20), view.cut().orElseThrow());
    }

    @Test
    void repliesThatSayNothingAreKeptWithTheirTurnAndNotSent() throws Exception {
        path.user(10).add(Role.ASSISTANT, Stop.FAILED).turns(10, 10, 10).user(10);
        View view = choose(0, "m0");
        assertEquals(List.of("m0", "m1"), kept(view));
        assertEquals(path.at(0), view.messages().get(0));
        assertEquals(Role.USER, view.messages().get(1).role());
    }

    static List<Message> concat(List<Message> first, List<Message> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
