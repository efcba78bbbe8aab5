/**
 * Tests of the whole program as people get it: the packaged jar and WAR, started as processes of their own, spoken to
 * over HTTP and by a real browser. They run in {@code mvn verify}, after packaging.
 *
 * <p>{@link dev.holdfast.it.RunningJar} is the program, {@link dev.holdfast.it.Visitor} somebody who talks to it over
 * plain HTTP, {@link dev.holdfast.it.Browser} a Chromium with an empty profile. The journeys tell what a person does there:
 * {@link dev.holdfast.it.Talk} types, sends and reads, and {@link dev.holdfast.it.Inspection} holds every state that they
 * come by against the rules of accessibility and leaves a picture of it in {@code target/screenshots}.
 */
package dev.holdfast.it;
