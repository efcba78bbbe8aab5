package dev.holdfast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.conversation.Stop;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInAnswersTest {
    private final BuiltInTalk talk = new BuiltInTalk();

    @Test
    void nameIsRememberedOverManyOtherTurns() {
        talk.say("My name is Olga");
        for (int i = 0; i < 50; i++) {
            talk.say("Tell me something about number " + i);
        }
        assertEquals("Your name is Olga.", talk.say("What is my name?"));
    }

    @Test
    void nothingIsRememberedThatIsNotHanded() {
        talk.say("My name is Olga");
        talk.forget(2);
        String answer = talk.say("What is my name?");
        assertFalse(answer.contains("Olga"));
        assertTrue(answer.contains("You have not told me that"), answer);
    }

    @Test
    void correctedFactReplacesTheFirst() {
        talk.say("My name is Olga.");
        assertEquals(
                "I will remember: your name is Helga (before: your name is Olga).",
                talk.say("Sorry, my name is Helga."));
        assertEquals("Your name is Helga.", talk.say("Do you know what my name is?"));
        assertFalse(talk.say("What do you remember about me?").contains("Olga"));
    }

    @Test
    void factToldInOtherWordsReplacesTheFirst() {
        talk.say("My dog is called Rex");
        talk.say("The name of my dog is Max");
        assertEquals("The name of your dog is Max.", talk.say("What is my dog's name?"));
    }

    @Test
    void factAndQuestionInOneMessageAreBothTaken() {
        assertEquals("Your name is Olga.", talk.say("Hi, my name is Olga and I live in Bergen. What is my name?"));
        assertEquals("You live in Bergen.", talk.say("Where do I live?"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        I live in Bergen                      | Where do I live?                 | You live in Bergen.
        I’m from Porto                        | where am I from                  | You are from Porto.
        I work as a nurse                     | What is my job?                  | You work as a nurse.
        I am a teacher                        | Who am I?                        | You are a teacher.
        I am 34 years old                     | How old am I?                    | You are 34 years old.
        My favorite color is blue             | What's my favourite colour?      | Your favorite color is blue.
        my dog is called Rex                  | What is the name of my dog?      | Your dog is called Rex.
        my dog's name is Rex                  | What's my dog called?            | Your dog's name is Rex.
        Remember that the code is 4711        | What was the code?               | The code is 4711.
        Please remember: milk, eggs and rice  | What should you remember? And the eggs? | Milk, eggs and rice.
        Anna arrives at nine       | When does Anna arrive? | Earlier you said: “Anna arrives at nine”.
        Ich heiße Jürgen                      | Wie heiße ich?                   | Du heißt Jürgen.
        Me llamo José                         | ¿Cómo me llamo?                  | Te llamas José.
        私の名前は花子です                      | 私の名前は何ですか？               | あなたの名前は花子です。
        Call me Ishmael                       | What is my name?                 | Your name is Ishmael.
        """)
    void factIsRecalledByItsQuestion(String fact, String question, String answer) {
        talk.say(fact);
        String said = talk.say(question);
        assertTrue(said.contains(answer), said);
    }

    @Test
    void questionAboutSomethingElseIsNotAnsweredWithANearFact() {
        talk.say("My favourite food is rice");
        talk.say("My name is Olga");
        assertTrue(talk.say("What is my favourite colour?").startsWith("You asked: “What is my favourite colour?”."));
        assertTrue(talk.say("What is my dog's name?").contains("You have not told me that"));
    }

    @Test
    void severalLikingsAreAllRecalled() {
        talk.say("I like tea. I love long walks.");
        assertEquals("You like tea. You love long walks.", talk.say("What do I like?"));
    }

    @Test
    void askedNameIsNotTakenForAFact() {
        talk.say("Is my name Olga?");
        assertTrue(talk.say("What is my name?").contains("You have not told me that"));
    }

    @Test
    void appointmentIsNotTakenForAName() {
        talk.say("Call me tomorrow");
        assertTrue(talk.say("What is my name?").contains("You have not told me that"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Why is the sky blue?", "東京の天気はどうですか？", "¿Por qué el cielo es azul?", "Что ты умеешь?"})
    void questionBeyondItIsQuotedWithAnHonestWord(String question) {
        String answer = talk.say(question);
        assertTrue(answer.startsWith("You asked: “" + question + "”."), answer);
        assertTrue(answer.contains("I am the offline stand-in"), answer);
    }

    @Test
    void statementBeyondItIsQuoted() {
        assertTrue(talk.say("Explain tides to me.").startsWith("You said: “Explain tides to me.”. I am the offline"));
    }

    @Test
    void longMessageIsQuotedInPart() {
        String answer = talk.say("tides ".repeat(50_000));
        assertTrue(answer.contains("tides tides tide…”"), answer);
        assertTrue(answer.length() < 700, answer);
    }

    @Test
    void emojiAtTheCutIsNotSplit() {
        String answer = talk.say("🌊".repeat(600));
        assertTrue(answer.startsWith("You said: “" + "🌊".repeat(400) + "…”"), answer);
    }

    @Test
    void messageWithoutWordsIsAnsweredToo() {
        assertTrue(talk.say("  ").startsWith("Your message holds no text"));
    }

    @Test
    void workIsRecalledAfterOtherTalk() {
        talk.say("Let's plan a walk along the coast of Norway");
        talk.say("My name is Olga");
        talk.say("What is my name?");
        String answer = talk.say("What were we working on?");
        assertTrue(
                answer.startsWith("We were working on this: “Let's plan a walk along the coast of Norway”."), answer);
        assertTrue(answer.contains("Last you wrote: “What is my name?”. I answered: “Your name is Olga.”."), answer);
    }

    @Test
    void workThatBrokeOffIsSaidToHaveBrokenOff() {
        talk.ask("Tell me a long story about tides");
        talk.replied("Once upon a time", Stop.INTERRUPTED);
        String answer = talk.say("Where were we?");
        assertTrue(answer.contains("“Tell me a long story about tides”. My answer broke off after 4 words"), answer);
    }

    @Test
    void nothingBegunIsSaidPlainly() {
        assertTrue(talk.say("What were we working on?").startsWith("We had not begun anything yet"));
    }

    @Test
    void summaryCountsAndListsWhatWasSaid() {
        talk.say("My name is Olga");
        talk.say("Explain tides");
        String summary = talk.say("Please summarise our conversation.");
        assertTrue(summary.startsWith("So far: 2 messages from you, 2 answers from me, "), summary);
        assertTrue(summary.contains("- “My name is Olga”\n- “Explain tides”"), summary);
        assertTrue(summary.contains("**You told me**\n\n- Your name is Olga."), summary);
    }

    @Test
    void summaryOfALongConversationKeepsTheNewest() {
        for (int i = 1; i <= 20; i++) {
            talk.say("Request " + i);
        }
        String summary = talk.say("Can you give me a short summary?");
        assertTrue(summary.contains("- … 8 earlier messages\n- “Request 9”"), summary);
        assertTrue(summary.contains("- “Request 20”"), summary);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Repeat after me: the tide is out.           | the tide is out.
        Please say “hello”                          | hello
        How many words are in “one two, three”?     | “one two, three” has 3 words.
        Count the characters: Grüße 🌊              | “Grüße 🌊” has 7 characters.
        How many letters does "a-b-c" have?         | “a-b-c” has 3 letters.
        thank you!                                  | You are welcome.
        """)
    void smallRequestIsDone(String request, String answer) {
        assertEquals(answer, talk.say(request));
    }

    @Test
    void lastAnswerIsRepeated() {
        talk.say("say hello");
        assertEquals("hello", talk.say("What did you say?"));
    }

    @Test
    void greetingUsesTheName() {
        talk.say("My name is Olga");
        assertTrue(talk.say("Good morning!").startsWith("Hello, Olga."));
    }

    @Test
    void brokenReplyIsContinuedWhereItStopped() {
        String whole = talk.ask("Tell me a story about lighthouses").text();
        talk.replied(whole.substring(0, 100), Stop.STOPPED);
        String second = talk.ask("continue").text();
        assertEquals(whole.substring(100).stripLeading(), second);
        talk.replied(second.substring(0, 50), Stop.LENGTH);
        assertEquals(
                second.substring(50).stripLeading(), talk.ask("Go on, please.").text());
    }

    @Test
    void completeReplyHasNothingToContinue() {
        talk.say("say hello");
        assertTrue(talk.say("continue").startsWith("My last answer was complete"));
    }

    @ParameterizedTest
    @CsvSource({
        "'Please be slow', true",
        "'Answer slowly: what is 1 + 1?', true",
        "'ゆっくり話して', true",
        "'My car is slow', false"
    })
    void slownessIsAskedForInWords(String request, boolean slow) {
        assertEquals(slow, talk.ask(request).slow());
    }

    @Test
    void tableShowsTheConversationAndEscapesItsBars() {
        talk.say("say a|b");
        assertTrue(talk.say("Show me a table").contains("| 1 | you | 2 | “say a\\|b” |\n| 2 | me | 1 | “a\\|b” |"));
    }

    @Test
    void codeIsFencedAndItsStringsAreEscaped() {
        talk.say("say \"hi\" ``` \\");
        String code = talk.say("Show me some code in Java");
        assertTrue(code.startsWith("````java\nimport"), code);
        assertTrue(code.contains("\"say \\\"hi\\\" ``` \\\\\""), code);
        assertTrue(code.endsWith("\n````"), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Java", "JavaScript", "Python", "JSON", "bash"})
    void codeComesInTheLanguageAskedFor(String language) {
        String code = talk.say("Show me code in " + language);
        String named = language.equals("bash") ? "sh" : language.toLowerCase(Locale.ROOT);
        assertTrue(code.startsWith("```" + named + "\n"), code);
    }

    @Test
    void codeInAnotherLanguageIsAdmittedToBeUnknown() {
        assertTrue(
                talk.say("Show me code in Rust").startsWith("I can write Java, JavaScript, Python, JSON and shell."));
    }

    @Test
    void markdownShowsAllForms() {
        String markdown = talk.say("Show me some markdown");
        assertTrue(
                markdown.contains("| # | who |") && markdown.contains("- [ ] ") && markdown.contains("```java"),
                markdown);
    }

    /** Any input gets a non-empty answer, quickly; the seed stands in the message. */
    @Test
    void arbitraryInputIsAnsweredInTime() {
        String[] parts = {
            "my ",
            "name ",
            "is ",
            "I ",
            "am ",
            "remember ",
            "that ",
            "the ",
            "?",
            "!",
            ". ",
            ", ",
            "and ",
            "what ",
            "(",
            "1",
            "*",
            "^",
            "’s ",
            "\n",
            "“",
            "”",
            "tell me ",
            "a story ",
            "about ",
            "1000 words ",
            "show ",
            "table ",
            "花",
            "🌊",
            "\u0000",
            "$",
            "\\",
            "{topic}"
        };
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(400); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            long used = seed;
            BuiltInTalk one = new BuiltInTalk();
            String answer = assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> one.say(text.toString()), () -> "seed " + used);
            assertFalse(answer.isEmpty(), () -> "seed " + used);
        }
    }

    @Test
    void hugeMessagesAreReadInTime() {
        for (String part : new String[] {"my ", "a", "I am ", "my a ", "(", "what is my ", "“", "1 + ", "tell me a "}) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> new BuiltInTalk().say(part.repeat(300_000)), part);
        }
    }
}
