package dev.holdfast.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes README's picture from the running page:
 *
 * <pre>{@code
 * mvn -q -DskipTests package
 * mvn -q exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=dev.holdfast.it.ReadmePicture -Dexec.args=src/site/screenshot.png
 * }</pre>
 *
 * <p>Two commands, because the jar gets its main class from the property that the second one sets.
 */
public final class ReadmePicture {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    private ReadmePicture() {}

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws IOException {
        Path data = Files.createTempDirectory("holdfast-picture").resolve("data");
        try (RunningJar jar = RunningJar.serve(data);
                Browser browser = Browser.open(jar.address())) {
            browser.resize(WIDTH, HEIGHT).prefer("light");
            Talk.begin(browser, "My name is Olga, and I live in Bergen.").awaitReplies(1);
            Talk.begin(browser, "Tell me a short story about a lighthouse.").awaitReplies(1);
            Talk talk = Talk.begin(browser, "Let's plan a walk along the coast of Norway.")
                    .awaitReplies(1);
            talk.say("Give me a table of it, please.").awaitReplies(2);
            talk.say("Show me some code in Python.").awaitReplies(3);
            browser.await(
                    "a calm list", page -> page.elements("#list .list-state").isEmpty());
            browser.screenshot(Path.of(arguments[0]));
        }
    }
}
