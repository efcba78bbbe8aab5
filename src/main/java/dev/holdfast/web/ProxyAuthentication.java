package dev.holdfast.web;

import dev.holdfast.conversation.Owner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A proxy in front knows people and names each in a header. The header is believed only of connections that come from the
 * proxy's own address: whoever reaches the server otherwise could name anybody.
 */
final class ProxyAuthentication implements Authentication {
    private static final int LONGEST_NAME = 200;

    private final Browser browser;
    private final Networks networks;
    private final String header;

    /** @param header the one that names the person */
    ProxyAuthentication(Browser browser, Networks networks, String header) {
        this.browser = Objects.requireNonNull(browser, "browser");
        this.networks = Objects.requireNonNull(networks, "networks");
        this.header = Objects.requireNonNull(header, "header");
    }

    @Override
    public Optional<Owner> owner(HttpServletRequest request) {
        if (!networks.throughProxy(request)) {
            throw new HttpProblem(
                    403,
                    "Not this way",
                    "People reach this server through the proxy that knows them. This connection does not come from"
                            + " there.");
        }
        List<String> names = Collections.list(request.getHeaders(header));
        if (names.size() != 1 || !isName(names.get(0).strip())) {
            throw new HttpProblem(
                    403, "Not known", "The proxy in front of this server does not say who you are. Its operator can.");
        }
        return Optional.of(Owner.ofName(names.get(0).strip()));
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public Owner ownerOrNew(HttpServletRequest request, HttpServletResponse response) {
        return owner(request).orElseThrow();
    }

    /** Whoever this browser was while nobody had to sign in: it has the cookie still. */
    @Override
    public Optional<Owner> before(HttpServletRequest request) {
        return browser.of(request);
    }

    @Override
    public void decided(HttpServletRequest request, HttpServletResponse response) {
        browser.forget(request, response);
    }
}
