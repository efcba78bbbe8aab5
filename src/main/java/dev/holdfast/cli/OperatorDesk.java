package dev.holdfast.cli;

import dev.holdfast.config.SettingsException;
import dev.holdfast.conversation.ConversationId;
import dev.holdfast.lifecycle.NoPublicUrlException;
import dev.holdfast.lifecycle.NoSuchConversationException;
import dev.holdfast.lifecycle.ResumeLinks;
import dev.holdfast.lifecycle.ServerStatus;
import dev.holdfast.store.Maintenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what an operator orders, in the process that has the data folder. Thread-safe. */
public final class OperatorDesk {
    /** Done, and nothing to worry about. */
    static final int OK = 0;

    /** Something is damaged, was refused or failed. */
    static final int FAILED = 1;

    /** The order could not be understood. */
    static final int MISUSED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(OperatorDesk.class);

    /** What takes the running program rather than the files alone. Thread-safe. */
    public interface Services {
        /** A link that opens a conversation. */
        CompletableFuture<ResumeLinks.Printed> link(ConversationId id);

        ServerStatus status();
    }

    private final Maintenance maintenance;
    private final Services services;
    private final InstantSource clock;
    private final Duration grace;

    /** @param grace for how long purging spares what was deleted, unless it is told otherwise */
    public OperatorDesk(Maintenance maintenance, Services services, InstantSource clock, Duration grace) {
        this.maintenance = maintenance;
        this.services = services;
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * Carries the order out on the calling thread.
     *
     * @return the command's exit status
     * @throws Report.Gone if nobody reads the report any more; what was done until then stays
     */
    int run(Order order, Report report) {
        try {
            return carryOut(order, report);
        } catch (Report.Gone e) {
            throw e;
        } catch (IOException e) {
            report.err(sentence(e));
        } catch (UncheckedIOException e) {
            report.err(sentence(e.getCause()));
        } catch (SettingsException e) {
            report.err(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The operator's command {} failed", order.command().word(), e);
            report.err(order.command().word() + " failed: " + e);
        }
        return FAILED;
    }

    private static String sentence(IOException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private int carryOut(Order order, Report report) throws IOException {
        return switch (order.command()) {
            case DOCTOR -> doctor(order, report);
            case REPACK -> {
                StepReport steps = new StepReport(order, "repacked", report);
                maintenance.repack(order.only(), steps::step);
                yield steps.end();
            }
            case REKEY -> {
                StepReport steps = new StepReport(order, "sealed anew", report);
                maintenance.rekey(steps::step);
                yield steps.end();
            }
            case REINDEX -> said(report, "The list holds " + Counted.of(maintenance.reindex(), "conversation") + ".");
            case TRASH -> trash(report);
            case DELETE -> delete(order.only().orElseThrow(), report);
            case RESTORE -> restore(order.only().orElseThrow(), report);
            case LINK -> link(order.only().orElseThrow(), report);
            case STATUS -> status(services.status(), report);
            case PURGE -> {
                StepReport steps = new StepReport(order, "removed for good", report);
                maintenance.purge(order.only(), deletedBefore(order), steps::step);
                yield steps.end();
            }
        };
    }

    /** Who names a conversation means it, however lately it was deleted. */
    private Instant deletedBefore(Order purge) {
        return purge.only().isPresent()
                ? Instant.MAX
                : clock.instant().minus(purge.olderThan().orElse(grace));
    }

    private int doctor(Order order, Report report) throws IOException {
        DoctorReport doctor = order.json() ? new DoctorJson(report) : new DoctorText(report);
        maintenance.check(order.only(), doctor::finding);
        if (order.only().isPresent() && doctor.files() == 0) {
            report.err(StepReport.UNKNOWN);
            return FAILED;
        }
        return doctor.end(maintenance.quarantined()) ? OK : FAILED;
    }

    private int trash(Report report) throws IOException {
        List<Maintenance.Trashed> trash = maintenance.trash();
        for (Maintenance.Trashed each : trash) {
            report.out(each.id() + "  " + each.deletedAt() + "  " + Counted.of(each.bytes(), "byte") + "  "
                    + (each.title().isEmpty() ? "(no title)" : each.title()));
        }
        return trash.isEmpty() ? said(report, "The trash is empty.") : OK;
    }

    private int delete(ConversationId id, Report report) throws IOException {
        maintenance.delete(id);
        return said(report, id + " is in the trash. “restore " + id + "” brings it back.");
    }

    private int restore(ConversationId id, Report report) throws IOException {
        maintenance.restore(id);
        return said(report, id + " is back.");
    }

    private int link(ConversationId id, Report report) throws IOException {
        try {
            ResumeLinks.Printed printed = services.link(id).join();
            report.out(printed.url().toString());
            report.err("It works until " + printed.expires() + ", for whoever has it.");
            return OK;
        } catch (NoSuchConversationException e) {
            report.err("There is no such conversation outside the trash.");
        } catch (NoPublicUrlException e) {
            report.err("It is not known under which address people reach the page: set public-url, or do this while the"
                    + " server runs.");
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
        return FAILED;
    }

    private static int status(ServerStatus status, Report report) {
        report.out("running since          " + status.since());
        report.out("model                  " + status.model());
        report.out("conversations kept     " + status.conversations());
        report.out("in memory              " + status.open());
        report.out("replies being written  " + status.running());
        report.out("browsers signed in     " + status.signedIn());
        report.out("mails tried again      " + status.mailsWaiting());
        report.out("mails given up         " + status.mailsGivenUp());
        report.out("memory in use          " + Counted.of(status.heapBytes(), "byte"));
        report.out("free on the disk       " + Counted.of(status.freeBytes(), "byte"));
        return OK;
    }

    private static int said(Report report, String sentence) {
        report.out(sentence);
        return OK;
    }
}
