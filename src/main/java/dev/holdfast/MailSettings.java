package dev.holdfast;

import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.journal.Disk;
import dev.holdfast.journal.WholeFile;
import dev.holdfast.mail.Mail;
import dev.holdfast.mail.MailAddress;
import dev.holdfast.mail.MailComposer;
import dev.holdfast.mail.MailException;
import dev.holdfast.mail.MailFolder;
import dev.holdfast.mail.Mailer;
import dev.holdfast.mail.SmtpMailer;
import dev.holdfast.mail.SmtpServer;
import dev.holdfast.store.Storage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What the settings say of how mails go out. */
record MailSettings(Settings settings, Clock clock, RandomGenerator random) {

    /** Mails go to the mail server that is set. Without one they become files; what that takes is loaded when needed. */
    Mailer mailer(Disk disk, Path outbox, Storage storage) {
        return settings.text(Option.MAIL_SMTP_URL)
                .<Mailer>map(url -> new SmtpMailer(SmtpServer.parse(url), composer()))
                .orElseGet(() -> new Mailer() {
                    @Override
                    public void send(Mail mail) throws MailException {
                        mailFolder(disk, outbox, storage).send(mail);
                    }

                    @Override
                    public boolean delivers() {
                        return false;
                    }
                });
    }

    private Mailer mailFolder(Disk disk, Path outbox, Storage storage) {
        return new MailFolder(composer(), (name, content) -> {
            disk.createFolders(outbox);
            Storage.Sealed kept = storage.seal(name, content);
            WholeFile.create(disk, outbox.resolve(kept.name()), out -> out.write(kept.content()));
        });
    }

    private MailComposer composer() {
        String domain = settings.publicUrl().map(URI::getHost).orElse("localhost");
        MailAddress from = new MailAddress(settings.required(Option.MAIL_FROM));
        return new MailComposer(from, "Holdfast", domain, clock, random);
    }
}
