package dev.holdfast.store;

/** Which program writes conversations in files like this one. */
public enum Origin {
    /** This program. */
    HOLDFAST,

    /** conversation-codec, and whoever else writes a message a line: an object with a {@code role}. */
    MESSAGE_LINES,

    /** nanobot: a line with metadata, then a message a line. */
    NANOBOT,

    /** SillyTavern: a line that names user and character, then a message a line with its {@code swipes}. */
    SILLY_TAVERN,

    /** OpenAI's fine-tuning: a whole conversation a line. */
    FINE_TUNING,

    /** Claude Code: a record a line, each naming the one before it. */
    CLAUDE_CODE,

    /** Codex: a record a line, some of which hold a message. */
    CODEX
}
