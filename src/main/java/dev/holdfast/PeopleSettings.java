package dev.holdfast;

import dev.holdfast.config.NumericAddress;
import dev.holdfast.config.Option;
import dev.holdfast.config.Settings;
import dev.holdfast.config.SettingsException;
import dev.holdfast.conversation.Owner;
import dev.holdfast.lifecycle.AllowList;
import dev.holdfast.lifecycle.Identity;
import dev.holdfast.lifecycle.People;
import dev.holdfast.lifecycle.SignIn;
import dev.holdfast.mail.Mailer;
import dev.holdfast.store.SignIns;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What the settings say of who may use the page.
 *
 * @param publicUrl what links begin with; empty if it is not known yet
 */
record PeopleSettings(
        Settings settings, Supplier<Optional<URI>> publicUrl, Clock clock, LongSupplier nanos, RandomGenerator random) {

    /**
     * Who may use the page.
     *
     * @param mailing where mails to sign in with are sent; its tasks wait for the mail server
     * @throws SettingsException if something that is set makes no sense
     */
    People people(SignIns signIns, Mailer mailer, Executor mailing) {
        Identity identity = new Identity(random);
        Settings.Auth auth = settings.auth();
        return new People(
                identity,
                auth == Settings.Auth.EMAIL
                        ? Optional.of(signIn(signIns, identity, mailer, mailing))
                        : Optional.empty(),
                auth == Settings.Auth.PROXY ? settings.text(Option.AUTH_HEADER) : Optional.empty(),
                settings.list(Option.PROXIES).stream()
                        .map(PeopleSettings::numeric)
                        .collect(Collectors.toSet()),
                settings.list(Option.AUTH_OPERATORS).stream()
                        .map(name -> Owner.ofName(name).person().orElseThrow())
                        .collect(Collectors.toSet()));
    }

    private SignIn signIn(SignIns signIns, Identity identity, Mailer mailer, Executor mailing) {
        return new SignIn(
                signIns,
                identity,
                allowed(),
                mailer,
                mailing,
                publicUrl,
                settings.duration(Option.AUTH_TTL),
                clock,
                nanos,
                random);
    }

    private AllowList allowed() {
        try {
            return new AllowList(settings.list(Option.AUTH_ALLOW));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("auth.allow: " + e.getMessage());
        }
    }

    private static InetAddress numeric(String address) {
        return NumericAddress.parse(address)
                .orElseThrow(() ->
                        new SettingsException("proxies: “" + address + "” is no address such as 10.0.0.7 or ::1."));
    }
}
