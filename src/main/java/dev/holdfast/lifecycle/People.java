package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Owner;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use the page, and how they are known. With neither {@code signIn} nor {@code proxy} it is open: each browser is an
 * owner of its own.
 *
 * @param identity tells browsers apart
 * @param signIn how people sign in by mail; empty if they do not
 * @param proxy who names people; empty if nobody does
 * @param operators who may see how the server is, as {@link Owner#person} tells
 */
public record People(Identity identity, Optional<SignIn> signIn, Optional<Proxy> proxy, Set<String> operators) {
    /**
     * A proxy in front that knows people.
     *
     * @param header the one in which it names each
     * @param addresses from which it connects; no other is believed
     */
    public record Proxy(String header, Set<InetAddress> addresses) {
        public Proxy {
            Objects.requireNonNull(header, "header");
            addresses = Set.copyOf(addresses);
        }
    }

    public People {
        Objects.requireNonNull(identity, "identity");
        operators = Set.copyOf(operators);
    }
}
