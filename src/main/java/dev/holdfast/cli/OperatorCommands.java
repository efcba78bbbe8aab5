package dev.holdfast.cli;

import dev.holdfast.cli.OperatorCommand.Named;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.FolderInUseException;
import dev.holdfast.journal.FolderSocket;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The operator's commands on the command line. An order goes to the process that has the data folder; if there is none,
 * this one takes the folder and carries the order out itself.
 */
final class OperatorCommands {
    private static final String ID = "ID";
    private static final String YES = "--yes";

    private final Commands.Open open;
    private final Disk disk;

    OperatorCommands(Commands.Open open, Disk disk) {
        this.open = open;
        this.disk = disk;
    }

    /** Adds to {@code spec} what may follow the command's name. */
    static void addArguments(OperatorCommand command, CommandSpec spec) {
        if (command.named() != Named.NEVER) {
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel(ID)
                    .type(String.class)
                    .index("0")
                    .arity(command.named() == Named.ALWAYS ? "1" : "0..1")
                    .description("The conversation's id, as in its page's address and its file's name.")
                    .build());
        }
        if (command == OperatorCommand.DOCTOR) {
            addFlag(spec, Order.JSON, "An object a line for each file, and at last the totals.");
        }
        if (command == OperatorCommand.PURGE) {
            spec.addOption(OptionSpec.builder(Order.OLDER_THAN)
                    .paramLabel("DURATION")
                    .type(String.class)
                    .description("All that were deleted so long ago or earlier, for example 12h or 30d; 0s: all.")
                    .build());
            addFlag(spec, YES, "Do not ask.");
        }
        spec.usageMessage()
                .footer(
                        "",
                        "Ends with 0 if all is well, with 1 if "
                                + (command == OperatorCommand.DOCTOR
                                        ? "something is damaged, locked or unreadable,"
                                        : "something was refused or failed,")
                                + " with 2 if it is used wrongly.",
                        "A server that runs on the data folder does it, with its own settings; else this process does,",
                        "with all settings that serve knows.");
    }

    private static void addFlag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build());
    }

    /** Runs the command that was parsed; the process's exit status. */
    int run(OperatorCommand command, ParseResult parsed, Settings settings, PrintWriter out, PrintWriter err)
            throws IOException {
        Report report = new PrintedReport(out, err);
        try {
            Order order = Order.parse(command.word(), arguments(parsed));
            Path folder = folder(settings);
            return confirmed(order, parsed, report) ? run(order, folder, settings, report) : OperatorDesk.FAILED;
        } catch (IllegalArgumentException e) {
            report.err(e.getMessage());
            return OperatorDesk.MISUSED;
        } catch (Report.Gone e) {
            return OperatorDesk.FAILED;
        }
    }

    private static List<String> arguments(ParseResult parsed) {
        List<String> arguments = new ArrayList<>();
        parsed.matchedPositionals().forEach(id -> arguments.addAll(id.stringValues()));
        if (parsed.hasMatchedOption(Order.JSON)) {
            arguments.add(Order.JSON);
        }
        if (parsed.hasMatchedOption(Order.OLDER_THAN)) {
            arguments.add(Order.OLDER_THAN);
            arguments.add(parsed.matchedOptionValue(Order.OLDER_THAN, ""));
        }
        return arguments;
    }

    /** Makes none: a folder that is not there is a slip of the pen. */
    private Path folder(Settings settings) throws IOException {
        Path folder = Path.of(settings.required(Option.DATA)).toAbsolutePath().normalize();
        if (!disk.exists(folder)) {
            throw new SettingsException("data names " + folder + ", and there is no such folder.");
        }
        return folder;
    }

    private static boolean confirmed(Order order, ParseResult parsed, Report report) throws IOException {
        if (order.command() != OperatorCommand.PURGE || parsed.hasMatchedOption(YES)) {
            return true;
        }
        try (Prompt prompt = Prompt.open()) {
            Optional<String> said = prompt.ask("What is purged cannot be brought back. Type yes to go on: ");
            if (said.map(String::strip).filter("yes"::equals).isPresent()) {
                return true;
            }
            prompt.out().println();
        }
        report.err("Nothing was removed: purge waits for a yes, or is given " + YES + ".");
        return false;
    }

    private int run(Order order, Path folder, Settings settings, Report report) throws IOException {
        OptionalInt status = OperatorClient.send(folder, order, report);
        if (status.isPresent()) {
            return status.getAsInt();
        }
        try (Program program = open.open(settings)) {
            return program.desk().run(order, report);
        } catch (FolderInUseException e) {
            return whoWasFaster(order, folder, report, e);
        }
    }

    /** Somebody may have taken the folder since we asked. */
    private static int whoWasFaster(Order order, Path folder, Report report, FolderInUseException refused)
            throws IOException {
        OptionalInt status = OperatorClient.send(folder, order, report);
        if (status.isPresent()) {
            return status.getAsInt();
        }
        if (FolderSocket.tooLong(folder)) {
            throw new IOException(
                    refused.getMessage() + " It cannot do this itself: the folder's path is too long for a socket.",
                    refused);
        }
        throw refused;
    }
}
