package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Overlay;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Spent;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryJsonTest {
    private static final Instant AT = Instant.parse("2026-11-21T05:31:00.250Z");
    private static final Entry.ReplyStarted START = new Entry.ReplyStarted("m2", "m1", "scripted", AT);

    /** An entry and its written form. */
    record Sample(Entry entry, String line) {}

    static List<Sample> samples() {
        return List.of(
                new Sample(
                        Message.user("m1", Optional.empty(), "My name is \"Ölga\"\n😀", AT, Optional.of("k1")),
                        "{'role':'user','content':'My name is \\'Ölga\\'\\n😀','id':'m1','parent':null,"
                                + "'timestamp':'2026-11-21T05:31:00.250Z','send_key':'k1'}"),
                new Sample(
                        START,
                        "{'_type':'reply','id':'m2','parent':'m1','model':'scripted',"
                                + "'timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Delta("m2", 1, Block.Kind.TEXT, 5, "Hi"),
                        "{'_type':'delta','id':'m2','block':1,'at':5,'text':'Hi'}"),
                new Sample(
                        new Entry.Delta("m2", 0, Block.Kind.THINKING, 0, "Hm"),
                        "{'_type':'delta','id':'m2','block':0,'kind':'thinking','at':0,'text':'Hm'}"),
                new Sample(
                        Message.reply(
                                START,
                                List.of(new Block.Thinking("Hm", "sealed"), new Block.Text("Hi"), image()),
                                AT,
                                new Usage(12, 9, 3, 4),
                                Stop.FAILED,
                                "The model is gone."),
                        "{'role':'assistant','content':[{'type':'thinking','thinking':'Hm','signature':'sealed'},"
                                + "{'type':'text','text':'Hi'},{'type':'image','source':{'n':1.50}}],"
                                + "'id':'m2','parent':'m1','model':'scripted','timestamp':'2026-11-21T05:31:00.250Z',"
                                + "'usage':{'input':12,'output':9,'cache_read':3,'cache_write':4},"
                                + "'stop':'failed','cause':'The model is gone.'}"),
                new Sample(
                        Message.reply(START, List.of(), AT, Usage.NONE, Stop.INTERRUPTED, null),
                        "{'role':'assistant','content':[],'id':'m2','parent':'m1','model':'scripted',"
                                + "'timestamp':'2026-11-21T05:31:00.250Z','stop':'interrupted'}"),
                new Sample(
                        new Entry.Queued("m3", "And?", AT, Optional.of("k3")),
                        "{'_type':'queued','id':'m3','content':'And?','send_key':'k3',"
                                + "'timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Title("Names", AT),
                        "{'_type':'title','title':'Names','timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Head(Optional.of("m1"), AT),
                        "{'_type':'head','id':'m1','timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(new Entry.Paused(AT), "{'_type':'paused','timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(new Entry.Resumed(AT), "{'_type':'resumed','timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(new Entry.Deleted(AT), "{'_type':'deleted','timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(new Entry.Restored(AT), "{'_type':'restored','timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Window("m7", AT),
                        "{'_type':'window','from':'m7','timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Window("m7", List.of("m1", "m2"), Optional.of("m6"), 4711, AT),
                        "{'_type':'window','from':'m7','kept':['m1','m2'],'summary':'m6','left_out':4711,"
                                + "'timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Summary(
                                "m6", "m1", "m5", "Olga asked.", Optional.of("a model"), new Usage(90, 12, 0, 0), AT),
                        "{'_type':'summary','id':'m6','from':'m1','to':'m5','text':'Olga asked.','model':'a model',"
                                + "'usage':{'input':90,'output':12},'timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Pin("m1", true, AT),
                        "{'_type':'pin','id':'m1','pinned':true,'timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Trace(
                                "m9",
                                "a model",
                                new Entry.Trace.Begin("m7", List.of("m1"), Optional.of("m6")),
                                "m8",
                                4096,
                                "00ff",
                                812,
                                5523,
                                Optional.of(320L),
                                2100,
                                AT),
                        "{'_type':'trace','id':'m9','model':'a model','kept':['m1'],'summary':'m6','from':'m7','to':'m8',"
                                + "'max_output':4096,'sha256':'00ff','tokens':812,'whole':5523,'first_word_ms':320,"
                                + "'ms':2100,'timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Checkpoint(
                                "m8",
                                Optional.of("Named"),
                                "Hello",
                                4,
                                new Usage(1, 2, 0, 0),
                                Spent.NOTHING.plus("a model", new Usage(3, 4, 0, 0)),
                                9,
                                new Overlay(
                                        Optional.of(new Entry.Window("m3", AT)),
                                        List.of(new Entry.Summary(
                                                "m4", "m1", "m2", "Hello", Optional.empty(), Usage.NONE, AT)),
                                        List.of("m1")),
                                Map.of("JWT", 1, "AWS_KEY", 2),
                                Map.of("", List.of("m1", "m5"), "m8", List.of("m9")),
                                AT,
                                AT),
                        "{'_type':'checkpoint','head':'m8','title':'Named','opening':'Hello','exchanges':4,"
                                + "'usage':{'input':1,'output':2},'spent':{'a model':{'input':3,'output':4}},"
                                + "'highest_id':9,'window':{'_type':'window','from':'m3','timestamp':'2026-11-21T05:31:00.250Z'},"
                                + "'summaries':[{'_type':'summary','id':'m4','from':'m1','to':'m2','text':'Hello',"
                                + "'timestamp':'2026-11-21T05:31:00.250Z'}],'pinned':['m1'],"
                                + "'placeholders':{'AWS_KEY':2,'JWT':1},'branches':{'':['m1','m5'],'m8':['m9']},'active':'2026-11-21T05:31:00.250Z',"
                                + "'timestamp':'2026-11-21T05:31:00.250Z'}"),
                new Sample(
                        new Entry.Unknown(json("{'_type':'weather','from':1,'deep':{'er':[1,null]}}")),
                        "{'_type':'weather','from':1,'deep':{'er':[1,null]}}"));
    }

    private static Block image() {
        return new Block.Other(json("{'type':'image','source':{'n':1.50}}"));
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line.replace("\\'", "\\\"").replace('\'', '"'))
                .getAsJsonObject();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anEntryHasThisWrittenForm(Sample sample) {
        assertEquals(
                json(sample.line()).toString(), EntryJson.write(sample.entry()).toString());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anEntryIsReadAsItWasWritten(Sample sample) {
        assertEquals(sample.entry(), EntryJson.read(json(sample.line())));
    }

    @Test
    void everyTypeOfEntryHasASample() {
        List<Class<?>> sampled = samples().stream()
                .<Class<?>>map(sample -> sample.entry().getClass())
                .distinct()
                .toList();
        for (Class<?> type : Entry.class.getPermittedSubclasses()) {
            assertEquals(true, sampled.contains(type), type.getSimpleName());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fieldsOfALaterVersionDoNotDisturb(Sample sample) {
        JsonObject later = json(sample.line());
        later.add("later", json("{'a':[1]}"));
        Entry read = EntryJson.read(later);
        if (read instanceof Entry.Unknown unknown) {
            assertEquals(later, unknown.json());
        } else {
            assertEquals(sample.entry(), read);
        }
    }

    @Test
    void aMessageOfAnotherProgramNeedsLittle() {
        Message message = assertInstanceOf(
                Message.class, EntryJson.read(json("{'role':'assistant','content':null,'id':'x','usage':null}")));
        assertEquals(Role.ASSISTANT, message.role());
        assertEquals(List.of(), message.content());
        assertEquals(Instant.EPOCH, message.timestamp());
        assertEquals(Usage.NONE, message.usage());
        assertEquals(Stop.COMPLETE, message.stop());
        assertEquals(Optional.empty(), message.parent());
    }

    /** Whatever a line says, it is kept; nothing is thrown. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'_type':null}",
                "{'_type':7}",
                "{'_type':['delta']}",
                "{'_type':{}}",
                "{'role':null}",
                "{'role':7,'id':'m1','content':'x'}",
                "{'role':'narrator','id':'m1','content':'x'}",
                "{'role':['user'],'id':'m1'}",
                "{'role':'user','content':'x'}",
                "{'role':'user','id':null,'content':'x'}",
                "{'role':'user','id':{},'content':'x'}",
                "{'role':'user','id':'m1','content':{}}",
                "{'role':'user','id':'m1','content':[7]}",
                "{'role':'user','id':'m1','content':[null]}",
                "{'role':'user','id':'m1','content':[{'type':'text'}]}",
                "{'role':'user','id':'m1','content':'x','timestamp':'yesterday'}",
                "{'role':'user','id':'m1','content':'x','timestamp':[]}",
                "{'role':'user','id':'m1','content':'x','usage':{'input':-1}}",
                "{'role':'user','id':'m1','content':'x','usage':{'input':'many'}}",
                "{'_type':'reply','id':'m2'}",
                "{'_type':'reply','parent':'m1'}",
                "{'_type':'delta','id':'m2','block':0,'at':0}",
                "{'_type':'delta','id':'m2','block':-1,'at':0,'text':'x'}",
                "{'_type':'delta','id':'m2','block':0,'at':'far','text':'x'}",
                "{'_type':'delta','id':'m2','block':0,'at':0,'kind':'shouting','text':'x'}",
                "{'_type':'delta','id':'m2','block':[],'at':0,'text':'x'}",
                "{'_type':'queued','id':'m3'}",
                "{'_type':'title'}",
                "{'_type':'title','title':null}",
                "{'_type':'head'}",
                "{'_type':'paused','timestamp':'2026-13-01T00:00:00Z'}"
            })
    void aLineThatCannotBeUnderstoodIsKeptAsItIs(String line) {
        Entry.Unknown unknown = assertInstanceOf(Entry.Unknown.class, EntryJson.read(json(line)));
        assertEquals(json(line), unknown.json());
        assertEquals(json(line), EntryJson.write(unknown));
    }
}
