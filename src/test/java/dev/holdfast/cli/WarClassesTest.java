package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the WAR needs does without what it leaves out. */
class WarClassesTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.holdfast");

    @Test
    void fromTheListenerNoWayLeadsToTheTerminal() {
        Set<String> reached = reached("dev.holdfast.HoldfastListener");
        assertTrue(reached.contains(OperatorDoor.class.getName()), "the door is in the WAR");
        assertEquals(Set.of(), terminal(reached));
    }

    @Test
    void fromMainOneDoes() {
        assertTrue(
                terminal(reached("dev.holdfast.Main")).contains("picocli.CommandLine"), "the test above would see it");
    }

    private static Set<String> terminal(Set<String> classes) {
        return classes.stream()
                .filter(name -> name.startsWith("picocli.") || name.startsWith("org.jline."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every class that a class of ours names, from {@code first} on; those of others are not looked into. */
    private static Set<String> reached(String first) {
        Set<String> reached = new TreeSet<>();
        Deque<JavaClass> left = new ArrayDeque<>();
        left.add(PROGRAM.get(first));
        while (!left.isEmpty()) {
            JavaClass next = left.remove();
            if (reached.add(next.getName()) && next.getName().startsWith("dev.holdfast.")) {
                next.getDirectDependenciesFromSelf()
                        .forEach(dependency ->
                                left.add(dependency.getTargetClass().getBaseComponentType()));
            }
        }
        return reached;
    }
}
