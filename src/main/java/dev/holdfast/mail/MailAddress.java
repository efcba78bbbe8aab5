package dev.holdfast.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The address of exactly one mailbox, {@code local@domain}: an instance is proof that the text can go into a header and
 * an SMTP command without further care.
 *
 * <p>Taken is the everyday form only (RFC 5321, section 4.1.2, {@code Dot-string}): no quoted local parts, no comments,
 * no display names, no address literals. A domain in other letters is kept in its ASCII form ({@code xn--…}), in lower
 * case; a local part beyond ASCII is refused, since many servers do not deliver to one (SMTPUTF8, RFC 6531).
 */
public record MailAddress(String value) {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("localhost|(?:" + LABEL + "\\.)+(?=[a-z0-9-]*[a-z])" + LABEL);

    /**
     * @throws IllegalArgumentException if it is no such address; the message is a sentence for the person who typed it
     *     and does not quote it
     */
    public MailAddress {
        Objects.requireNonNull(value, "value");
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException("That address is too long: an address has at most 254 characters.");
        }
        if (value.indexOf(',') >= 0 || value.indexOf(';') >= 0) {
            throw new IllegalArgumentException("That looks like several addresses. Give one.");
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
            throw new IllegalArgumentException("An address has no spaces or line breaks.");
        }
        int at = value.lastIndexOf('@');
        String local = value.substring(0, Math.max(0, at));
        if (local.length() > LONGEST_LOCAL || !LOCAL.matcher(local).matches()) {
            throw new IllegalArgumentException(
                    "That is not an address that mail can be sent to. It looks like olga@example.org.");
        }
        value = local + "@" + asciiDomain(value.substring(at + 1));
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException("That address is too long: an address has at most 254 characters.");
        }
    }

    private static String asciiDomain(String domain) {
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            if (DOMAIN.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // Said below: the exception's own message would quote the address.
        }
        throw new IllegalArgumentException(
                "The part behind the @ is not a domain that mail can be sent to. It looks like example.org.");
    }

    @Override
    public String toString() {
        return value;
    }
}
