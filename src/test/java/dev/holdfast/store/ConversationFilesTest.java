package dev.holdfast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.holdfast.HandClock;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.conversation.Entry;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Owner;
import dev.holdfast.conversation.Stop;
import dev.holdfast.conversation.Usage;
import dev.holdfast.journal.CountingDisk;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FailingDisk;
import dev.holdfast.journal.JournalException;
import dev.holdfast.journal.JournalForm;
import dev.holdfast.journal.Journals;
import dev.holdfast.journal.LineCodec;
import dev.holdfast.journal.MemoryDisk;
import dev.holdfast.journal.NotedDamage;
import dev.holdfast.journal.Rewriting;
import dev.holdfast.protect.KeyRing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own files: read in every form, from their end too, and left as they are. */
class ConversationFilesTest {
    private static final Path DATA = Path.of("/data");

    private final HandClock clock = new HandClock();
    private final Random random = new Random(5);
    private final MemoryDisk memory = new MemoryDisk();
    private final CountingDisk disk = new CountingDisk(memory);
    private final NotedDamage damage = new NotedDamage();
    private final KeyRing key = newKey();

    private KeyRing newKey() {
        return new KeyRing(KeyRing.parse(KeyRing.keygen(random)), clock, random);
    }

    private FileConversationStore store(JournalForm form) {
        Storage storage = new Storage(
                form == JournalForm.GZIP ? Storage.Gzip.ALWAYS : Storage.Gzip.OFF,
                Optional.of(key),
                form == JournalForm.SEALED,
                List::of);
        return new FileConversationStore(
                disk, DATA, storage, Runnable::run, Runnable::run, clock, random, new NotedDamage());
    }

    private ConversationFiles files(LineCodec... codec) {
        return new ConversationFiles(disk, List.of(codec).stream().findFirst(), ZoneOffset.UTC);
    }

    private Path written(JournalForm form, Entry... entries) throws IOException {
        try (FileConversationStore store = store(form)) {
            StoredConversation conversation = store.create(new Owner("h:olga"), "web:1");
            for (Entry entry : entries) {
                conversation.append(entry).join();
            }
            return form.file(folder(conversation.id()), conversation.id().value());
        }
    }

    private static Path folder(ConversationId id) {
        return DATA.resolve("conversations").resolve(id.value().substring(24));
    }

    private Message said(String id, String parent) {
        return Message.user(
                id, Optional.ofNullable(parent), "words of " + id, clock.instant(), Optional.of("key-" + id));
    }

    private Entry.ReplyStarted begun(String id, String parent) {
        return new Entry.ReplyStarted(id, parent, "scripted", clock.instant());
    }

    private Message answered(String id, String parent) {
        Block.Text text = new Block.Text("answer " + id);
        return Message.reply(
                begun(id, parent), List.of(text), clock.instant(), new Usage(1, 2, 0, 0), Stop.COMPLETE, null);
    }

    private ReadConversation read(Path file) throws IOException {
        byte[] before = memory.bytes(file);
        List<ReadConversation> read = new ArrayList<>();
        files(key).read(file, read::add, damage);
        assertArrayEquals(before, memory.bytes(file));
        assertEquals(1, read.size());
        return read.get(0);
    }

    private List<String> last(Path file, int most) throws IOException {
        List<ReadConversation> read = new ArrayList<>();
        files(key).readLast(file, most, read::add, damage);
        return ids(read.get(0));
    }

    private static List<String> ids(ReadConversation read) {
        return read.path().stream().map(message -> message.message().id()).toList();
    }

    @ParameterizedTest
    @EnumSource(JournalForm.class)
    void everyFormSaysThePathItsBranchesAndWhatIsUnderWay(JournalForm form) throws IOException {
        Path file = written(
                form,
                said("m1", null),
                begun("m2", "m1"),
                new Entry.Delta("m2", 0, Block.Kind.TEXT, 0, "answ"),
                answered("m2", "m1"),
                answered("m3", "m1"),
                new Entry.Head(Optional.of("m2"), clock.instant()),
                said("m4", "m2"),
                begun("m5", "m4"),
                new Entry.Delta("m5", 0, Block.Kind.TEXT, 0, "It is "),
                new Entry.Queued("m6", "And then?", clock.instant(), Optional.empty()));

        ReadConversation read = read(file);

        assertEquals(Origin.HOLDFAST, read.origin());
        assertEquals("web:1", read.header().get("channel_key").getAsString());
        assertEquals(List.of("m1", "m2", "m4", "m5", "m6"), ids(read));
        assertEquals(
                List.of("m1", "m2", "m3", "m4", "m5", "m6"),
                read.messages().stream().map(each -> each.message().id()).toList());
        assertEquals("It is ", read.path().get(3).message().text());
        assertEquals(Stop.INTERRUPTED, read.path().get(3).message().stop());
        assertEquals(Optional.of("m5"), read.path().get(4).message().parent());
        assertEquals(
                "{\"role\":\"user\",\"content\":\"And then?\",\"id\":\"m6\",\"parent\":\"m5\","
                        + "\"timestamp\":\"2026-11-21T05:31:00Z\",\"state\":\"queued\"}",
                read.path().get(4).json().toString());
        assertEquals(
                "{\"role\":\"assistant\",\"content\":\"answer m2\",\"id\":\"m2\",\"parent\":\"m1\",\"model\":\"scripted\","
                        + "\"timestamp\":\"2026-11-21T05:31:00Z\",\"usage\":{\"input\":1,\"output\":2}}",
                read.path().get(1).json().toString());
        assertEquals(List.of(), damage.notes());
        for (int most = 1; most <= 7; most++) {
            assertEquals(ids(read).subList(Math.max(0, 5 - most), 5), last(file, most), "last " + most);
        }
    }

    private void assertPath(Path file, String... ids) throws IOException {
        List<String> path = List.of(ids);
        assertEquals(path, ids(read(file)));
        for (int most = 1; most <= ids.length + 1; most++) {
            assertEquals(path.subList(Math.max(0, ids.length - most), ids.length), last(file, most), "last " + most);
        }
    }

    @Test
    void pathThatWasTakenBackAsAWholeIsEmpty() throws IOException {
        assertPath(written(
                JournalForm.PLAIN,
                said("m1", null),
                answered("m2", "m1"),
                new Entry.Head(Optional.empty(), clock.instant())));
    }

    @Test
    void replyThatIsBeingWrittenInThePlaceOfAnotherEndsThePath() throws IOException {
        Entry again = new Entry.ReplyStarted("m5", "m1", "scripted", Optional.of("m2"), clock.instant());
        assertPath(
                written(
                        JournalForm.PLAIN,
                        said("m1", null),
                        answered("m2", "m1"),
                        said("m3", "m2"),
                        answered("m4", "m3"),
                        again,
                        new Entry.Delta("m5", 0, Block.Kind.TEXT, 0, "It is ")),
                "m1",
                "m5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theLastMessagesAreTheEndOfThePathWhateverTheBranches(long seed) throws IOException {
        Random choice = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            String parent = i == 1 || choice.nextInt(15) == 0 ? null : "m" + (1 + choice.nextInt(i - 1));
            entries.add(said("m" + i, choice.nextInt(3) == 0 || i == 1 ? parent : "m" + (i - 1)));
            if (choice.nextInt(4) == 0) {
                entries.add(new Entry.Head(Optional.of("m" + (1 + choice.nextInt(i))), clock.instant()));
            }
        }
        Path file = written(JournalForm.PLAIN, entries.toArray(Entry[]::new));
        List<String> all = ids(read(file));
        for (int most = 1; most <= all.size() + 1; most++) {
            assertEquals(all.subList(Math.max(0, all.size() - most), all.size()), last(file, most), "last " + most);
        }
        assertEquals(List.of(), damage.notes());
    }

    @ParameterizedTest
    @EnumSource(JournalForm.class)
    void theLastMessagesTakeAsLongHoweverLongTheFileIs(JournalForm form) throws IOException {
        Path file = written(
                form, IntStream.rangeClosed(1, 300).mapToObj(this::longOne).toArray(Entry[]::new));
        disk.bytesRead();
        assertEquals(List.of("m298", "m299", "m300"), last(file, 3));
        long read = disk.bytesRead();
        assertTrue(memory.bytes(file).length > 400_000, "a long file");
        assertTrue(read < 100_000, "read " + read + " bytes");
        assertEquals(0, disk.open());
    }

    /** One that does not pack. */
    private Message longOne(int number) {
        byte[] words = new byte[1500];
        random.nextBytes(words);
        return Message.user(
                "m" + number,
                number == 1 ? Optional.empty() : Optional.of("m" + (number - 1)),
                Base64.getEncoder().encodeToString(words),
                clock.instant(),
                Optional.empty());
    }

    @Test
    void aLostMessageIsReportedAndTheNextHangsOnTheOneBefore() throws IOException {
        Path file = written(JournalForm.PLAIN, said("m1", null), said("m2", "m1"), said("m3", "m2"), said("m4", "m3"));
        flip(file, "words of m2");

        ReadConversation read = read(file);

        assertEquals(List.of("m1", "m3", "m4"), ids(read));
        assertEquals("m1", read.path().get(1).json().get("parent").getAsString());
        assertEquals(2, damage.notes().size());
        assertTrue(
                damage.notes().get(0).endsWith("The line is not as it was written: its checksum does not match."),
                damage.notes().get(0));
        assertEquals(
                "damaged line 0 at 0+0: Number 3: The message answers one that is not in the file; it is read as an answer"
                        + " to the one before.",
                damage.notes().get(1));
        assertEquals(List.of("m1", "m3", "m4"), last(file, 3));
    }

    private void flip(Path file, String words) {
        byte[] content = memory.bytes(file);
        content[new String(content, StandardCharsets.ISO_8859_1).indexOf(words)] ^= 1;
        memory.put(file, content);
    }

    @Test
    void aTornEndIsPassedOverAndWhatWasThereIsLeft() throws IOException {
        Path file = written(JournalForm.PLAIN, said("m1", null), said("m2", "m1"));
        byte[] whole = memory.bytes(file);
        memory.put(file, join(whole, "{\"role\":\"user\",\"content\":\"tor".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("m1", "m2"), ids(read(file)));
        assertEquals(List.of("m2"), last(file, 1));
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void aKindOfMessageThatIsNotKnownIsReportedAndFieldsThatAreNotKnownAreKept() throws IOException {
        JsonObject newer = new JsonObject();
        newer.addProperty("role", "critic");
        newer.addProperty("content", "Hm.");
        JsonObject richer = EntryJson.write(said("m1", null));
        richer.addProperty("mood", "good");
        Path file = written(JournalForm.PLAIN, new Entry.Unknown(newer), new Entry.Unknown(richer));
        assertEquals("{\"mood\":\"good\"}", read(file).path().get(0).fields().toString());
        assertEquals(
                List.of(
                        "damaged line 0 at 0+0: Number 1: The message is of a kind that this version does not know. It was"
                                + " passed over."),
                damage.notes());
    }

    @Test
    void ofAConversationInWhichNothingIsOnThePathYetWhatWaitsIsRead() throws IOException {
        Path queued =
                written(JournalForm.PLAIN, new Entry.Queued("m1", "Hello?", clock.instant(), Optional.of("key-m1")));
        ReadMessage first = read(queued).path().get(0);
        assertEquals("m1", first.message().id());
        assertEquals(Optional.empty(), first.message().parent());
        assertEquals(List.of("m1"), last(queued, 3));
        JsonObject newer = new JsonObject();
        newer.addProperty("_type", "mood");
        assertEquals(List.of(), ids(read(written(JournalForm.PLAIN, new Entry.Unknown(newer)))));
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void anotherProgramsFileThatMentionsOurFormatIsReadFromItsEndToo() throws IOException {
        Path file = DATA.resolve("other.jsonl");
        disk.createFolders(DATA);
        memory.put(file, """
                {"role":"user","content":"One"}
                {"role":"user","content":"Two","about":{"format":"holdfast/1"}}
                {"role":"user","content":"Three"}
                """.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("m1", "m2", "m3"), ids(read(file)));
        assertEquals(List.of("m2", "m3"), last(file, 2));
    }

    @Test
    void lessThanOneMessageCannotBeAskedFor() throws IOException {
        Path file = written(JournalForm.PLAIN, said("m1", null));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> last(file, 0));
        assertEquals("the last message is one: expected 1 or more, found 0", refused.getMessage());
    }

    @Test
    void aConversationIsFoundInEveryFormAndInTheTrash() throws IOException {
        for (JournalForm form : JournalForm.values()) {
            Path file = written(form, said("m1", null));
            ConversationId id = new ConversationId(JournalForm.nameOf(file));
            assertEquals(Optional.of(file), files().find(DATA, id));
            disk.createFolders(DATA.resolve("trash"));
            Path trashed = DATA.resolve("trash").resolve(file.getFileName());
            disk.move(file, trashed);
            assertEquals(Optional.of(trashed), files().find(DATA, id));
            disk.delete(trashed);
            assertEquals(Optional.empty(), files().find(DATA, id));
        }
    }

    @Test
    void ofTwoFormsTheNewerIsFoundIfItIsSoundAndBothStay() throws IOException {
        Path plain = written(JournalForm.PLAIN, said("m1", null), said("m2", "m1"));
        byte[] before = memory.bytes(plain);
        Journals journals = new Journals(disk, DATA.resolve("quarantine"), Runnable::run, key);
        Path packed = journals.rewrite(plain, Rewriting.to(JournalForm.GZIP), new NotedDamage());
        memory.put(plain, before);
        memory.put(plain.resolveSibling(plain.getFileName() + ".tmp"), before);
        ConversationId id = new ConversationId(JournalForm.nameOf(plain));

        assertEquals(Optional.of(packed), files().find(DATA, id));
        byte[] spoilt = memory.bytes(packed);
        spoilt[spoilt.length / 2] ^= 1;
        memory.put(packed, spoilt);
        assertEquals(Optional.of(plain), files().find(DATA, id));
        assertEquals(3, disk.list(plain.getParent()).size());
    }

    @Test
    void aLostOrWrongKeyIsOneErrorAndLeavesTheFile() throws IOException {
        Path file = written(JournalForm.SEALED, said("m1", null), said("m2", "m1"));
        byte[] before = memory.bytes(file);
        String lost = file + " is encrypted, and no key was given. Give the key that it was written with.";
        String wrong =
                file + " is encrypted, and no key that was given opens it. Give the key that it was written with.";
        assertEquals(lost, refusal(file, files()));
        assertEquals(wrong, refusal(file, files(newKey())));
        assertArrayEquals(before, memory.bytes(file));
        assertEquals(List.of(), damage.notes());
    }

    @Test
    void aLostOrWrongKeyOfAFileThatIsSealedAsAWholeIsTheSameError() throws IOException {
        Path file = DATA.resolve("session.fernet");
        byte[] text = "{\"role\":\"user\",\"content\":\"hi\"}\n".getBytes(StandardCharsets.UTF_8);
        for (byte[] end : List.of(new byte[0], new byte[] {'\n'}, new byte[] {'\r', '\n'})) {
            memory.put(file, join(key.seal(text), end));
            assertEquals(
                    file + " is encrypted, and no key was given. Give the key that it was written with.",
                    refusal(file, files()));
            assertEquals(
                    file + " is encrypted, and no key that was given opens it. Give the key that it was written with.",
                    refusal(file, files(newKey())));
        }
        memory.put(file, key.seal(text));
        assertEquals(List.of("m1"), ids(read(file)));
        memory.put(file, key.seal(new byte[0]));
        files(key).read(file, conversation -> {}, damage);
        assertEquals(List.of(), damage.notes());
        memory.put(file, key.seal("no line".getBytes(StandardCharsets.UTF_8)));
        files(key).read(file, conversation -> {}, damage);
        assertEquals(List.of("damaged line 1 at 0+7: The line is not a JSON object."), damage.notes());
    }

    private String refusal(Path file, ConversationFiles files) {
        String all = assertThrows(JournalException.class, () -> files.read(file, conversation -> {}, damage))
                .getMessage();
        assertEquals(
                all,
                assertThrows(JournalException.class, () -> files.readLast(file, 1, conversation -> {}, damage))
                        .getMessage());
        return all;
    }

    @Test
    void aSealedTextIsOpenedInPiecesThatMayCutACharacter() throws IOException {
        byte[] text = "cut off: héllo 🎉\n".getBytes(StandardCharsets.UTF_8);
        for (String name : List.of("01j.jsonl.120-1.fernet", "one.eml.fernet")) {
            Path file = DATA.resolve(name);
            for (int at = 0; at <= text.length; at++) {
                ByteArrayOutputStream lines = new ByteArrayOutputStream();
                lines.writeBytes(key.seal(Arrays.copyOf(text, at)));
                lines.write('\n');
                lines.writeBytes(key.seal(Arrays.copyOfRange(text, at, text.length)));
                memory.put(file, lines.toByteArray());
                StringBuilder read = new StringBuilder();
                assertTrue(ConversationFiles.isSealedText(file));
                files(key).readText(file, read::append);
                assertEquals("cut off: héllo 🎉\n", read.toString());
            }
            assertEquals(
                    file + " is encrypted, and no key that was given opens its line 1. Give the key that it was written"
                            + " with; if that was this one, the line is damaged.",
                    assertThrows(JournalException.class, () -> files(newKey()).readText(file, piece -> {}))
                            .getMessage());
            assertEquals(
                    file + " is encrypted, and no key was given. Give the key that it was written with.",
                    assertThrows(JournalException.class, () -> files().readText(file, piece -> {}))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"01j.jsonl.fernet", "session.fernet", "01j.jsonl", "01j.jsonl.120-1", "01j.jsonl.gz", "/", "eml"
            })
    void otherFilesAreNoSealedTexts(String name) {
        assertFalse(ConversationFiles.isSealedText(Path.of(name)));
    }

    @Test
    void aDiskThatFailsIsNamedWithTheFile() throws IOException {
        Path file = written(JournalForm.PLAIN, said("m1", null));
        Disk failing = new FailingDisk(disk).failEvery("read");
        assertEquals(
                file + " could not be read: injected failure of read. If it stays so the disk is failing: copy the data"
                        + " folder to another one.",
                refusal(file, new ConversationFiles(failing, Optional.empty(), ZoneOffset.UTC)));
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}
