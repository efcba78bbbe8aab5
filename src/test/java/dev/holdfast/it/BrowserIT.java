package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;

/** The page in a real browser. */
@Timeout(120)
class BrowserIT {
    @TempDir
    Path folder;

    @Test
    void everyBrowserBeginsWithAnEmptyProfile() {
        try (RunningJar jar = RunningJar.serve(folder.resolve("data"));
                Browser first = Browser.open(jar.address());
                Browser second = Browser.open(jar.address())) {
            first.visit("").driver().manage().addCookie(new Cookie("mark", "first"));
            second.visit("");

            assertNotEquals(Set.of(), first.driver().manage().getCookies());
            assertEquals(null, second.driver().manage().getCookieNamed("mark"));
            assertEquals("/", second.path());
        }
    }
}
