package dev.holdfast.lifecycle;

import dev.holdfast.mail.MailAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who may sign in: addresses, and domains with an {@code @} before them; a {@code *} means everybody. Immutable. */
public final class AllowList {
    private final boolean everybody;
    private final Set<String> addresses = new HashSet<>();
    private final Set<String> domains = new HashSet<>();

    /** @throws IllegalArgumentException if one is neither; the message names it */
    public AllowList(List<String> allowed) {
        everybody = allowed.contains("*");
        for (String one : allowed) {
            if (one.startsWith("@")) {
                domains.add(domain(checked("anybody" + one, one)));
            } else if (!one.equals("*")) {
                addresses.add(lower(checked(one, one)));
            }
        }
    }

    private static MailAddress checked(String address, String given) {
        try {
            return new MailAddress(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "“" + given + "” is no address, no domain such as @example.org, and no *.");
        }
    }

    /** Whether whoever reads mail at {@code address} may sign in. Case does not matter. */
    public boolean allows(MailAddress address) {
        return everybody || addresses.contains(lower(address)) || domains.contains(domain(address));
    }

    private static String lower(MailAddress address) {
        return address.value().toLowerCase(Locale.ROOT);
    }

    private static String domain(MailAddress address) {
        String lower = lower(address);
        return lower.substring(lower.lastIndexOf('@') + 1);
    }
}
