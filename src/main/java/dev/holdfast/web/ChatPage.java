package dev.holdfast.web;

import dev.holdfast.lifecycle.Amount;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.People;
import dev.holdfast.lifecycle.ResumeLinks;
import dev.holdfast.lifecycle.ServerStatus;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The page as a web application: puts itself into a servlet container, be it in the jar or a stock one. */
public final class ChatPage {
    /** Proxies close connections that are silent for 30 to 100 seconds. */
    private static final int PING_SECONDS = 15;

    private final Conversations conversations;
    private final ResumeLinks links;
    private final People people;
    private final Supplier<ServerStatus> status;
    private final Supplier<Optional<URI>> publicUrl;
    private final int maxMessageBytes;
    private final int maxStreams;
    private final Executor work;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param people who may use the page
     * @param status how the server is, for operators
     * @param publicUrl under which address people reach the page; loopback names always lead here too
     * @param maxMessageBytes longest message, in bytes of UTF-8
     * @param maxStreams event streams that a browser may have open at once
     * @param work writes to event streams and ends requests that waited; its tasks are short
     * @param timer sends signs of life
     */
    public ChatPage(
            Conversations conversations,
            ResumeLinks links,
            People people,
            Supplier<ServerStatus> status,
            Supplier<Optional<URI>> publicUrl,
            int maxMessageBytes,
            int maxStreams,
            Executor work,
            ScheduledExecutorService timer,
            Clock clock,
            RandomGenerator random) {
        this.conversations = conversations;
        this.links = links;
        this.people = people;
        this.status = status;
        this.publicUrl = publicUrl;
        this.maxMessageBytes = maxMessageBytes;
        this.maxStreams = maxStreams;
        this.work = work;
        this.timer = timer;
        this.clock = clock;
        this.random = random;
    }

    /** Registers everything with a container that is starting. */
    public void register(ServletContext context) {
        Pages pages = new Pages(context, work);
        Problems problems = new Problems(pages);
        Streams streams = new Streams(work, maxStreams);
        timer.scheduleAtFixedRate(streams::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
        Browser browser = new Browser(people.identity(), this::https);
        Networks networks = new Networks(people.proxies());
        Site site = new Site(
                conversations,
                links,
                authentication(browser, networks),
                browser,
                networks,
                people.signIn(),
                people.operators(),
                status,
                pages,
                problems,
                new Views(
                        clock,
                        (model, usage) ->
                                conversations.calls().cost(model, usage).map(Amount::shown)),
                streams,
                work,
                maxMessageBytes,
                clock,
                random);
        FilterRegistration.Dynamic guard = context.addFilter("guard", new GuardFilter(publicUrl, problems));
        guard.setAsyncSupported(true);
        guard.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        ServletRegistration.Dynamic front =
                context.addServlet("front", new FrontServlet(new Routes(site), problems, context));
        front.setAsyncSupported(true);
        front.addMapping("/*");
    }

    private Authentication authentication(Browser browser, Networks networks) {
        if (people.signIn().isPresent()) {
            return new MailAuthentication(browser, people.signIn().get());
        }
        return people.namedIn()
                .<Authentication>map(header -> new ProxyAuthentication(browser, networks, header))
                .orElseGet(() -> new OpenAuthentication(browser));
    }

    private boolean https() {
        return publicUrl.get().filter(url -> "https".equals(url.getScheme())).isPresent();
    }
}
