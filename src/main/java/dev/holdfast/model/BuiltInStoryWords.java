package dev.holdfast.model;

import java.util.List;
import java.util.Map;

/**
 * The vocabulary of {@link BuiltInStory}. A name in braces is a gap: {@code {topic}}, {@code {hero}}, {@code {friend}}
 * and {@code {home}} are the same in all of a story, the others are drawn anew from the deck of that name.
 */
final class BuiltInStoryWords {
    static final List<String> BEGINNINGS = List.of(
            "It was {time} when {hero} first heard of {topic}.",
            "In {home}, people spoke of {topic} the way others speak of the weather.",
            "{hero} had come to {home} with {thing} and one question, and the question was about {topic}.",
            "Nobody in {home} could say who had first thought of {topic}.");

    static final List<String> ENDINGS = List.of(
            "Years later, whenever somebody asked about {topic}, {hero} would point to {thing} and smile.",
            "In {home} they still tell it this way, and each teller leaves one thing out on purpose.",
            "And {friend}, who had been there from the first day, never said a word against it.");

    private static final List<String> SENTENCES = List.of(
            "{time}, {hero} walked down to {place} and found {thing} there.",
            "“If it is about {topic},” said {friend}, “then we should ask at {place}.”",
            "The wind came {direction} and carried the smell of {smell}.",
            "{hero} wrote the word down, crossed it out, and wrote it again below {thing}.",
            "Behind {place} the path divided, and both ways looked equally {mood}.",
            "There was {thing} on the table at {place}, and nobody wanted to be the first to touch it.",
            "{friend} laughed, but it was a {mood} laugh and it lasted no longer than {span}.",
            "For {span} nothing happened at all, which in {home} was not unusual.",
            "An old map showed {place} where there was only water now.",
            "“You cannot hurry {topic},” an old woman at {place} told them, and went back to her {work}.",
            "{hero} counted the steps to {place}: {number}, every time.",
            "The light over {place} turned {colour}, then {colour}, and then it was night.",
            "Someone had left {thing} at the door, wrapped in {colour} paper.",
            "They argued about {topic} all the way to {place}, and then for {span} in the dark.",
            "{friend} had a theory, and the theory needed {thing} and {span} of patience.",
            "{time} rain came {direction}, and the gutters of {place} sang with it.",
            "A boat passed without a sound, its sail {colour} against the hills.",
            "{hero} slept badly and dreamt of {place}, where everything was {mood}.",
            "“I have seen {topic} once,” said a man who smelled of {smell}, “and once is enough.”",
            "The letter had taken {span} to arrive and held only {number} words.",
            "They mended {thing} with string, and it held better than before.",
            "At {place} a bell rang {number} times, although it was not the hour.",
            "{friend} knew a song about {topic}; it had {number} verses, and the last was {mood}.",
            "From the window one could see as far as {place} when the air was clear.",
            "What {hero} found in the drawer was {thing}, and under it a key.",
            "The children at {place} had a game for this, and its rules were {mood} but strict.",
            "Bread, cheese and {thing}: that was all that was left for the road.",
            "It took {span} to reach {place}, and {span} more to be sure of it.",
            "“Begin with what is {mood},” read the first line, “and leave {topic} for the end.”",
            "A dog followed them as far as {place} and then thought better of it.",
            "{hero} said nothing about {thing}, which {friend} took for an answer.",
            "The clockmaker of {home} offered {thing} in exchange for the whole story.",
            "At {place} a door opened and closed again, {number} times in all.",
            "{time} the fog lifted at last, and {topic} seemed a little less far away.",
            "They painted {thing} {colour}, because no other paint was to be had.",
            "On page {number} somebody had drawn {place} in pencil.",
            "{friend} gave the {colour} coat away for {thing} and kept the buttons.",
            "The road to {place} was longer than it had been the day before.",
            "“We were wrong about {topic},” {hero} admitted at {place}, and it was a {mood} sort of relief.",
            "Over their {work} the people at {place} had heard every word of it.",
            "Moss grew over the stones at {place}, {mood} and very green.",
            "Whoever keeps {thing}, they said, keeps {topic} as well.",
            "{time} it snowed over {place}, lightly, as if it did not mean it.",
            "{hero} held {thing} up to the light, and for a moment everything was plain.",
            "Nothing smells as strongly of {smell} as {place} at noon.",
            "They came back from {place} with wet shoes and {number} new questions.",
            "The ferryman wanted {thing} or a story about {topic}, and he got the story.",
            "“Give it {span},” said {friend}, and put the kettle on.",
            "A stranger at {place} bought {thing} and left it on the bench.",
            "{hero} had expected {thing}; what came was a {mood} silence.",
            "Between {place} and {place} they met nobody at all.",
            "The {colour} curtain moved, although the air smelled of {smell} and stood still.",
            "“It was {time},” {friend} began, and {hero} sat down to listen.",
            "They left {thing} behind as a sign, in case {topic} should pass that way.",
            "For {span} {hero} kept a diary, and most of its pages say “{mood}”.",
            "Whoever painted the door of {place} {colour} had been in a hurry.",
            "{number} gulls sat on the roof of {place} and looked {mood}.",
            "The old {work} lay where they had left it {span} ago.",
            "{friend} traded {thing} for {thing} and thought it a good bargain.",
            "Nobody asks about {topic} at {place}, so {hero} did.",
            "What had looked {mood} from {place} looked {mood} from here.",
            "{time} they learned that {topic} had been talked about at {place} as well.",
            "There are {number} ways from {home} to {place}, and they had tried the {mood} one.",
            "{hero} tied {thing} to the mast and hoped that somebody would see it.");

    /** What a gap, or the next sentence, is drawn from. */
    static final Map<String, List<String>> DECKS = Map.ofEntries(
            Map.entry("sentence", SENTENCES),
            deck(
                    "chapter",
                    "{place}, What {friend} knew, {thing}, {span}, A {mood} morning, The road to {place}, "
                            + "{number} steps, Something {colour}, The smell of {smell}, {hero} decides"),
            deck(
                    "name",
                    "Ada, Bjarne, Chidi, Dorothea, Emre, Fumiko, Grigori, Hana, Ines, Joaquín, Kaveh, Liv, "
                            + "Mairead, Nuno, Oyelaran, Petra"),
            deck(
                    "place",
                    "the old quay, the upper meadow, the post office, the second bridge, the salt store, the "
                            + "chapel on the rock, the railway halt, the quarry pond, the library stairs, the northern "
                            + "pier, the mill, the customs house, the orchard wall, the watchtower"),
            deck(
                    "thing",
                    "a brass lantern, a bundle of letters, a cracked blue bowl, a pocket barometer, a ship’s "
                            + "ledger, a coil of tarred rope, a glass marble, a tin of buttons, a folding chair, a "
                            + "sextant without a mirror, a loaf of rye bread, a wooden bird, a jar of honey, a key "
                            + "without a lock"),
            deck(
                    "time",
                    "late in the autumn, on the first warm day, before sunrise, one Tuesday, on the evening of "
                            + "the fair, in the third week of rain, at low tide, shortly after noon, on the longest "
                            + "night, when the swallows had gone"),
            deck(
                    "mood",
                    "quiet, stubborn, cheerful, doubtful, solemn, patient, crooked, gentle, wary, simple, "
                            + "unhurried, strange"),
            deck("colour", "copper, slate grey, pale green, violet, rust red, straw yellow, ink blue, white"),
            deck("smell", "tar, cut hay, wet slate, cinnamon, lamp oil, seaweed, fresh paint, pine smoke"),
            deck(
                    "span",
                    "three days, half an hour, a whole winter, eleven minutes, two tides, a week, most of an "
                            + "afternoon, a year and a day, the length of a song"),
            deck("town", "Saltmere, Varsund, Quillport, Ambleton, Nordhaven, Little Ferring, Osterwiek, Gull Bay"),
            deck("number", "seven, nineteen, forty, eleven, six, thirteen, ninety, fifteen"),
            deck(
                    "direction",
                    "from the sea, down the valley, from the east, across the roofs, out of nowhere, over the "
                            + "hills, up the river"),
            deck("work", "nets, knitting, accounts, carving, weaving, sail-making"));

    private BuiltInStoryWords() {}

    private static Map.Entry<String, List<String>> deck(String kind, String cards) {
        return Map.entry(kind, List.of(cards.split(", ")));
    }
}
