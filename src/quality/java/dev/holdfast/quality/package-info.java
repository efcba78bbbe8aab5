/**
 * Prints how well the tests of some packages hold their code: {@code mvn -q -Pquality verify}. JaCoCo counts the branches
 * that they reach, PIT the mutants of the code that they kill; {@link dev.holdfast.quality.Quality} reads what both left.
 *
 * <p>To add a package, name it in the three first properties of the profile in {@code pom.xml}.
 */
package dev.holdfast.quality;
