package dev.holdfast.lifecycle;

import dev.holdfast.conversation.Owner;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use the page, and how they are known. With neither {@code signIn} nor {@code namedIn} it is open: each browser
 * is an owner of its own.
 *
 * @param identity tells browsers apart
 * @param signIn how people sign in by mail; empty if they do not
 * @param namedIn the header in which a proxy names people; empty if none does
 * @param proxies from which addresses proxies connect that are believed; no other is
 * @param operators who may see how the server is, as {@link Owner#person} tells
 */
public record People(
        Identity identity,
        Optional<SignIn> signIn,
        Optional<String> namedIn,
        Set<InetAddress> proxies,
        Set<String> operators) {
    public People {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(signIn, "signIn");
        Objects.requireNonNull(namedIn, "namedIn");
        proxies = Set.copyOf(proxies);
        operators = Set.copyOf(operators);
    }
}
