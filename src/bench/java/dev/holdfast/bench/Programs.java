package dev.holdfast.bench;

import dev.holdfast.it.RunningJar;
import dev.holdfast.it.RunningProcess;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts programs of the benchmarks in processes of their own, with the packaged jar on their class path. */
final class Programs {
    private Programs() {}

    static RunningProcess start(Path folder, Class<?> program, String... arguments) {
        String classPath = RunningJar.file() + File.pathSeparator + ownClasses();
        List<String> command = new ArrayList<>(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return RunningProcess.java(folder, Map.of(), command);
    }

    private static Path ownClasses() {
        try {
            return Path.of(Programs.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
