package dev.holdfast.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
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
    /** What a driver asks of a browser on its own account. */
    private static final List<String> AGAINST_THROTTLING =
            List.of("disable-background-timer-throttling", "disable-backgrounding-occluded-windows");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        return open(address, Map.of(), Optional.empty());
    }

    /** One that runs no script of any page, as if its user had switched JavaScript off. */
    public static Browser openWithoutScript(URI address) {
        return open(address, Map.of("profile.managed_default_content_settings.javascript", 2), Optional.empty());
    }

    /** One that lets the timers of a page that nobody looks at run once a minute, as others do after five minutes. */
    public static Browser openThrottling(URI address) {
        return open(address, Map.of(), Optional.of("IntensiveWakeUpThrottling:grace_period_seconds/0"));
    }

    private static Browser open(URI address, Map<String, Object> preferences, Optional<String> throttling) {
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
            ChromeOptions options = options(chromium.get(), profile).setExperimentalOption("prefs", preferences);
            throttling.ifPresent(feature -> options.addArguments("--enable-features=" + feature)
                    .setExperimentalOption("excludeSwitches", AGAINST_THROTTLING));
            return new Browser(profile, new ChromeDriver(service, options), address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options.setBinary(chromium.toFile())
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
                        "--lang=en",
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

    /** Makes it as new: one window on a desk by day, no cookies, nothing stored, no complaints. */
    public Browser forget() {
        List<String> windows = List.copyOf(driver.getWindowHandles());
        windows.subList(1, windows.size())
                .forEach(window -> driver.switchTo().window(window).close());
        driver.switchTo().window(windows.get(0));
        visit("resume");
        evaluate("localStorage.clear(); sessionStorage.clear();");
        driver.manage().deleteAllCookies();
        resize(1280, 800).prefer("light");
        complaints();
        traffic();
        return this;
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

    /** Clicks the first element that the CSS selector finds, as soon as there is one that can be clicked. */
    public Browser click(String selector) {
        return await("a click on " + selector, page -> {
            page.element(selector).click();
            return true;
        });
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

    /** Waits until the element, which is for readers of screens only, holds the text. */
    public Browser awaitUnseenText(String selector, String text) {
        return await(
                "“" + text + "” unseen in " + selector,
                page -> page.elements(selector).stream()
                        .anyMatch(
                                element -> element.getDomProperty("textContent").contains(text)));
    }

    /**
     * Waits until the page is as wanted, for at most 30 s.
     *
     * @param what names it in the error
     * @throws AssertionError if it is not; quotes address and text of the page
     */
    public Browser await(String what, Predicate<Browser> wanted) {
        return await(what, PATIENCE, wanted);
    }

    /** As {@link #await(String, Predicate)}, with a patience of one's own. */
    public Browser await(String what, Duration patience, Predicate<Browser> wanted) {
        try {
            new WebDriverWait(driver, patience, Duration.ofMillis(50)).until(ignored -> holds(wanted));
            return this;
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "no " + what + " within " + patience + " at " + driver.getCurrentUrl() + "\n" + text("body"), e);
        }
    }

    /** False also if the page was replaced while it was looked at. */
    private boolean holds(Predicate<Browser> wanted) {
        try {
            return wanted.test(this);
        } catch (StaleElementReferenceException e) {
            return false;
        } catch (WebDriverException e) {
            if (String.valueOf(e.getMessage()).contains("does not belong to the document")) {
                return false; // Chromium's other word for the same
            }
            throw e;
        }
    }

    /** What a script returns, evaluated on the page. */
    public Object evaluate(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the server answers to a program with this browser's cookies. */
    public JsonObject json(String path) {
        Object answer = driver.executeAsyncScript(
                "const [url, done] = arguments;"
                        + "fetch(url, {headers: {Accept: 'application/json'}}).then((r) => r.text()).then(done, (e) => done(`${e}`))",
                address.resolve(path).toString());
        return JsonParser.parseString(answer.toString()).getAsJsonObject();
    }

    /** Errors and warnings on the console since this was last asked. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What went over the wire since this was last asked. */
    public Traffic traffic() {
        return Traffic.read(driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .toList());
    }

    /** Minimises the window, so that nobody looks at its tabs: behind another tab they would still count as looked at. */
    public Browser lookAway() {
        driver.manage().window().minimize();
        return await("a page that nobody looks at", page -> (Boolean) page.evaluate("return document.hidden"));
    }

    /** Brings the window back. */
    public Browser lookAgain() {
        driver.manage().window().setSize(new Dimension(1280, 900));
        return await("a page that is looked at", page -> !(Boolean) page.evaluate("return document.hidden"));
    }

    /** Gives the page another size, in CSS pixels; below 600 wide it is a phone's, with fingers instead of a mouse. */
    public Browser resize(int width, int height) {
        boolean phone = width < 600;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
        return this;
    }

    /** Tells this tab that there is no network, or that there is; what is open already goes on. */
    public Browser network(boolean there) {
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !there, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    /** Prefers a {@code light} or {@code dark} page, and as little motion as can be. */
    public Browser prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    /** Writes what can be seen, as PNG. */
    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
