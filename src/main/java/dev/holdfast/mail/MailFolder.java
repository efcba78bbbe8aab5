package dev.holdfast.mail;

import dev.holdfast.mail.MailException.Kind;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Properties;

/**
 * Writes mails as {@code .eml} files, which every mail program opens, instead of sending them: for development, and
 * until a mail server is set. A file is named by time and chance, {@code 20261121T053100Z-9f2c11ab04d7e655.eml}, and
 * before that by the conversation that the mail is about, if it is about one.
 */
public final class MailFolder implements Mailer {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final MailComposer composer;
    private final NewFile folder;
    private final Session session = Session.getInstance(new Properties());

    /** Creates a file with that name and content, readable by its owner only. */
    @FunctionalInterface
    public interface NewFile {
        void write(String fileName, byte[] content) throws IOException;
    }

    /** @param folder writes into the folder of mails */
    public MailFolder(MailComposer composer, NewFile folder) {
        this.composer = Objects.requireNonNull(composer, "composer");
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    @Override
    public boolean delivers() {
        return false;
    }

    @Override
    public void send(Mail mail) throws MailException {
        try {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            composer.compose(mail, session).writeTo(content);
            String about = mail.about().map(conversation -> conversation + ".").orElse("");
            String name = about + TIME.format(composer.now()) + "-" + composer.randomName() + ".eml";
            folder.write(name, content.toByteArray());
        } catch (IOException | MessagingException e) {
            throw new MailException(
                    Kind.NOT_WRITTEN,
                    true,
                    "The mail could not be written to its folder. Is the disk full or read-only?");
        }
    }
}
