package dev.holdfast.cli;

import dev.holdfast.cli.OperatorCommand.Named;
import dev.holdfast.config.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the command line may say, and what its help says. Options that are settings come from the option table. */
final class CommandGrammar {
    static final String SERVE = "serve";
    static final String CHAT = "chat";
    static final String RESUME = "--resume";
    static final String SHOW = "show";
    static final String TRACE = "trace";
    static final String LAST = "--last";
    static final String JSON = "--json";
    static final String KEYGEN = "keygen";
    static final String ADD = "--add";
    static final String YES = "--yes";

    /** What {@code keygen} does, in a line. */
    static final String KEYGEN_HELP = "Make a new key and print it, or add it to the key file.";

    /** What the help of an operator's commands shows; they take the other settings, too. */
    private static final Set<Option> SHOWN_TO_OPERATORS =
            Set.of(Option.DATA, Option.SETTINGS, Option.ENCRYPTION_KEY_FILE);

    private CommandGrammar() {}

    /**
     * @param words of the command line: a command that is not among them cannot be meant, and gets no options. There are
     *     hundreds of these, and a server that starts waits for them
     */
    static CommandSpec root(Set<String> words) {
        CommandSpec root = command("holdfast", "A chat page for language models that never loses its place.");
        addSettings(root);
        root.version("Holdfast " + version());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        List<CommandSpec> commands = new ArrayList<>(List.of(
                command(SERVE, "Serve the page. The default."),
                command(CHAT, "Hold a conversation in the terminal, in the same store."),
                command(SHOW, "Print a conversation, ours or another program's; changes nothing."),
                command(TRACE, "Print a conversation's calls to models: tokens, cost, times; changes nothing.")));
        for (OperatorCommand command : OperatorCommand.values()) {
            commands.add(command(command.word(), command.help()));
        }
        commands.add(command(KEYGEN, KEYGEN_HELP));
        for (CommandSpec command : commands) {
            if (words.contains(command.name())) {
                complete(command);
            }
            root.addSubcommand(command.name(), command);
        }
        return root;
    }

    private static void complete(CommandSpec command) {
        switch (command.name()) {
            case SERVE -> addSettings(command);
            case CHAT -> {
                addSettings(command);
                addValue(command, RESUME, "ID", "Go on with this conversation.");
            }
            case SHOW -> show(command);
            case TRACE -> trace(command);
            case KEYGEN -> keygen(command);
            default -> operator(OperatorCommand.byWord(command.name()).orElseThrow(), command);
        }
    }

    private static String version() {
        String version = CommandGrammar.class.getPackage().getImplementationVersion();
        return version == null ? "(from source)" : version;
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).width(100).sortOptions(false);
        return spec;
    }

    private static void operator(OperatorCommand command, CommandSpec spec) {
        if (command.named() != Named.NEVER) {
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel("ID")
                    .type(String.class)
                    .index("0")
                    .arity(command.named() == Named.ALWAYS ? "1" : "0..1")
                    .description("The conversation's id, as in its page's address and its file's name.")
                    .build());
        }
        if (command == OperatorCommand.DOCTOR) {
            addFlag(spec, Order.JSON, "Print an object a line for each file, and at last the totals.");
        }
        if (command == OperatorCommand.PURGE) {
            addValue(spec, Order.OLDER_THAN, "AGE", "All that were deleted so long ago: 12h, 30d; 0s for all.");
            addFlag(spec, YES, "Do not ask.");
        }
        addOperatorSettings(spec);
        spec.usageMessage()
                .footer(
                        "",
                        command == OperatorCommand.DOCTOR
                                ? "The exit status is 0, 1 if something is damaged, locked or unreadable, 2 for misuse."
                                : "The exit status is 0, 1 if something was refused or failed, 2 for misuse.",
                        "A server that has the data folder does it, as it is set. If there is none, this process does,",
                        "and takes all settings that serve takes.");
    }

    private static void show(CommandSpec spec) {
        addConversation(spec, "Only the last N messages.");
        addFlag(spec, JSON, "A JSON object a line, with all that the file says of the message.");
        addOperatorSettings(spec);
    }

    private static void trace(CommandSpec spec) {
        addConversation(spec, "Only the last N calls.");
        addFlag(spec, JSON, "A JSON object a line, with all that is known of the call.");
        addOperatorSettings(spec);
    }

    /** A file or an id, and how much of it. */
    private static void addConversation(CommandSpec spec, String last) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel("FILE|ID")
                .type(String.class)
                .description("A conversation's file, or the id of one in the data folder.")
                .build());
        spec.addOption(OptionSpec.builder(LAST)
                .paramLabel("N")
                .type(Integer.class)
                .description(last)
                .build());
    }

    private static void keygen(CommandSpec spec) {
        addFlag(
                spec,
                ADD,
                "Put it first into the file that " + Option.ENCRYPTION_KEY_FILE.key() + " names, and do not print it.");
        addOperatorSettings(spec);
    }

    private static void addSettings(CommandSpec spec) {
        for (Option option : Option.values()) {
            spec.addOption(setting(option).build());
        }
        addHelp(spec);
    }

    private static void addOperatorSettings(CommandSpec spec) {
        for (Option option : Option.values()) {
            spec.addOption(
                    setting(option).hidden(!SHOWN_TO_OPERATORS.contains(option)).build());
        }
        addHelp(spec);
    }

    private static OptionSpec.Builder setting(Option option) {
        String usual = option.defaultValue().isEmpty() ? "" : " Default: " + option.defaultValue() + ".";
        return OptionSpec.builder(option.flag())
                .paramLabel("VALUE")
                .type(String.class)
                .description(option.help().replace("`", "") + usual);
    }

    private static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this and end.")
                .build());
    }

    private static void addValue(CommandSpec spec, String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build());
    }

    private static void addFlag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build());
    }
}
