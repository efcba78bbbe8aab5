/**
 * A small house that breaks every rule of {@link dev.holdfast.architecture.Rooms}, next to classes that keep them. Proof
 * that the rules can fail; nothing else uses it.
 */
package dev.holdfast.architecture.bad;
