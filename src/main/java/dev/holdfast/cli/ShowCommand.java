package dev.holdfast.cli;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.DamageReporter;
import dev.holdfast.store.ConversationFiles;
import dev.holdfast.store.Origin;
import dev.holdfast.store.ReadConversation;
import dev.holdfast.store.ReadMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Prints what was said in a conversation, one message a line, and changes nothing. What is not readable goes to the other
 * output.
 */
final class ShowCommand implements DamageReporter {
    /** A file that is damaged throughout says so often enough. */
    private static final int MOST_REPORTS = 20;

    private final ConversationFiles files;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private long reports;
    private long messages;
    private long conversations;

    /** @param json whether a line is a JSON object, in the shape of a line of our files, instead of text */
    ShowCommand(ConversationFiles files, PrintWriter out, PrintWriter err, boolean json) {
        this.files = files;
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /**
     * Prints a file or a conversation of the data folder.
     *
     * @param what the id of a conversation, or a path
     * @param last how many messages of the end; all if empty
     * @return whether everything was readable
     * @throws IOException if nothing is; its message is a sentence
     */
    boolean run(Path data, String what, OptionalInt last) throws IOException {
        Path file = find(files, data, what);
        try {
            if (ConversationFiles.isSealedText(file)) {
                showText(file, last);
            } else if (last.isPresent()) {
                files.readLast(file, last.getAsInt(), this::print, this);
            } else {
                files.read(file, this::print, this);
            }
            if (messages == 0 && reports == 0 && !ConversationFiles.isSealedText(file)) {
                err.println(file + " holds no messages.");
            }
        } finally {
            out.flush();
            if (reports > MOST_REPORTS) {
                err.println(file + ": " + (reports - MOST_REPORTS) + " more places like these.");
            }
            err.flush();
        }
        return reports == 0;
    }

    /** The file that is meant by the id of a conversation of the data folder, or by a path. */
    static Path find(ConversationFiles files, Path data, String what) throws IOException {
        Optional<ConversationId> id = ConversationId.parse(what);
        if (id.isEmpty()) {
            return Path.of(what);
        }
        return files.find(data, id.get())
                .orElseThrow(() -> new IOException("There is no conversation " + what + " in " + data
                        + ", nor in its trash. Name the folder with --data, or a file by its path."));
    }

    private void showText(Path file, OptionalInt last) throws IOException {
        if (json || last.isPresent()) {
            throw new IOException(file + " holds no messages but a text. Show it without --last and --json.");
        }
        files.readText(file, piece -> out.print(Terminals.plain(piece)));
        out.println();
    }

    private void print(ReadConversation conversation) {
        conversations++;
        boolean isOneOfMany = conversation.origin() == Origin.FINE_TUNING;
        if (isOneOfMany && !json && conversations > 1) {
            out.println();
        }
        for (ReadMessage message : conversation.path()) {
            messages++;
            out.println(json ? line(message, isOneOfMany) : MessageLine.of(message));
        }
    }

    private String line(ReadMessage message, boolean isOneOfMany) {
        JsonObject line = message.json();
        if (isOneOfMany) {
            line.addProperty("conversation", conversations);
        }
        return Terminals.json(line);
    }

    @Override
    public void healed(Path file, long bytesCut, Path keptIn) {
        // Whoever only reads cuts nothing.
    }

    @Override
    public void damaged(Path file, long line, long offset, long bytes, String sentence) {
        reports++;
        if (reports <= MOST_REPORTS) {
            DamageReporter.inSentences(err::println).damaged(file, line, offset, bytes, sentence);
        }
    }
}
