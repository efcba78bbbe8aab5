package dev.holdfast.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium with an empty profile of its own: no cookies, no cache, nobody's before. Closing it forgets the
 * profile. Downloads nothing: {@code chromium} and {@code chromedriver} are those on the PATH, or those that the system
 * properties {@code holdfast.chromium} and {@code holdfast.chromedriver} name.
 *
 * <p>Where one of them is missing, the test that opens a browser is skipped and standard error says so; with {@code
 * CI=true} in the environment it fails. For one thread.
 */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path profile;
    private final ChromeDriver driver;
    private final URI address;

    private Browser(Path profile, ChromeDriver driver, URI address) {
        this.profile = profile;
        this.driver = driver;
        this.address = address;
    }

    /** @param address the front page of the server that its paths are on, with a slash at the end */
    public static Browser open(URI address) {
        Optional<Path> chromium =
                find("holdfast.chromium", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
        Optional<Path> chromedriver = find("holdfast.chromedriver", "chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            throw missing(chromium.isEmpty() ? "chromium" : "chromedriver");
        }
        try {
            Path profile = Files.createTempDirectory("holdfast-browser");
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.get().toFile())
                    .usingAnyFreePort()
                    .build();
            return new Browser(profile, new ChromeDriver(service, options(chromium.get(), profile)), address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        return new ChromeOptions()
                .setBinary(chromium.toFile())
                .addArguments(
                        "--user-data-dir=" + profile,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,900");
    }

    /** Skips the test, loudly; in CI, where a browser must be, throws. */
    private static RuntimeException missing(String program) {
        String sentence =
                "No " + program + " on the PATH, so the browser tests do not run. Debian's packages `chromium`"
                        + " and `chromium-driver` bring what they need.";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(sentence);
        }
        System.err.println("SKIPPED: " + sentence);
        return Assumptions.abort(sentence);
    }

    private static Optional<Path> find(String property, String... names) {
        String named = System.getProperty(property);
        Stream<Path> candidates = named != null
                ? Stream.of(Path.of(named))
                : Arrays.stream(names)
                        .flatMap(name -> Arrays.stream(
                                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, name)));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** Opens a page of the server. */
    public Browser visit(String path) {
        driver.get(address.resolve(path).toString());
        return this;
    }

    /** The first element that the CSS selector finds, as soon as there is one. */
    public WebElement element(String selector) {
        return await("an element " + selector, page -> !page.elements(selector).isEmpty())
                .elements(selector)
                .get(0);
    }

    /** The elements that the CSS selector finds now. */
    public List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text that can be seen in the element, or "" if there is none. */
    public String text(String selector) {
        List<WebElement> found = elements(selector);
        return found.isEmpty() ? "" : found.get(0).getText();
    }

    /** Waits until the element shows the text. */
    public Browser awaitText(String selector, String text) {
        return await(
                "“" + text + "” in " + selector, page -> page.text(selector).contains(text));
    }

    /**
     * Waits until the page is as wanted.
     *
     * @param what names it in the error
     * @throws AssertionError if it is not within 20 s; quotes address and text of the page
     */
    public Browser await(String what, Predicate<Browser> wanted) {
        try {
            new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                    .ignoring(StaleElementReferenceException.class)
                    .until(ignored -> wanted.test(this));
            return this;
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "no " + what + " within " + PATIENCE + " at " + driver.getCurrentUrl() + "\n" + text("body"), e);
        }
    }

    /** Path and query of the page that it shows. */
    public String path() {
        URI shown = URI.create(driver.getCurrentUrl());
        return shown.getRawPath() + (shown.getRawQuery() == null ? "" : "?" + shown.getRawQuery());
    }

    /** For everything else: reload, scripts, keys, windows, screenshots. */
    public ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
