/**
 * What keeps secrets: how they are made and in what form they may be kept, how lines are sealed, and how the secrets in
 * what people and models say are taken out before anything is numbered, shown, stored or sent.
 *
 * <pre>
 *   Redactor ──► RedactingStream ──► Scanner ──► Shapes (a Window each) ──► text, and hashes of secrets
 *   one a conversation                  ▲                                             │
 *                         RedactionRules, one a process                 Placeholders ◄┘
 *                         kinds and CustomPatterns                      &lt;AWS_KEY_0>, one set a conversation
 *
 *   KeyRing (a LineCodec) ──► Fernet ──► one token a line                Secret: links, codes, cookies
 * </pre>
 *
 * <p>To take out one more kind: a row in {@code TokenShape} if it has a prefix, or a {@code Shape} of its own, named in
 * {@link dev.holdfast.protect.SecretKind} and {@link dev.holdfast.protect.RedactionRules}; lines of it in the corpus first.
 *
 * <p>What redaction does not do: find a secret without a form and without a key beside it, unless the option for high
 * entropy is on; see through an encoding, a spelling with blanks, or a picture; find what was split over two messages or two
 * blocks of one.
 *
 * <p>May import {@code conversation} and {@code journal}.
 */
package dev.holdfast.protect;
