package dev.holdfast.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads network addresses that are written in numbers. Nothing is looked up: what a name leads to can change. */
public final class NumericAddress {
    private static final String V4 = "[0-9]+(\\.[0-9]+){3}";
    private static final String V6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    private NumericAddress() {}

    /** The address that {@code text} spells, brackets and a zone of IPv6 aside; empty if it is a name or nothing of the kind. */
    public static Optional<InetAddress> parse(String text) {
        String address = text.strip().replaceAll("^\\[|%[^\\]]*|\\]$", "");
        try {
            return address.matches(V4 + "|" + V6) ? Optional.of(InetAddress.getByName(address)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
