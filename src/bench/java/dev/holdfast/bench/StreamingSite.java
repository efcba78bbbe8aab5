package dev.holdfast.bench;

import dev.holdfast.RunningSite;
import dev.holdfast.config.Option;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The whole program with a {@link SteadyModel}, in a process of its own that {@link StreamsBench} measures. */
public final class StreamingSite {
    private StreamingSite() {}

    /** @param args the data folder */
    public static void main(String[] args) throws Exception {
        SteadyModel model = new SteadyModel();
        // All streams of the benchmark are one browser's.
        Map<Option, String> settings = new EnumMap<>(RunningSite.unlimited());
        settings.put(Option.LIMIT_STREAMS, "100000");
        RunningSite site = RunningSite.startInRealTime(Path.of(args[0]), model, settings);
        Orders.follow(site.address(), Map.of("complete", words -> model.complete()));
        site.close();
        System.exit(0);
    }
}
