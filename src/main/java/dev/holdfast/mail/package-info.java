/**
 * Builds mails and gets them out: by SMTP, or as files where no mail server is set.
 *
 * <pre>
 *   LinkMail → Mail → Mailer ─┬─ SmtpMailer ─┐
 *                             └─ MailFolder ─┴→ MailComposer (RFC 5322)
 * </pre>
 *
 * <p>May import {@code config}. Knows nothing of conversations, files or clocks but what its constructors are handed.
 */
package dev.holdfast.mail;
