package dev.holdfast.architecture.bad.store;

import dev.holdfast.architecture.bad.conversation.Message;
import dev.holdfast.architecture.bad.journal.Disk;

/** Imports what the table lets it. */
public class Store {
    Message message;
    Disk disk;
}
