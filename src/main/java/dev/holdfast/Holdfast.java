package dev.holdfast;

import dev.holdfast.agent.Budget;
import dev.holdfast.cli.OperatorDesk;
import dev.holdfast.cli.OperatorDoor;
import dev.holdfast.cli.Program;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.journal.DamageReporter;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FolderLock;
import dev.holdfast.lifecycle.Conversations;
import dev.holdfast.lifecycle.IdleTimes;
import dev.holdfast.lifecycle.Limits;
import dev.holdfast.lifecycle.People;
import dev.holdfast.lifecycle.ResumeLinks;
import dev.holdfast.lifecycle.ResumeMails;
import dev.holdfast.lifecycle.ServerStatus;
import dev.holdfast.mail.Mailer;
import dev.holdfast.protect.MessageFilter;
import dev.holdfast.protect.Redaction;
import dev.holdfast.protect.RedactionRules;
import dev.holdfast.store.Access;
import dev.holdfast.store.FileConversationStore;
import dev.holdfast.store.Maintenance;
import dev.holdfast.store.Outbox;
import dev.holdfast.store.SignIns;
import dev.holdfast.store.Spending;
import dev.holdfast.store.Storage;
import dev.holdfast.web.ChatPage;
import dev.holdfast.window.Prices;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The program: everything, put together. Here and in {@link Surroundings} alone the real clock, disk, randomness and
 * threads are chosen. Whoever starts it closes it.
 */
final class Holdfast implements Program {
    private final Settings settings;
    private final Threads threads = new Threads();
    private final AtomicReference<URI> listening = new AtomicReference<>();
    private final Clock clock;
    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    private final FolderLock lock;
    private final FileConversationStore store;
    private final Access access;
    private final Conversations conversations;
    private final ResumeLinks links;
    private final People people;
    private final Instant began;
    private final Supplier<ServerStatus> status;
    private final OperatorDesk desk;
    private final OperatorDoor door;

    /**
     * Takes the data folder and starts.
     *
     * @throws dev.holdfast.journal.FolderInUseException if another process has the folder
     * @throws SettingsException if the settings contradict each other
     */
    static Holdfast start(Settings settings, Map<String, String> environment) throws IOException {
        return start(settings, environment, Surroundings.real());
    }

    /** The same, elsewhere than on this machine as it is. */
    static Holdfast start(Settings settings, Map<String, String> environment, Surroundings surroundings)
            throws IOException {
        return new Holdfast(settings, environment, surroundings);
    }

    private Holdfast(Settings settings, Map<String, String> environment, Surroundings surroundings) throws IOException {
        this.settings = settings;
        clock = surroundings.clock();
        began = clock.instant();
        nanos = surroundings.nanos();
        Path folder = Path.of(settings.required(Option.DATA)).toAbsolutePath().normalize();
        Disk disk = surroundings.disk();
        DamageReporter reporter = new DamageLog();
        lock = FolderLock.acquire(folder, holder());
        Storage storage = storage(folder);
        store = FileConversationStore.withIndex(
                disk, folder, storage, threads.io(), threads.work(), clock, random, reporter);
        access = Access.open(disk, folder, storage, threads.io(), reporter);
        Spending spending = Spending.open(disk, folder, storage, threads.io(), clock);
        BudgetSettings budgets = new BudgetSettings(settings);
        Budget budget = budgets.budget(spending);
        conversations = conversations(
                new TurnSettings(settings, environment, threads, clock, random).turns(surroundings.model(), budget),
                budgets::prices);
        Outbox outbox = Outbox.open(disk, folder, storage, random);
        Mailer mailer = new MailSettings(settings, clock, random)
                .mailer(disk, folder.resolve("people").resolve("outbox"), storage);
        ResumeMails mails = new ResumeMails(
                access,
                conversations,
                outbox,
                mailer,
                threads.mail(),
                this::publicUrl,
                settings.duration(Option.LINK_TTL),
                clock,
                random);
        links = new ResumeLinks(
                access,
                conversations,
                mails,
                this::publicUrl,
                settings.duration(Option.LINK_TTL),
                clock,
                nanos,
                random);
        SignIns signIns = SignIns.open(disk, folder, storage);
        people = new PeopleSettings(settings, this::publicUrl, clock, nanos, random)
                .people(signIns, mailer, threads.mail());
        status = () -> status(disk.freeBytes(folder), outbox, signIns);
        desk = new OperatorDesk(
                maintenance(outbox, signIns, spending), services(), clock, settings.duration(Option.TRASH_GRACE));
        conversations.recover();
        threads.work().execute(conversations::watchForIdleMails);
        door = OperatorDoor.open(folder, desk, threads.operator(), threads.timer());
        threads.timer().scheduleWithFixedDelay(conversations::tick, 1, 1, TimeUnit.SECONDS);
        threads.timer().scheduleWithFixedDelay(mails::tick, 1, 5, TimeUnit.SECONDS);
        threads.timer().scheduleWithFixedDelay(() -> threads.work().execute(store::writeIndex), 5, 5, TimeUnit.SECONDS);
    }

    private OperatorDesk.Services services() {
        return new OperatorDesk.Services() {
            @Override
            public CompletableFuture<ResumeLinks.Printed> link(ConversationId id) {
                return links.print(id);
            }

            @Override
            public ServerStatus status() {
                return status.get();
            }
        };
    }

    private ServerStatus status(long freeBytes, Outbox outbox, SignIns signIns) {
        Runtime machine = Runtime.getRuntime();
        List<Outbox.Letter> letters = outbox.letters();
        int waiting = (int)
                letters.stream().filter(letter -> letter.nextTry().isPresent()).count();
        return new ServerStatus(
                began,
                conversations.modelName(),
                store.count(),
                conversations.open(),
                conversations.running(),
                signIns.size(),
                waiting,
                letters.size() - waiting,
                machine.totalMemory() - machine.freeMemory(),
                freeBytes);
    }

    private Maintenance maintenance(Outbox outbox, SignIns signIns, Spending spending) {
        return store.maintenance(access, outbox, signIns, spending, new Maintenance.Moves() {
            @Override
            public void delete(ConversationId id) {
                conversations.trash().delete(id);
            }

            @Override
            public void restore(ConversationId id) {
                conversations.trash().restore(id);
            }
        });
    }

    private Storage storage(Path folder) {
        return new StorageSettings(settings, folder).storage(clock, random);
    }

    private Conversations conversations(TurnSettings.Turns turns, Supplier<Prices> prices) {
        IdleTimes times = new IdleTimes(
                settings.duration(Option.IDLE_WARN),
                settings.duration(Option.IDLE_PAUSE),
                settings.duration(Option.IDLE_EXPIRE));
        return new Conversations(
                store, access, turns.runner(), turns.traces(), prices, redaction(), times, limits(), clock, nanos);
    }

    private Limits limits() {
        return new Limits(
                settings.integer(Option.LIMIT_RATE),
                settings.integer(Option.LIMIT_RATE_NETWORK),
                settings.integer(Option.LIMIT_TURNS),
                settings.integer(Option.LIMIT_TURNS_NETWORK));
    }

    private Redaction redaction() {
        try {
            RedactionRules rules =
                    RedactionRules.parse(settings.required(Option.REDACT), settings.content(Option.REDACT_PATTERNS));
            return new Redaction(rules, filter());
        } catch (IllegalArgumentException e) {
            throw new SettingsException("redact: " + e.getMessage());
        }
    }

    /** One that the operator has put on the class path. */
    private static Optional<MessageFilter> filter() {
        List<MessageFilter> found = ServiceLoader.load(MessageFilter.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (found.size() > 1) {
            throw new SettingsException("The class path holds " + found.size()
                    + " message filters, and nothing says which one goes first: leave one of them.");
        }
        return found.stream().findFirst();
    }

    private String holder() {
        String process = "Holdfast runs as process " + ProcessHandle.current().pid();
        int port = settings.integer(Option.PORT);
        return port == 0 ? process + "." : process + " at http://" + settings.required(Option.HOST) + ":" + port + "/.";
    }

    /** Tells under which address the server inside the jar listens. */
    void listeningAt(URI address) {
        listening.set(address);
    }

    /** Where people reach the page: as the settings say, else where it listens. */
    private Optional<URI> publicUrl() {
        return settings.publicUrl().or(() -> Optional.ofNullable(listening.get()));
    }

    /** Puts the page into a servlet container that is starting. */
    void register(ServletContext context) {
        new ChatPage(
                        conversations,
                        links,
                        people,
                        status,
                        this::publicUrl,
                        settings.integer(Option.LIMIT_MESSAGE),
                        settings.integer(Option.LIMIT_STREAMS),
                        threads.work(),
                        threads.timer(),
                        clock,
                        random)
                .register(context);
    }

    @Override
    public Conversations conversations() {
        return conversations;
    }

    @Override
    public OperatorDesk desk() {
        return desk;
    }

    /** Journals what runs, writes what waits, gives the folder free. */
    @Override
    public void close() throws IOException {
        door.close();
        threads.stopTiming();
        conversations.close();
        store.close();
        access.close();
        threads.close();
        lock.close();
    }
}
