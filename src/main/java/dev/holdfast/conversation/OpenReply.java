package dev.holdfast.conversation;

import java.util.ArrayList;
import java.util.List;

/** A reply that has begun and not ended: what is known of it so far. Not thread-safe. */
public final class OpenReply {
    /** Part of a block: {@code text} begins at offset {@code at}, in UTF-16 units. */
    public record Part(int block, Block.Kind kind, int at, String text) {}

    private final long seq;
    private final Entry.ReplyStarted start;
    private final List<Growing> blocks = new ArrayList<>();

    private static final class Growing {
        final Block.Kind kind;
        final StringBuilder text = new StringBuilder();
        String signature = "";

        Growing(Block.Kind kind) {
            this.kind = kind;
        }
    }

    /** @param seq of the line that opened it */
    public OpenReply(long seq, Entry.ReplyStarted start) {
        this.seq = seq;
        this.start = start;
    }

    /** The reply as it was while it ran, made again from what it became. Blocks of other types are left out. */
    public static OpenReply of(long seq, Entry.ReplyStarted start, List<Block> content) {
        OpenReply reply = new OpenReply(seq, start);
        int index = 0;
        for (Block block : content) {
            if (block instanceof Block.Text text) {
                reply.append(index++, Block.Kind.TEXT, text.text());
            } else if (block instanceof Block.Thinking thinking) {
                reply.append(index++, Block.Kind.THINKING, thinking.text());
            }
        }
        return reply;
    }

    public long seq() {
        return seq;
    }

    public Entry.ReplyStarted start() {
        return start;
    }

    /** Adds to the end of a block; the block after the last one is begun. */
    public Part append(int block, Block.Kind kind, String text) {
        Growing growing = block(block, kind);
        int at = growing.text.length();
        growing.text.append(text);
        return new Part(block, growing.kind, at, text);
    }

    /**
     * Takes in a delta from the file. One that is held already changes nothing: in a running reply the file follows
     * what was heard. A gap before it (damage) is closed.
     */
    public void apply(Entry.Delta delta) {
        Growing growing = block(delta.block(), delta.kind());
        if (delta.at() + delta.text().length() <= growing.text.length()) {
            return;
        }
        growing.text.setLength(Math.min(delta.at(), growing.text.length()));
        growing.text.append(delta.text());
    }

    private Growing block(int index, Block.Kind kind) {
        while (blocks.size() <= index) {
            blocks.add(new Growing(kind));
        }
        return blocks.get(index);
    }

    /** Notes the provider's seal over a thinking block. */
    public void sign(int block, String signature) {
        block(block, Block.Kind.THINKING).signature = signature;
    }

    /** Everything from offset {@code at} of block {@code block} on, one part a block. Offsets past the end give nothing. */
    public List<Part> from(int block, int at) {
        List<Part> parts = new ArrayList<>();
        for (int i = block; i < blocks.size(); i++) {
            Growing growing = blocks.get(i);
            int start = i == block ? at : 0;
            if (start < growing.text.length()) {
                parts.add(new Part(i, growing.kind, start, growing.text.substring(start)));
            }
        }
        return parts;
    }

    /** What there is, as a message's content. Blocks without text are left out. */
    public List<Block> content() {
        List<Block> content = new ArrayList<>();
        for (Growing growing : blocks) {
            if (!growing.text.isEmpty()) {
                String text = growing.text.toString();
                content.add(
                        growing.kind == Block.Kind.THINKING
                                ? new Block.Thinking(text, growing.signature)
                                : new Block.Text(text));
            }
        }
        return content;
    }
}
