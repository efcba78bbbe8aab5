/**
 * What is kept: conversations, one file each, and who may come back to them.
 *
 * <pre>
 *   ConversationStore (port) ── FileConversationStore ── Journal, one a conversation; Storage says in which form
 *    └─ StoredConversation ─── FileConversation: the newest part in memory, appended to disk first
 *        └─ ConversationReader: TailStart (where that part begins), PathReader (what lies before it)
 *   Catalog    whose conversations there are, and search; derived from the files by a Sweep, kept by Lucene
 *   Maintenance   what an operator does to the files: check, repack, rekey, purge
 *   ConversationFiles   any file, ours or another program's, to look at
 *    └─ FormatDetection ── LineFormat, one a program ── ReadConversation: its tree, what else it says
 *   Drafts     what was typed and not sent, a file for each conversation and owner
 *   Outbox     resume links that are to be mailed; SignIns   who is signed in: a small file for each
 *   Spending   what the calls of a day used, a small file a day; a call is set aside before it is made
 *   Access     resume links, codes and the grants they gave; one journal for all
 * </pre>
 *
 * <p>It is of use to other programs, without a page. This one keeps a conversation in a folder of its own; for more than one
 * thread give it executors that have some:
 *
 * <pre>{@code
 * Path folder = Path.of(args[0]);
 * DamageReporter damage = DamageReporter.inSentences(System.err::println);
 * try (FolderLock lock = FolderLock.acquire(folder, "An example runs.");
 *         ConversationStore store = new FileConversationStore(new FileDisk(), folder, Storage.PLAIN,
 *                 Runnable::run, Runnable::run, Clock.systemUTC(), new SecureRandom(), damage)) {
 *     StoredConversation talk = store.create(new Owner("olga"), "example:1");
 *     talk.append(Message.user("m1", Optional.empty(), "My name is Olga", Instant.now(), Optional.empty())).join();
 *     store.release(talk.id()); // It was on disk when join() returned; what is read now comes from there.
 *     StoredConversation again = store.open(talk.id()).orElseThrow();
 *     again.locked(transcript -> transcript.tree().path()).forEach(message -> System.out.println(message.text()));
 * }
 * }</pre>
 *
 * <p>May import {@code conversation}, {@code config}, {@code journal} and {@code protect}. Nothing above this room may know
 * that conversations are files.
 */
package dev.holdfast.store;
