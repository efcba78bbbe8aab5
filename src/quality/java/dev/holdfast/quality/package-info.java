/**
 * Prints how well the fast tests of some packages hold their code: {@code mvn -q -Pquality verify}. JaCoCo counts the
 * branches that they reach, PIT the mutants of the code that they kill; {@link dev.holdfast.quality.Quality} reads what both
 * left. A test with the tag {@code slow} is for other builds.
 *
 * <p>To add a package, name it in the profile in {@code pom.xml} as {@code store} is: for the tests, PIT and the reading.
 */
package dev.holdfast.quality;
