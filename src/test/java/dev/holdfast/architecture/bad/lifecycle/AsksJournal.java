package dev.holdfast.architecture.bad.lifecycle;

import dev.holdfast.architecture.bad.journal.Disk;

class AsksJournal {
    Disk disk;
}
