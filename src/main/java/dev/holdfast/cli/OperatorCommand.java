package dev.holdfast.cli;

import java.util.Arrays;
import java.util.Optional;

/** The table of commands that an operator gives to a store: what follows each, and one line of help. */
enum OperatorCommand {
    DOCTOR(
            "doctor",
            Named.MAYBE,
            "[ID] [--json]",
            "Check every file, or one conversation's: checksums, torn ends, keys. Changes nothing."),
    REPACK(
            "repack",
            Named.MAYBE,
            "[ID]",
            "Write conversations anew, where it is worth it: in the form that is set, without what finished replies"
                    + " no longer need."),
    REKEY("rekey", Named.NEVER, "", "Read the key file again and seal everything with its first key."),
    REINDEX("reindex", Named.NEVER, "", "Make the list of conversations anew from their files."),
    TRASH("trash", Named.NEVER, "", "List what was deleted and can be restored."),
    DELETE("delete", Named.ALWAYS, "ID", "Move a conversation to the trash."),
    RESTORE("restore", Named.ALWAYS, "ID", "Bring a conversation back from the trash."),
    LINK(
            "link",
            Named.ALWAYS,
            "ID",
            "Print a link that opens a conversation, for somebody whose browser has lost its cookie."),
    STATUS("status", Named.NEVER, "", "Print how the server is: counts, and nothing of any conversation."),
    PURGE(
            "purge",
            Named.MAYBE,
            "[ID | --older-than 7d] [--yes]",
            "Remove for good what is in the trash: one conversation, or all that were deleted so long ago, as a rule"
                    + " longer than `trash.grace`.");

    /** Whether a conversation is named. */
    enum Named {
        NEVER,
        MAYBE,
        ALWAYS
    }

    private final String word;
    private final Named named;
    private final String synopsis;
    private final String help;

    OperatorCommand(String word, Named named, String synopsis, String help) {
        this.word = word;
        this.named = named;
        this.synopsis = synopsis;
        this.help = help;
    }

    /** Its name on the command line. */
    String word() {
        return word;
    }

    Named named() {
        return named;
    }

    /** What follows its name; empty if nothing does. */
    String synopsis() {
        return synopsis;
    }

    /** One line. */
    String help() {
        return help;
    }

    /** The command with that name. */
    static Optional<OperatorCommand> byWord(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word.equals(word))
                .findFirst();
    }
}
