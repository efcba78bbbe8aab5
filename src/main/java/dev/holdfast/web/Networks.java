package dev.holdfast.web;

import dev.holdfast.config.NumericAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from which network a request comes, to limit what is tried from one. Of an IPv6 address that is the first half:
 * the second is anybody's to choose.
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
        return NumericAddress.parse(request.getRemoteAddr())
                .orElseThrow(() -> new IllegalStateException("a container gives numeric addresses"));
    }

    /** A proxy adds whom it had before it at the end, be it of the last such header or as one more. */
    private static Optional<InetAddress> lastForwarded(HttpServletRequest request) {
        String all = String.join(",", Collections.list(request.getHeaders(FORWARDED)));
        return NumericAddress.parse(all.substring(all.lastIndexOf(',') + 1));
    }

    private static String name(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length / 2))
                : address.getHostAddress();
    }
}
