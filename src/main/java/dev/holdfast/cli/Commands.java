package dev.holdfast.cli;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.store.ConversationFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The commands and their options. Options that are settings come from the option table. */
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
    private static final String RESUME = "--resume";
    private static final String LAST = "--last";
    private static final String JSON = "--json";

    private final Serve serve;
    private final Open open;
    private final Read read;
    private final Map<String, String> environment;

    public Commands(Serve serve, Open open, Read read, Map<String, String> environment) {
        this.serve = serve;
        this.open = open;
        this.read = read;
        this.environment = environment;
    }

    /** Runs the command that {@code args} name; the process's exit status. */
    public int run(String... args) {
        CommandLine line = new CommandLine(root());
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

    private CommandSpec root() {
        CommandSpec root = withSettings("holdfast", "A chat page for language models that never loses its place.");
        root.version("Holdfast " + version());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        root.addSubcommand("serve", withSettings("serve", "Serve the page. The default."));
        CommandSpec chat = withSettings("chat", "Hold a conversation in the terminal, in the same store.");
        chat.addOption(OptionSpec.builder(RESUME)
                .paramLabel("ID")
                .type(String.class)
                .description("Go on with this conversation.")
                .build());
        root.addSubcommand("chat", chat);
        root.addSubcommand("show", show());
        return root;
    }

    private static CommandSpec show() {
        CommandSpec show = withSettings("show", "Print a conversation, ours or another program's; changes nothing.");
        show.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel("FILE|ID")
                .type(String.class)
                .description("A conversation's file, or the id of one in the data folder.")
                .build());
        show.addOption(OptionSpec.builder(LAST)
                .paramLabel("N")
                .type(Integer.class)
                .description("Only the last N messages.")
                .build());
        show.addOption(OptionSpec.builder(JSON)
                .type(boolean.class)
                .description("A JSON object a line, with all that the file says of the message.")
                .build());
        return show;
    }

    private static CommandSpec withSettings(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).width(100).sortOptions(false);
        for (Option option : Option.values()) {
            String usual = option.defaultValue().isEmpty() ? "" : " Default: " + option.defaultValue() + ".";
            spec.addOption(OptionSpec.builder(option.flag())
                    .paramLabel("VALUE")
                    .type(String.class)
                    .description(option.help().replace("`", "") + usual)
                    .build());
        }
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this and end.")
                .build());
        return spec;
    }

    private static String version() {
        String version = Commands.class.getPackage().getImplementationVersion();
        return version == null ? "(from source)" : version;
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
            if (chosen.commandSpec().name().equals("show")) {
                return show(settings, chosen);
            } else if (chosen.commandSpec().name().equals("chat")) {
                chat(settings, chosen.matchedOptionValue(RESUME, null));
            } else {
                serve.run(settings, line.getOut());
            }
            return OK;
        } catch (IOException | UncheckedIOException | SettingsException e) {
            throw new CommandLine.ExecutionException(line, e.getMessage(), e);
        }
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

    /** Prints UTF-8 whatever the terminal's: else a message might lose characters. */
    private int show(Settings settings, ParseResult parsed) throws IOException {
        CommandLine line = parsed.commandSpec().commandLine();
        Integer last = parsed.matchedOptionValue(LAST, null);
        if (last != null && last < 1) {
            throw new CommandLine.ParameterException(line, LAST + " takes a number from 1 on, not " + last);
        }
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        boolean sound = new ShowCommand(
                        read.files(settings), out, line.getErr(), parsed.matchedOptionValue(JSON, false))
                .run(
                        Path.of(settings.required(Option.DATA)),
                        parsed.matchedPositionalValue(0, ""),
                        last == null ? OptionalInt.empty() : OptionalInt.of(last));
        return sound ? OK : FAILED;
    }
}
