/**
 * The append-only log under a conversation, and the only door to what cannot be rebuilt. Lines only, no chat.
 *
 * <pre>
 *   append(body) ──► waiting lines ──► one write, one force ──► written(seq) ──► future
 *   any thread       per file          a thread of the pool      same thread     acknowledged
 *                          │
 *                          ▼
 *   Journal ──► JournalWriter ──► DiskFile ◄── JournalReader ──► OurLines / ForeignLines
 *      ▲        write, cut back   of a Disk    all, from, tail    sound? damage? tail?
 *      │              │                             │                    │
 *      │              └───────────► Framing ◄───────┘                    │
 *      │                plain, gzip or sealed: Frame by Frame            │
 *      │ open, openAtTail                                                │
 *   Journals ──► JournalOpening: distrust → force → read → heal ◄────────┤
 *      │                         WholeFile         Quarantine            │
 *      │ rewrite, find, check                                            │
 *      └───────► JournalRewrite, JournalFiles, JournalReport ◄───────────┘
 * </pre>
 *
 * <p>{@link dev.holdfast.journal.JournalFormat} is the document of the file format, {@link dev.holdfast.journal.Journals}
 * the way in. {@link dev.holdfast.journal.WholeFile} replaces small files, {@link dev.holdfast.journal.FolderLock} keeps
 * a second process out, and by the {@link dev.holdfast.journal.FolderSocket} that one can ask the first.
 *
 * <p>Imports nothing of ours.
 */
package dev.holdfast.journal;
