package dev.holdfast.cli;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.store.Maintenance;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that finds and does what the test says. What it was asked for is noted. Set up by one thread. */
final class ScriptedMaintenance implements Maintenance {
    static final ConversationId OLGA = new ConversationId("01j0000000aaaaaaaaaaaaaaaa");
    static final ConversationId ILYA = new ConversationId("01j0000000bbbbbbbbbbbbbbbb");

    final List<Finding> findings = new ArrayList<>();
    final List<Quarantined> quarantined = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Trashed> trash = new ArrayList<>();
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    /** Runs before each conversation is taken up. */
    Runnable before = () -> {};
    /** Runs when something that takes a consumer has ended, however it did. */
    Runnable ended = () -> {};
    /** Thrown by whatever is asked for next; null: nothing. */
    Exception failure;

    private volatile int done;

    static Finding sound(ConversationId id) {
        return finding(id, Health.SOUND, 0, "");
    }

    static Finding finding(ConversationId id, Health health, long tornBytes, String sentence, Damage... damage) {
        String file = "conversations/" + id.value().substring(24) + "/" + id + ".jsonl";
        return new Finding(id.value(), file, health, "plain", 12, tornBytes, List.of(damage), sentence);
    }

    /** How many conversations its consumers have heard of. */
    int done() {
        return done;
    }

    private void note(String what) throws IOException {
        asked.add(what);
        if (failure instanceof IOException thrown) {
            throw thrown;
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
    }

    private <T> void tell(List<T> script, Consumer<T> each) {
        try {
            for (T one : script) {
                before.run();
                each.accept(one);
                done++;
            }
        } finally {
            ended.run();
        }
    }

    private static String named(Optional<ConversationId> only) {
        return only.map(id -> " " + id).orElse("");
    }

    @Override
    public void check(Optional<ConversationId> only, Consumer<Finding> each) throws IOException {
        note("check" + named(only));
        tell(findings, each);
    }

    @Override
    public List<Quarantined> quarantined() {
        return quarantined;
    }

    @Override
    public void repack(Optional<ConversationId> only, Consumer<Step> each) throws IOException {
        note("repack" + named(only));
        tell(steps, each);
    }

    @Override
    public void rekey(Consumer<Step> each) throws IOException {
        note("rekey");
        tell(steps, each);
    }

    @Override
    public long reindex() throws IOException {
        note("reindex");
        return 12;
    }

    @Override
    public List<Trashed> trash() throws IOException {
        note("trash");
        return trash;
    }

    @Override
    public void delete(ConversationId id) throws IOException {
        note("delete " + id);
    }

    @Override
    public void restore(ConversationId id) throws IOException {
        note("restore " + id);
    }

    @Override
    public long purge(Optional<ConversationId> only, Instant deletedBefore, Consumer<Step> each) throws IOException {
        note("purge" + named(only) + " before " + deletedBefore);
        tell(steps, each);
        return steps.size();
    }
}
