package dev.holdfast.cli;

import dev.holdfast.store.Maintenance.Step;

/** Reports what was done to each conversation, and how many there were. For one thread. */
final class StepReport {
    static final String UNKNOWN = "There is no conversation with that id in this data folder.";

    private final Order order;
    private final String done;
    private final Report report;
    private long doneCount;
    private long unchangedCount;
    private long refusedCount;
    private long bytesBefore;
    private long bytesAfter;

    /** @param done the participle of what is done, for a sentence */
    StepReport(Order order, String done, Report report) {
        this.order = order;
        this.done = done;
        this.report = report;
    }

    /** What was left as it was is told only to somebody who asked for that one. */
    void step(Step step) {
        report.checkReader();
        switch (step.outcome()) {
            case DONE -> {
                doneCount++;
                bytesBefore += step.bytesBefore();
                bytesAfter += step.bytesAfter();
                report.out(
                        step.conversation() + ": " + done + ", " + sizes(step.bytesBefore(), step.bytesAfter()) + ".");
            }
            case UNCHANGED -> {
                unchangedCount++;
                if (order.only().isPresent()) {
                    report.out(step.conversation() + ": left as it was." + behind(step.sentence()));
                }
            }
            case REFUSED -> {
                refusedCount++;
                report.err(step.conversation() + ": refused." + behind(step.sentence()));
            }
        }
    }

    private static String behind(String sentence) {
        return sentence.isEmpty() ? "" : " " + sentence;
    }

    private static String sizes(long before, long after) {
        String bytes = Counted.of(before, "byte");
        return after == 0 ? bytes : bytes + " became " + after;
    }

    /** Tells how many there were; the command's exit status. */
    int end() {
        if (order.only().isPresent() && doneCount + unchangedCount + refusedCount == 0) {
            report.err(
                    order.command() == OperatorCommand.PURGE ? "There is nothing with that id in the trash." : UNKNOWN);
            return OperatorDesk.FAILED;
        }
        if (order.only().isEmpty()) {
            report.out(doneCount + " " + done + (doneCount == 0 ? "" : " (" + sizes(bytesBefore, bytesAfter) + ")")
                    + ", " + unchangedCount + " left as they were, " + refusedCount + " refused.");
        }
        return refusedCount == 0 ? OperatorDesk.OK : OperatorDesk.FAILED;
    }
}
