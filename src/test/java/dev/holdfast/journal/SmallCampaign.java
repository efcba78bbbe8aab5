package dev.holdfast.journal;

import java.util.concurrent.Callable;

/**
 * The campaigns, as small as they can be and still find what is wrong: for a journal of which it is not known whether it
 * works. Public, because they are called from another class loader than theirs.
 */
public enum SmallCampaign implements Callable<String> {
    CRASH {
        @Override
        public String call() throws Exception {
            return new CrashCampaign(JournalForm.PLAIN, 4, 0, 2, 1).call();
        }
    },
    CRASH_OF_PACKED {
        @Override
        public String call() throws Exception {
            return new CrashCampaign(JournalForm.GZIP, 2, 0, 1, 1).call();
        }
    },
    FAULT {
        @Override
        public String call() {
            return new FaultCampaign(JournalForm.PLAIN, false).call();
        }
    },
    FULL_DISK {
        @Override
        public String call() {
            return new FullDiskCampaign(JournalForm.PLAIN, 2, 20).call();
        }
    },
    DAMAGE {
        @Override
        public String call() throws Exception {
            return new DamageCampaign(JournalForm.PLAIN, 6).call();
        }
    },
    REWRITE {
        @Override
        public String call() throws Exception {
            return new RewriteCampaign(JournalForm.PLAIN, Rewriting.to(JournalForm.GZIP), true, 1).call();
        }
    },
    REPLACE {
        @Override
        public String call() throws Exception {
            return new ReplaceCampaign(10).call();
        }
    }
}
