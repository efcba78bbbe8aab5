package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * A long conversation that is the same in every run: about 400 tokens a turn, and in every tenth turn a person says
 * something that will be needed later: a number, a name or a date that occurs nowhere else.
 */
final class PlantedTalk {
    /** One exchange. {@code planted} is what a model would have to have seen to know it. */
    record Turn(String said, String answered, Optional<String> planted) {}

    private static final int PLANTED_EVERY = 10;
    private static final int SENTENCES = 5;

    private static final List<String> FACTS = List.of(
            "Remember that the code of the green shed is %d.",
            "The parcel for Teodora has the number %d.",
            "The roof is done on the 14th and costs %d euros.",
            "We decided that the boat is called Marigold-%d.",
            "The meter in the cellar stands at %d.",
            "Please note that my customer number is %d.");

    private PlantedTalk() {}

    static List<Turn> of(int turns, long seed) {
        Random random = new Random(seed);
        Chat chat = new Chat(seed);
        List<Turn> talk = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            StringBuilder said = new StringBuilder(chat.message());
            Optional<String> planted = Optional.empty();
            if (turn % PLANTED_EVERY == 3) {
                int number = 100_000 + random.nextInt(900_000);
                String fact = FACTS.get(random.nextInt(FACTS.size()));
                said.append(' ').append(String.format(Locale.ROOT, fact, number));
                planted = Optional.of(Integer.toString(number));
            }
            StringBuilder answered = new StringBuilder();
            for (int i = 0; i < SENTENCES - 1; i++) {
                answered.append(i == 0 ? "" : " ").append(chat.message());
            }
            talk.add(new Turn(said.toString(), answered.toString(), planted));
        }
        return talk;
    }
}
