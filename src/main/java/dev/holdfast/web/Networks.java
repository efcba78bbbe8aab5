package dev.holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from which network a request comes, to limit what is tried from one. Of an IPv6 address that is the first half: the
 * second is anybody's to choose.
 *
 * @param proxies whose {@code X-Forwarded-For} is believed: the last address in it is whom such a proxy had before it
 */
record Networks(Set<InetAddress> proxies) {
    private static final String FORWARDED = "X-Forwarded-For";

    Networks {
        proxies = Set.copyOf(proxies);
    }

    /** The network's name: an IPv4 address, or 16 hexadecimal digits. */
    String of(HttpServletRequest request) {
        InetAddress from = remote(request);
        return name(proxies.contains(from) ? lastForwarded(request).orElse(from) : from);
    }

    /** Whether a proxy of ours connects. */
    boolean throughProxy(HttpServletRequest request) {
        return proxies.contains(remote(request));
    }

    private static InetAddress remote(HttpServletRequest request) {
        return numeric(request.getRemoteAddr())
                .orElseThrow(() -> new IllegalStateException("a container gives numeric addresses"));
    }

    private static Optional<InetAddress> lastForwarded(HttpServletRequest request) {
        String forwarded = request.getHeader(FORWARDED);
        return forwarded == null ? Optional.empty() : numeric(forwarded.substring(forwarded.lastIndexOf(',') + 1));
    }

    /** Nothing is looked up: a name is none. Brackets and a zone are what an IPv6 address may come with. */
    private static Optional<InetAddress> numeric(String text) {
        String address = text.strip().replaceAll("^\\[|%[^\\]]*|\\]$", "");
        try {
            return address.matches("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
                    ? Optional.of(InetAddress.getByName(address))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String name(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length / 2))
                : address.getHostAddress();
    }
}
