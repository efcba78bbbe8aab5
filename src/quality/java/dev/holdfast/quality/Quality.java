package dev.holdfast.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints a row for each package that PIT has mutated, and fails if one is below a goal. */
public final class Quality {
    private static final double LEAST_BRANCHES = 95;
    private static final double LEAST_KILLED = 85;

    /** What PIT says of a mutant that the tests noticed. One that makes them run on and on is noticed by its time. */
    private static final Set<String> KILLED = Set.of("KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR");

    /** A mutant that the virtual machine does not load; it says nothing of the tests. */
    private static final String NOT_VIABLE = "NON_VIABLE";

    private Quality() {}

    /** @param files what JaCoCo left, then what PIT left of each package: each a CSV */
    public static void main(String[] files) throws IOException {
        Map<String, Count> branches = branches(Files.readAllLines(Path.of(files[0])));
        Map<String, Count> killed = new TreeMap<>();
        for (String mutants : List.of(files).subList(1, files.length)) {
            killed(Files.readAllLines(Path.of(mutants)), killed);
        }
        String row = "%-24s  %-22s  %-22s%n";
        System.out.printf(row, "package", "branches reached", "mutants killed");
        killed.forEach((name, count) -> System.out.printf(row, name, branches.getOrDefault(name, Count.NONE), count));
        String below = killed.keySet().stream()
                .filter(name -> branches.getOrDefault(name, Count.NONE).percent() < LEAST_BRANCHES
                        || killed.get(name).percent() < LEAST_KILLED)
                .collect(Collectors.joining(", "));
        if (!below.isEmpty()) {
            throw new IllegalStateException("too little is tested in " + below + ": expected " + LEAST_BRANCHES
                    + " % of the branches and " + LEAST_KILLED
                    + " % of the mutants; target/site/jacoco and target/pit-reports show the others.");
        }
    }

    /** Of lines such as {@code group,package,class,instructions missed,covered,branches missed,covered,…}, below a head. */
    private static Map<String, Count> branches(List<String> lines) {
        Map<String, Count> branches = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            int missed = Integer.parseInt(cells[5]);
            int reached = Integer.parseInt(cells[6]);
            branches.merge(cells[1], new Count(reached, reached + missed), Count::plus);
        }
        return branches;
    }

    /** Of lines such as {@code file,class,mutator,method,line,outcome,test}. */
    private static void killed(List<String> lines, Map<String, Count> killed) {
        for (String line : lines) {
            String[] cells = line.split(",");
            if (!cells[5].equals(NOT_VIABLE)) {
                String name = cells[1].substring(0, cells[1].lastIndexOf('.'));
                killed.merge(name, new Count(KILLED.contains(cells[5]) ? 1 : 0, 1), Count::plus);
            }
        }
    }
}
