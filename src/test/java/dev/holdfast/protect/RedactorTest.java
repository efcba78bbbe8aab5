package dev.holdfast.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final String AWS = "AKIAIOSFODNN7EXAMPLE";
    private static final String OTHER_AWS = "AKIAI44QH7DHBEXAMPLE";
    private static final Instant NOW = Instant.parse("2026-11-21T05:31:00Z");

    private final Redactor redactor = redactor(Optional.empty());

    @Test
    void sameSecretHasTheSamePlaceholderInEveryTextOfAConversation() {
        assertEquals("<AWS_KEY_0> <AWS_KEY_1>", redactor.redact(AWS + " " + OTHER_AWS));
        assertEquals("again <AWS_KEY_0>", redactor.redact("again " + AWS));
        assertEquals("elsewhere <AWS_KEY_0>", redactor(Optional.empty()).redact("elsewhere " + OTHER_AWS));
    }

    @Test
    void sameSecretHasOnePlaceholderUnderWhateverNameItComes() {
        assertEquals("password=<PASSWORD_0>", redactor.redact("password=hunter22"));
        assertEquals("x://me:<PASSWORD_0>@host", redactor.redact("x://me:hunter22@host"));
        assertEquals("token=<PASSWORD_0>", redactor.redact("token=hunter22"));
        assertEquals("password=<PASSWORD_1>", redactor.redact("password=hunter23"));
    }

    @Test
    void numbersGoOnFromTheHighestInTheConversation() {
        List<Message> already = List.of(
                message(new Block.Text("<AWS_KEY_4>, <AWS_KEY_2> and <JWT_x>, <JWT_99999999999>")),
                message(new Block.Thinking("<PASSWORD_0>", "<JWT_7>")),
                message(other(
                        "{'type':'tool_result','content':[{'type':'text','text':'<SECRET_11>'}],'n':1,'z':null}")));
        Placeholders placeholders = new Placeholders();
        already.forEach(placeholders::note);
        Redactor later = new Redactor(RedactionRules.secrets(), Optional.empty(), placeholders);
        assertEquals("<AWS_KEY_5> password=<PASSWORD_1>", later.redact(AWS + " password=hunter22"));
        assertEquals("token=<SECRET_12>", later.redact("token=0123456789abcdef"));
    }

    @Test
    void secretsAreRememberedUpToALimit() {
        Placeholders placeholders = new Placeholders();
        assertEquals("<X_0>", placeholders.of("X", "first"));
        for (int i = 1; i < Placeholders.REMEMBERED; i++) {
            placeholders.of("X", "secret " + i);
        }
        assertEquals("<X_0>", placeholders.of("X", "first"));
        placeholders.of("X", "one more");
        assertEquals("<X_" + (Placeholders.REMEMBERED + 1) + ">", placeholders.of("X", "first"));
    }

    @Test
    void messageKeepsAllButItsSecrets() {
        Message message = new Message(
                AWS,
                Optional.of(OTHER_AWS),
                Role.ASSISTANT,
                List.of(new Block.Text("key " + AWS), new Block.Thinking("that " + AWS, AWS)),
                NOW,
                Optional.of(AWS),
                Optional.of(AWS),
                new Usage(1, 2, 3, 4),
                Stop.FAILED,
                Optional.of("refused " + AWS));
        Message expected = new Message(
                AWS,
                Optional.of(OTHER_AWS),
                Role.ASSISTANT,
                List.of(new Block.Text("key <AWS_KEY_0>"), new Block.Thinking("that <AWS_KEY_0>", AWS)),
                NOW,
                Optional.of(AWS),
                Optional.of(AWS),
                new Usage(1, 2, 3, 4),
                Stop.FAILED,
                Optional.of("refused <AWS_KEY_0>"));
        assertEquals(Optional.of(expected), redactor.redact(message));
    }

    @Test
    void toolInputAndResultLoseTheirSecretsAndKeepIdsAndShape() {
        assertEquals(
                other("{'type':'tool_use','id':'" + AWS
                        + "','name':'sh','input':{'cmd':'echo <AWS_KEY_0>','n':[1,true,null],"
                        + "'env':{'DB_PASSWORD':'<PASSWORD_0>','user':'me','tokens':'none'}}}"),
                redact("{'type':'tool_use','id':'" + AWS + "','name':'sh','input':{'cmd':'echo " + AWS
                        + "','n':[1,true,null],"
                        + "'env':{'DB_PASSWORD':'open sesame','user':'me','tokens':'none'}}}"));
        assertEquals(
                other("{'type':'tool_result','tool_use_id':'" + AWS
                        + "','content':[{'type':'text','text':'<AWS_KEY_0>'},"
                        + "{'type':'image','source':{'type':'base64','data':'" + AWS + "'}}]}"),
                redact("{'type':'tool_result','tool_use_id':'" + AWS + "','content':[{'type':'text','text':'" + AWS
                        + "'}," + "{'type':'image','source':{'type':'base64','data':'" + AWS + "'}}]}"));
        assertEquals(
                other("{'type':'tool_result','tool_use_id':'t','content':'<AWS_KEY_0>'}"),
                redact("{'type':'tool_result','tool_use_id':'t','content':'" + AWS + "'}"));
    }

    @Test
    void imageAndEncryptedThoughtAreLeftAsTheyAre() {
        for (String kept : List.of(
                "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'" + AWS + "'}}",
                "{'type':'image_url','image_url':{'url':'data:image/png;base64," + AWS + "'}}",
                "{'type':'redacted_thinking','data':'" + AWS + "'}",
                "{'type':'thinking','thinking':'','signature':'" + AWS + "'}")) {
            assertEquals(other(kept), redact(kept));
        }
    }

    @Test
    void documentOfPlainTextIsRedactedAndOneOfBytesIsNot() {
        assertEquals(
                other("{'type':'document','source':{'type':'text','media_type':'text/plain','data':'<AWS_KEY_0>'}}"),
                redact("{'type':'document','source':{'type':'text','media_type':'text/plain','data':'" + AWS + "'}}"));
        String bytes =
                "{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'" + AWS + "'}}";
        assertEquals(other(bytes), redact(bytes));
    }

    @Test
    void nameOfAMemberMakesASecretOnlyOfWhatLooksLikeOne() {
        assertEquals(
                other("{'type':'x','password':'required','api_key':'your-key','token_count':'12345678a','token':'t'}"),
                redact(
                        "{'type':'x','password':'required','api_key':'your-key','token_count':'12345678a','token':'t'}"));
        assertEquals(
                other("{'type':'x','clientSecret':'<SECRET_0>','passwords':['a1b2c3d4']}"),
                redact("{'type':'x','clientSecret':'a1b2c3d4','passwords':['a1b2c3d4']}"));
    }

    @Test
    void kindThatIsOffIsLeftAlone() {
        Redactor mails = new Redactor(
                new RedactionRules(EnumSet.of(SecretKind.EMAIL), List.of()), Optional.empty(), new Placeholders());
        assertEquals("<EMAIL_0> " + AWS + " password=hunter22", mails.redact("a@b.org " + AWS + " password=hunter22"));
        assertEquals(
                List.of(other("{'password':'hunter22'}")),
                mails.redact(message(other("{'password':'hunter22'}")))
                        .orElseThrow()
                        .content());
        assertEquals("a@b.org", redactor.redact("a@b.org"));
    }

    @Test
    void filterSeesNoSecretAndMayChangeTheContent() {
        Redactor shouting = redactor(Optional.of(message -> {
            assertFalse(message.text().contains(AWS));
            return Optional.of(
                    Message.user(message.id(), message.parent(), message.text().toUpperCase(), NOW, Optional.empty()));
        }));
        assertEquals(
                "MY <AWS_KEY_0>",
                shouting.redact(message(new Block.Text("my " + AWS)))
                        .orElseThrow()
                        .text());
        assertTrue(shouting.needsWholeMessages());
        assertFalse(redactor.needsWholeMessages());
    }

    @Test
    void filterMayDropAMessage() {
        assertEquals(
                Optional.empty(),
                redactor(Optional.of(message -> Optional.empty())).redact(message(new Block.Text("x"))));
    }

    @Test
    void filterMayNotMakeAnotherMessageOfIt() {
        Redactor confused = redactor(
                Optional.of(message -> Optional.of(Message.user("m9", message.parent(), "x", NOW, Optional.empty()))));
        assertEquals(
                "the message filter changed id, parent or role of message m1: expected only its content to change",
                assertThrows(IllegalStateException.class, () -> confused.redact(message(new Block.Text("x"))))
                        .getMessage());
        for (Message other : List.of(
                Message.user("m1", Optional.of("m0"), "x", NOW, Optional.empty()),
                new Message(
                        "m1",
                        Optional.empty(),
                        Role.ASSISTANT,
                        List.of(),
                        NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Usage.NONE,
                        Stop.COMPLETE,
                        Optional.empty()))) {
            Redactor others = redactor(Optional.of(message -> Optional.of(other)));
            assertThrows(IllegalStateException.class, () -> others.redact(message(new Block.Text("x"))));
        }
    }

    @Test
    void secretThatIsAWholeMemberHasThePlaceholderThatItHasInText() {
        assertEquals(other("{'type':'x','password':'<PASSWORD_0>'}"), redact("{'type':'x','password':'hunter22'}"));
        assertEquals(other("{'type':'x','password':'<PASSWORD_1>'}"), redact("{'type':'x','password':'hunter23'}"));
        assertEquals("password=<PASSWORD_0> <AWS_KEY_0>", redactor.redact("password=hunter22 " + AWS));
        assertEquals(
                other("{'type':'x','password':'<PASSWORD_2>'}"), redact("{'type':'x','password':'\u0168unter22'}"));
    }

    @Test
    void onlyAPlainValueIsKeptForItsName() {
        assertEquals(other("{'type':['x'],'text':'<AWS_KEY_0>'}"), redact("{'type':['x'],'text':'" + AWS + "'}"));
        assertEquals(other("{'name':{'x':'<AWS_KEY_0>'}}"), redact("{'name':{'x':'" + AWS + "'}}"));
        assertEquals(other("{'name':['<AWS_KEY_0>']}"), redact("{'name':['" + AWS + "']}"));
        assertEquals(
                other("{'media_type':'x','data':'" + AWS + "','title':'<AWS_KEY_0>'}"),
                redact("{'media_type':'x','data':'" + AWS + "','title':'" + AWS + "'}"));
        assertEquals(other("{'data':'<AWS_KEY_0>'}"), redact("{'data':'" + AWS + "'}"));
    }

    /** The same choice of what to take out as conversation-codec's own redaction; the placeholders are ours. */
    @Test
    void messagesOfConversationCodecAreRedactedAsItDoes() {
        Redactor all = new Redactor(
                new RedactionRules(EnumSet.of(SecretKind.AUTHORIZATION, SecretKind.EMAIL), List.of()),
                Optional.empty(),
                new Placeholders());
        List<String> redacted = Resources.lines("formats/conversation-codec/redact-input.jsonl").stream()
                .map(line -> all.redact(content(line))
                        .replace("<EMAIL_0>", "[EMAIL]")
                        .replace("<AUTHORIZATION_0>", "[REDACTED]"))
                .toList();
        assertEquals(
                Resources.lines("formats/conversation-codec/redact-expected.jsonl").stream()
                        .map(RedactorTest::content)
                        .toList(),
                redacted);
    }

    private static String content(String line) {
        return JsonParser.parseString(line).getAsJsonObject().get("content").getAsString();
    }

    private Block redact(String json) {
        return redactor.redact(message(other(json))).orElseThrow().content().get(0);
    }

    private static Redactor redactor(Optional<MessageFilter> filter) {
        return new Redactor(RedactionRules.secrets(), filter, new Placeholders());
    }

    private static Message message(Block block) {
        return new Message(
                "m1",
                Optional.empty(),
                Role.USER,
                List.of(block),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Usage.NONE,
                Stop.COMPLETE,
                Optional.empty());
    }

    private static Block.Other other(String json) {
        JsonObject object = JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
        return new Block.Other(object);
    }
}
