/**
 * Tests of the whole program as people get it: the packaged jar and WAR, started as processes of their own, spoken to
 * over HTTP and by a real browser. They run in {@code mvn verify}, after packaging.
 *
 * <p>{@link dev.holdfast.it.RunningJar} is the program, {@link dev.holdfast.it.Visitor} somebody who talks to it over
 * plain HTTP, {@link dev.holdfast.it.Browser} a Chromium with an empty profile.
 */
package dev.holdfast.it;
