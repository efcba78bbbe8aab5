package dev.holdfast.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A character is a token here. */
class BlockCounterTest {
    private static final int FRAME = 8;
    private static final int PAGE = 2_400;

    private final BlockCounter counter = new BlockCounter(String::length, ImageCost.BY_AREA);

    @Test
    void messageCostsItsOwnAndItsBlocks() {
        Block text = new Block.Text("words");
        Block thinking = new Block.Thinking("hm", "seal");
        assertEquals(3 + 5 + 6, count(3, text, thinking));
        assertEquals(3, count(3));
    }

    @Test
    void sumBeyondAnIntStaysTheLargestInt() {
        BlockCounter huge = new BlockCounter(text -> Integer.MAX_VALUE, ImageCost.BY_AREA);
        assertEquals(
                Integer.MAX_VALUE,
                huge.count(
                        new Paths()
                                .add(Role.USER, Stop.COMPLETE, new Block.Text(""), new Block.Text(""))
                                .all()
                                .get(0),
                        4));
    }

    /** The name has 3 characters, the arguments 7. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"tool_use","id":"toolu_1","name":"add","input":{"a":1}}
            {"type":"custom_tool_call","call_id":"c","name":"add","input":"{a: 1}\\n"}
            {"type":"function_call","call_id":"c","name":"add","arguments":"{\\"a\\":1}"}
            {"id":"call_1","type":"function","function":{"name":"add","arguments":"{\\"a\\":1}"}}
            {"id":"call_1","function":{"name":"add","arguments":{"a":1}}}
            """)
    void callCostsNameAndArgumentsInWhateverShape(String json) {
        assertEquals(FRAME + 3 + 7, count(json));
    }

    @Test
    void callWithoutArgumentsCostsItsName() {
        assertEquals(FRAME + 3, count("{'type':'function','function':{'name':'now'}}"));
    }

    @Test
    void resultCostsItsContentStringOrBlocks() {
        assertEquals(FRAME + 5, count("{'type':'tool_result','tool_use_id':'t','content':'words'}"));
        assertEquals(
                FRAME + 5 + 4 + 1_600,
                count("{'type':'tool_result','content':[{'type':'text','text':'words'},'more',{'type':'image'}]}"));
        assertEquals(FRAME, count("{'type':'tool_result'}"));
    }

    @Test
    void bytesOfAnImageAreNotCounted() {
        assertEquals(1_600, count(image("AAAA".repeat(100_000))));
        assertEquals(1_600, count("{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}"));
        assertEquals(1_600, count("{'type':'input_image','image_url':'https://example.org/a.png'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 750, 1000, 765",
        "75, 10, 1, 255",
        "3000, 3000, 1600, 765",
        "512, 512, 350, 255",
        "513, 512, 351, 425",
        "2048, 4096, 1600, 1105",
        "0, 100, 1600, 1600",
        "-5, -5, 1600, 1600"
    })
    void imageOfKnownSizeCostsByItsModelsRule(int width, int height, int byArea, int byTiles) {
        JsonObject image = image("");
        image.addProperty("width", width);
        image.addProperty("height", height);
        assertEquals(byArea, ImageCost.BY_AREA.of(image));
        assertEquals(byTiles, ImageCost.BY_TILES.of(image));
    }

    @Test
    void sizeOfAnImageMayStandBesideItsBytes() {
        JsonObject image = JsonParser.parseString("{'type':'image','source':{'width':750,'height':2}}")
                .getAsJsonObject();
        assertEquals(2, ImageCost.BY_AREA.of(image));
    }

    @Test
    void imageAtLowDetailCostsNoTiles() {
        JsonObject image = JsonParser.parseString("{'image_url':{'url':'u','detail':'low','width':900,'height':900}}")
                .getAsJsonObject();
        assertEquals(85, ImageCost.BY_TILES.of(image));
        assertEquals(1_080, ImageCost.BY_AREA.of(image));
    }

    @ParameterizedTest
    @EnumSource(ImageCost.class)
    void imageOfUnknownSizeCostsTheMost(ImageCost rule) {
        assertEquals(1_600, rule.of(new JsonObject()));
        assertEquals(
                1_600,
                rule.of(JsonParser.parseString("{'width':'9','height':{}}").getAsJsonObject()));
    }

    /** Four characters of Base64 are three bytes. */
    @ParameterizedTest
    @CsvSource({"400, 1", "53332, 1", "53336, 2", "5333332, 100", "80000000, 100"})
    void documentCostsByItsSizeWithinBounds(int characters, int pages) {
        String data = "A".repeat(characters);
        assertEquals(pages * PAGE, count("{'type':'document','source':{'type':'base64','data':'" + data + "'}}"));
    }

    @Test
    void documentOfOpenAiCostsTheSame() {
        String data = "A".repeat(80_000);
        assertEquals(2 * PAGE, count("{'type':'file','file':{'filename':'a.pdf','file_data':'" + data + "'}}"));
        String url = "data:application/pdf;base64," + data;
        assertEquals(2 * PAGE, count("{'type':'input_file','file_data':'" + url + "'}"));
    }

    @Test
    void documentOfTextCostsItsText() {
        assertEquals(5 + 1, count("{'type':'document','title':'T','source':{'type':'text','data':'words'}}"));
        assertEquals(
                5 + 4,
                count("{'type':'document','source':{'type':'content','content':"
                        + "[{'type':'text','text':'words'},'more']}}"));
    }

    @Test
    void documentThatIsOnlyReferredToCostsSomePages() {
        assertEquals(5 * PAGE, count("{'type':'document','source':{'type':'url','url':'https://example.org/a.pdf'}}"));
    }

    @Test
    void unknownBlockCostsItsJsonAndItsBytesByTheirSize() {
        assertEquals("{\"type\":\"odd\",\"a\":[1,null]}".length(), count("{'type':'odd','a':[1,null]}"));
        String audio = "{'type':'input_audio','input_audio':{'data':'%s','format':'wav'}}";
        int without = audio.length() - 2;
        assertEquals(without + PAGE, count(String.format(audio, "A".repeat(256))));
        assertEquals(without + 255, count(String.format(audio, "A".repeat(255))));
        assertEquals(
                without + 300, count(String.format(audio, "a word ".repeat(50).substring(0, 300))));
    }

    @Test
    void argumentsOfACallAreTextEvenIfTheyAreBase64() {
        String data = "A".repeat(1_000);
        assertEquals(
                FRAME + 3 + "{\"data\":\"\"}".length() + 1_000,
                count("{'type':'tool_use','name':'put','input':{'data':'" + data + "'}}"));
    }

    @Test
    void typeThatIsNoStringIsUnknown() {
        assertEquals("{\"type\":{}}".length(), count("{'type':{}}"));
        assertEquals("{\"type\":1}".length(), count("{'type':1}"));
    }

    private static JsonObject image(String data) {
        JsonObject image = new JsonObject();
        image.addProperty("type", "image");
        image.addProperty("data", data);
        return image;
    }

    private int count(String json) {
        return count(JsonParser.parseString(json).getAsJsonObject());
    }

    private int count(JsonObject json) {
        return count(0, new Block.Other(json));
    }

    private int count(int perMessage, Block... blocks) {
        return counter.count(
                new Paths().add(Role.USER, Stop.COMPLETE, blocks).all().get(0), perMessage);
    }
}
