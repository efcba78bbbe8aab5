package dev.holdfast.cli;

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
import picocli.CommandLine.ParseResult;

/**
 * The operator's commands on the command line. An order goes to the process that has the data folder; if there is none,
 * this one takes the folder and carries the order out itself.
 */
final class OperatorCommands {
    private final Commands.Open open;
    private final Disk disk;

    OperatorCommands(Commands.Open open, Disk disk) {
        this.open = open;
        this.disk = disk;
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
        if (order.command() != OperatorCommand.PURGE || parsed.hasMatchedOption(CommandGrammar.YES)) {
            return true;
        }
        try (Prompt prompt = Prompt.open()) {
            Optional<String> said = prompt.ask("What is purged cannot be brought back. Type yes to go on: ");
            if (said.map(String::strip).filter("yes"::equals).isPresent()) {
                return true;
            }
            prompt.out().println();
        }
        report.err("Nothing was removed: purge waits for a yes, or is given " + CommandGrammar.YES + ".");
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
