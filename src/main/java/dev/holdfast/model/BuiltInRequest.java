package dev.holdfast.model;

import java.util.regex.Pattern;

/** What the built-in model can be asked in fixed words, each with the forms that it understands. */
enum BuiltInRequest {
    SLOW(
            "\\b(?:slowly|take your time|langsam|despacio|lentamente|lentement)\\b",
            "\\b(?:be|go|very|write|speak|answer|type|a) slow\\b",
            "ゆっくり"),
    REPEAT_LAST(
            "repeat (?:that|it|yourself|your last (?:answer|reply|message))",
            "say (?:that|it) again",
            "what did you (?:just )?say",
            "again"),
    CONTINUE(
            "(?:continue|go on|carry on|keep going|the rest|finish (?:it|the story|your (?:answer|reply|story)))"
                    + "(?:,? (?:please|where you stopped|from where you stopped|the story|your answer|slowly))*",
            "(?:mach )?weiter",
            "sigue|continúa",
            "続けて"),
    SUMMARY(
            "(?:summari[sz]e|sum up|sum it up|recap|resúme|resumen|要約).*",
            "(?:give me |write |make |show me )?(?:a |the )?(?:short |brief )?summary\\b.*",
            "what have we (?:talked about|discussed|done).*",
            "fasse? .*zusammen.*"),
    WHERE_WE_WERE(
            "what (?:were|are|was) (?:we|i) (?:working on|doing|talking about|discussing|up to)\\b.*",
            "what did we (?:last )?(?:talk about|discuss|work on)\\b.*",
            "where (?:were|was|are) (?:we|i)",
            "where did (?:we|i) (?:stop|leave off|get to)\\b.*",
            "woran (?:haben|hatten) wir.*",
            "wo waren wir.*",
            "en qué estábamos.*"),
    REMEMBERED(
            "what (?:do|did) (?:you|i) (?:know|remember|tell)(?: (?:about me|about|me|you|so far))*",
            "what (?:should|must) you remember",
            "what have i told you(?: so far)?",
            "list (?:everything|all|what) you (?:know|remember).*",
            "do you remember (?:me|anything)"),
    ABOUT(
            "(?:who|what) are you",
            "what can you do",
            "help(?: me)?",
            "are you (?:an? )?(?:ai|real|model|human|bot|robot).*",
            "what(?: is|[’']s) your name",
            "wer bist du|quién eres"),
    GREETING(
            "(?:hello|hi|hey|good (?:morning|evening|afternoon|day))(?: (?:there|again|everyone))?",
            "hallo|guten tag|hola|bonjour|こんにちは"),
    THANKS("(?:thanks|thank you|danke|gracias|merci|ありがとう).*");

    /** A wish for slowness is looked for up to here. */
    private static final int READ = 2_000;

    private final Pattern forms;

    BuiltInRequest(String... forms) {
        this.forms = Pattern.compile(String.join("|", forms), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Whether the whole of {@code text}, without its end mark, is this request. */
    boolean is(String text) {
        return forms.matcher(text).matches();
    }

    /** Whether the beginning of {@code text} has this request somewhere. */
    boolean in(String text) {
        return forms.matcher(text).region(0, Math.min(text.length(), READ)).find();
    }
}
