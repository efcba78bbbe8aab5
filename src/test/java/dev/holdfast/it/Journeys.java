package dev.holdfast.it;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Journeys that share a server and a browser, one after the other; each begins as somebody new. */
abstract class Journeys {
    @TempDir
    static Path folder;

    @AutoClose
    static RunningJar jar;

    @AutoClose
    static Browser browser;

    @BeforeAll
    static void open() {
        jar = RunningJar.serve(folder.resolve("data"));
        browser = Browser.open(jar.address());
    }

    @BeforeEach
    void forgetEverything() {
        browser.forget();
    }
}
