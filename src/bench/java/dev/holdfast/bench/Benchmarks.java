package dev.holdfast.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Runs the benchmarks named in the arguments, or all. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("startup", new StartupBench());
        all.put("journal", new JournalBench());
        all.put("sqlite", new SqliteBench());
        all.put("age", new AgeBench());
        all.put("tail", new TailBench());
        all.put("packing", new PackingBench());
        all.put("window", new WindowBench());
        all.put("catalog", new CatalogBench());
        all.put("memory", new MemoryBench());
        all.put("streams", new StreamsBench());
        all.put("bill", new BillBench());

        Set<String> wanted = names.length == 0 ? all.keySet() : Set.of(names);
        for (String name : wanted) {
            Benchmark benchmark = all.get(name);
            if (benchmark == null) {
                throw new IllegalArgumentException("No benchmark “" + name + "”; there are " + all.keySet() + ".");
            }
            benchmark.run(System.out);
        }
    }
}
