package dev.holdfast.cli;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.journal.Disk;
import dev.holdfast.protect.KeyRing;
import dev.holdfast.store.ConversationFiles;
import dev.holdfast.window.Prices;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Reads a command line, as {@link CommandGrammar} has it, and runs the command that it names. */
public final class Commands {
    /** Serves the page until the process ends. */
    public interface Serve {
        void run(Settings settings, PrintWriter out) throws IOException;
    }

    /** Opens the data folder that the settings name. */
    public interface Open {
        Program open(Settings settings) throws IOException;
    }

    /** What reads files, with the keys that the settings name. */
    public interface Read {
        ConversationFiles files(Settings settings) throws IOException;
    }

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final Serve serve;
    private final Open open;
    private final Read read;
    private final Function<Settings, Prices> prices;
    private final Map<String, String> environment;
    private final Disk disk;
    private final RandomGenerator random;

    /**
     * @param prices of models, as the settings name them
     * @param disk where a key file is
     * @param random must be fit for keys: in earnest a {@link java.security.SecureRandom}
     */
    public Commands(
            Serve serve,
            Open open,
            Read read,
            Function<Settings, Prices> prices,
            Map<String, String> environment,
            Disk disk,
            RandomGenerator random) {
        this.serve = serve;
        this.open = open;
        this.read = read;
        this.prices = prices;
        this.environment = environment;
        this.disk = disk;
        this.random = random;
    }

    /** Whether {@code args} look as if the page is to be served: a guess, for who loads what that takes. */
    public static boolean serves(String... args) {
        return Arrays.stream(args)
                .noneMatch(word -> word.equals(CommandGrammar.CHAT)
                        || word.equals(CommandGrammar.SHOW)
                        || word.equals(CommandGrammar.TRACE)
                        || word.equals(CommandGrammar.KEYGEN)
                        || OperatorCommand.byWord(word).isPresent());
    }

    /** Runs the command that {@code args} name; the process's exit status. */
    public int run(String... args) {
        CommandLine line = new CommandLine(CommandGrammar.root(new HashSet<>(Arrays.asList(args))));
        line.setExecutionStrategy(this::execute);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            Throwable said = failure instanceof UncheckedIOException ? failure.getCause() : failure;
            failed.getErr().println(said.getMessage() == null ? said.toString() : said.getMessage());
            failed.getErr().flush();
            return failure instanceof SettingsException ? MISUSED : FAILED;
        });
        line.setParameterExceptionHandler((failure, failed) -> {
            PrintWriter err = failure.getCommandLine().getErr();
            err.println(failure.getMessage() + ". See --help.");
            err.flush();
            return MISUSED;
        });
        return line.execute(args);
    }

    private int execute(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        CommandLine line = chosen.commandSpec().commandLine();
        try {
            Settings settings = Settings.of(flags(parsed), environment);
            return run(chosen, settings, line.getOut(), line.getErr());
        } catch (IOException | UncheckedIOException | SettingsException e) {
            throw new CommandLine.ExecutionException(line, e.getMessage(), e);
        }
    }

    private int run(ParseResult chosen, Settings settings, PrintWriter out, PrintWriter err) throws IOException {
        String name = chosen.commandSpec().name();
        Optional<OperatorCommand> command = OperatorCommand.byWord(name);
        if (command.isPresent()) {
            return new OperatorCommands(open, disk).run(command.get(), chosen, settings, out, err);
        }
        if (name.equals(CommandGrammar.SHOW) || name.equals(CommandGrammar.TRACE)) {
            return print(settings, chosen);
        }
        switch (name) {
            case CommandGrammar.CHAT -> chat(settings, chosen.matchedOptionValue(CommandGrammar.RESUME, null));
            case CommandGrammar.KEYGEN -> keygen(settings, chosen.hasMatchedOption(CommandGrammar.ADD), out);
            default -> serve.run(settings, out);
        }
        return OK;
    }

    private static Map<Option, String> flags(ParseResult parsed) {
        EnumMap<Option, String> flags = new EnumMap<>(Option.class);
        for (ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            for (Option option : Option.values()) {
                String value = at.matchedOptionValue(option.flag(), null);
                if (value != null) {
                    flags.put(option, value);
                }
            }
        }
        return flags;
    }

    private void chat(Settings settings, String resume) throws IOException {
        try (Program program = open.open(settings);
                Prompt prompt = Prompt.open()) {
            new TerminalChat(program.conversations(), prompt).run(resume);
        }
    }

    private void keygen(Settings settings, boolean add, PrintWriter out) throws IOException {
        if (!add) {
            out.print(KeyRing.keygen(random));
            out.flush();
            return;
        }
        Option option = Option.ENCRYPTION_KEY_FILE;
        String file = settings.text(option)
                .orElseThrow(() -> new SettingsException(option.key() + " does not say where the key file is."));
        new KeyFile(disk, Path.of(file)).add(random);
        out.println("A new key stands first in " + file + ". It seals from the next start or rekey on.");
        out.println(
                "Keep a copy of that file away from the data folder: without it nothing that is sealed can be read.");
        out.flush();
    }

    /** Prints UTF-8 whatever the terminal's: else a message might lose characters. */
    private int print(Settings settings, ParseResult parsed) throws IOException {
        CommandLine line = parsed.commandSpec().commandLine();
        Integer last = parsed.matchedOptionValue(CommandGrammar.LAST, null);
        if (last != null && last < 1) {
            throw new CommandLine.ParameterException(
                    line, CommandGrammar.LAST + " takes a number from 1 on, not " + last);
        }
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        ConversationFiles files = read.files(settings);
        Path data = Path.of(settings.required(Option.DATA));
        String what = parsed.matchedPositionalValue(0, "");
        OptionalInt newest = last == null ? OptionalInt.empty() : OptionalInt.of(last);
        boolean json = parsed.matchedOptionValue(CommandGrammar.JSON, false);
        if (parsed.commandSpec().name().equals(CommandGrammar.TRACE)) {
            new TraceCommand(files, prices.apply(settings), out, line.getErr(), json).run(data, what, newest);
            return OK;
        }
        return new ShowCommand(files, out, line.getErr(), json).run(data, what, newest) ? OK : FAILED;
    }
}
