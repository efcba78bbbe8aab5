/**
 * What is kept: conversations, one file each, and who may come back to them.
 *
 * <pre>
 *   ConversationStore (port) ── FileConversationStore ── Journal, one a conversation
 *    └─ StoredConversation ─── Transcript in memory, appended to disk first
 *   Catalog    whose conversations there are, newest first; derived from the files
 *   ConversationFiles   any file, ours or another program's, to look at
 *    └─ FormatDetection ── LineFormat, one a program ── ReadConversation: its tree, what else it says
 *   Access     resume links, codes and the grants they gave; one journal for all
 * </pre>
 *
 * <p>May import {@code conversation}, {@code config}, {@code journal} and {@code protect}. Nothing above this room may know
 * that conversations are files.
 */
package dev.holdfast.store;
