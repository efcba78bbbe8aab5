/**
 * Turns under fire: the packaged server is killed again and again while people talk, readers come and go, and the model
 * says something else in every call.
 *
 * <pre>
 *   Talker ── says, with send keys ──▶ the server, killed and started ──▶ UnreliableProvider
 *   Reader ◀── events, cut and frozen ──┘
 *   Heard: what a reader put together      Stored: what the file holds      Oracle: whether all of it agrees
 * </pre>
 */
package dev.holdfast.it.chaos;
