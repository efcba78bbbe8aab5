package dev.holdfast.it.chaos;

import java.util.Random;

/** Texts that are hard to keep apart only by their length: surrogate pairs, line breaks, markup, and a key now and then. */
final class Words {
    private static final String[] WORDS = {
        "lighthouse",
        "tide",
        "🙂",
        "👩‍🚀",
        "naïve",
        "\n\n",
        "<b>bold</b>",
        "“quoted”",
        "\"",
        "\\",
        "𝒳",
        "漢字",
        "rope",
        "&amp;",
        "🏳️‍🌈",
        "harbour",
        "\u2028",
        "a",
        "`code`",
        "wind"
    };

    private Words() {}

    /** @param oneKeyIn of so many words one is a key, on average */
    static String text(Random random, int count, int oneKeyIn) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ")
                    .append(random.nextInt(oneKeyIn) == 0 ? Secrets.key(random) : WORDS[random.nextInt(WORDS.length)]);
        }
        return text.append(" end.").toString();
    }
}
