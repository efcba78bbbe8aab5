package dev.holdfast.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The option table. A row gives an option's key, the type and default of its value, whether the value is a secret, and
 * one line of help. From the key come the other two names: {@code --idle.warn} on the command line and {@code
 * HOLDFAST_IDLE_WARN} in the environment.
 *
 * <p>A default of "" means that nothing is set.
 */
public enum Option {
    PORT("port", Type.INTEGER, "8080", "Port to listen on; 0 takes a free one."),
    HOST("host", Type.TEXT, "127.0.0.1", "Address to listen on. Anything beyond loopback needs `public-url`."),
    DATA("data", Type.TEXT, "data", "Folder that holds everything that is kept."),
    PUBLIC_URL(
            "public-url",
            Type.TEXT,
            "",
            "Address under which people reach the page; resume links begin with it. Unset: the loopback address."),
    PROXIES(
            "proxies",
            Type.TEXT,
            "",
            "Addresses from which a proxy in front connects, such as `127.0.0.1, 10.0.0.7`. Of whom its `X-Forwarded-For`"
                    + " names last, tries are limited; with `auth = proxy` it alone may say who somebody is."),
    AUTH(
            "auth",
            Type.TEXT,
            "open",
            "Who may use the page: `open` (anybody who reaches it; each browser has its own conversations), `email` (who"
                    + " is allowed to signs in by a mailed link), `proxy` (whom a proxy names); see"
                    + " [who is who](#who-is-who)."),
    AUTH_ALLOW(
            "auth.allow",
            Type.TEXT,
            "",
            "With `email`: addresses and domains that may sign in, such as `olga@example.org, @example.com`; `*` lets"
                    + " everybody in who gets mail."),
    AUTH_TTL("auth.ttl", Type.DURATION, "30d", "With `email`: how long a browser stays signed in."),
    AUTH_HEADER("auth.header", Type.TEXT, "X-Forwarded-User", "With `proxy`: the header that names the person."),
    AUTH_OPERATORS(
            "auth.operators",
            Type.TEXT,
            "",
            "Who may see `/operator`: counts and health, no conversation. As people are named when signed in, with commas"
                    + " between."),
    MODEL_PROVIDER(
            "model.provider",
            Type.TEXT,
            "auto",
            "`anthropic`, `openai` (any compatible server), `ollama`, `built-in`, or `auto`: a key in"
                    + " `ANTHROPIC_API_KEY` or `OPENAI_API_KEY`, else an Ollama on localhost, else built-in."),
    MODEL_NAME(
            "model.name",
            Type.TEXT,
            "",
            "The model to ask, in the provider's spelling. Unset: `claude-sonnet-4-5`, `gpt-5-mini`, or the first that an"
                    + " Ollama lists."),
    MODEL_BASE_URL(
            "model.base-url",
            Type.TEXT,
            "",
            "Where the provider listens, e.g. `http://localhost:8000/v1` for vLLM. Unset: the provider's own."),
    MODEL_KEY(
            "model.key",
            Type.SECRET,
            "",
            "The provider's API key. Unset: `ANTHROPIC_API_KEY` or `OPENAI_API_KEY` of the environment."),
    MODEL_SYSTEM("model.system", Type.TEXT, "", "Instructions that the model is given before every conversation."),
    MODEL_MAX_OUTPUT("model.max-output", Type.INTEGER, "4096", "Most tokens that a reply may have."),
    MODEL_CONTEXT(
            "model.context",
            Type.INTEGER,
            "0",
            "Tokens that the model can take in, the reply included: the window is kept within. 0: not known."),
    MODEL_CONNECT_TIMEOUT("model.connect-timeout", Type.DURATION, "10s", "How long connecting to a model may take."),
    MODEL_SILENCE("model.silence", Type.DURATION, "2m", "A model that says nothing for so long is given up on."),
    TURN_RECOVER(
            "turn.recover",
            Type.TEXT,
            "auto",
            "A reply that broke off, with the server or because the provider failed: `auto` asks the model again, up to"
                    + " three times in all, `ask` asks the person, `never` leaves it."),
    WINDOW_HIGH(
            "window.high",
            Type.INTEGER,
            "24000",
            "Tokens of history at which the oldest turns are left out of a call."),
    WINDOW_LOW("window.low", Type.INTEGER, "12000", "Tokens of history that remain after such a cut."),
    WINDOW_KEEP_FIRST(
            "window.keep-first",
            Type.INTEGER,
            "0",
            "So many messages at the beginning of a conversation are always sent: the middle is left out instead."),
    WINDOW_MESSAGES("window.messages", Type.INTEGER, "0", "Most messages of history in a call; 0: any number."),
    SUMMARY_MODEL(
            "summary.model",
            Type.TEXT,
            "",
            "The model that sums up what is left out, of the same provider; a cheap one will do. Unset: the one that"
                    + " answers."),
    REDACT(
            "redact",
            Type.TEXT,
            "secrets",
            "What is taken out of everything before it is kept, shown or sent: `secrets`, `off`, or a list such as"
                    + " `secrets, email, phone`; see [secrets](#secrets-stay-out)."),
    REDACT_PATTERNS("redact.patterns", Type.TEXT, "", "A file with patterns of your own, `NAME = expression` a line."),
    STORAGE_GZIP(
            "storage.gzip",
            Type.TEXT,
            "off",
            "When conversations' files are packed: `off`, `paused` (once nobody has used them for a while), `always`."),
    ENCRYPTION(
            "encryption",
            Type.TEXT,
            "",
            "`on` or `off`: whether what is kept is encrypted. Unset: on if there is a key. Off with a key, what is"
                    + " encrypted can be read and is written in the clear again when it is next opened."),
    ENCRYPTION_KEY_FILE(
            "encryption.key-file",
            Type.TEXT,
            "",
            "File with the key, and below it older ones, one a line; `keygen` makes one. Not in the data folder."),
    ENCRYPTION_KEY(
            "encryption.key",
            Type.SECRET,
            "",
            "The key itself, or several with commas between, the newest first. Better in the environment than here."),
    IDLE_WARN("idle.warn", Type.DURATION, "25m", "Idle for so long, the page warns."),
    IDLE_PAUSE("idle.pause", Type.DURATION, "30m", "Idle for so long, the conversation is paused; nothing is lost."),
    IDLE_EXPIRE(
            "idle.expire",
            Type.DURATION,
            "24h",
            "Idle for so long, the conversation counts as expired; still readable."),
    TRASH_GRACE(
            "trash.grace",
            Type.DURATION,
            "30d",
            "What was deleted so lately is left in the trash by `purge`, unless that is told otherwise."),
    LINK_TTL("link.ttl", Type.DURATION, "48h", "How long a resume link or code can be used."),
    MAIL_SMTP_URL(
            "mail.smtp-url",
            Type.SECRET,
            "",
            "`smtp://user:password@host:587` or `smtps://…:465`. A password travels encrypted beyond loopback unless the"
                    + " URL ends in `?starttls=optional`. Unset: mails become `.eml` files in `people/outbox`."),
    MAIL_FROM("mail.from", Type.TEXT, "holdfast@localhost", "Sender of the mails."),
    PRICES(
            "prices",
            Type.TEXT,
            "",
            "A file with what models cost, in the place of `src/main/resources/dev/holdfast/prices.txt`, which shows how it"
                    + " is written. A model without a price is counted in tokens only."),
    BUDGET_CONVERSATION(
            "budget.conversation",
            Type.TEXT,
            "",
            "The most that a conversation may use, such as `500000 tokens` or `2.50 USD`. A call that could go beyond is"
                    + " not made. Unset: any amount."),
    BUDGET_OWNER(
            "budget.owner",
            Type.TEXT,
            "",
            "The same for all of an owner's conversations together, on a day that begins at 00:00 UTC. With `auth ="
                    + " open` an owner is a browser, and a new one once its cookies are gone: set `budget.day`, too."),
    BUDGET_DAY(
            "budget.day",
            Type.TEXT,
            "",
            "The same for everybody's conversations together, on a day that begins at 00:00 UTC."),
    LIMIT_MESSAGE("limit.message", Type.INTEGER, "1048576", "Most bytes that a message may have, in UTF-8."),
    LIMIT_STREAMS(
            "limit.streams",
            Type.INTEGER,
            "12",
            "Most event streams that a browser may have open at once. Its tabs share one, where they can."),
    LIMIT_RATE(
            "limit.rate",
            Type.INTEGER,
            "30",
            "Messages that an owner may send a minute, and at once; regenerating and beginning conversations count as"
                    + " sending. Of other requests that change or search something four times as many. 0: no limit."),
    LIMIT_RATE_NETWORK(
            "limit.rate-network",
            Type.INTEGER,
            "120",
            "The same for one network, all its owners together. Behind a proxy set `proxies`, or all are one network."),
    LIMIT_TURNS(
            "limit.turns",
            Type.INTEGER,
            "4",
            "Replies that may be written at once in an owner's conversations. 0: no limit."),
    LIMIT_TURNS_NETWORK(
            "limit.turns-network",
            Type.INTEGER,
            "16",
            "Replies that may be written at once that were asked for from one network. 0: no limit."),
    SETTINGS("settings", Type.TEXT, "", "A file with more settings, `key = value` a line. Unset: none.");

    /** What a value must look like. */
    public enum Type {
        TEXT,
        /** A text that is printed as {@code <redacted>}. */
        SECRET,
        /** A whole number, not negative. */
        INTEGER,
        /** A whole number and a unit: {@code 500ms}, {@code 90s}, {@code 25m}, {@code 48h}, {@code 7d}. */
        DURATION
    }

    private final String key;
    private final Type type;
    private final String defaultValue;
    private final String help;

    Option(String key, Type type, String defaultValue, String help) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.help = help;
    }

    /** Its name in the settings file, lower case. */
    public String key() {
        return key;
    }

    /** Its name on the command line. */
    public String flag() {
        return "--" + key;
    }

    /** Its name in the environment. */
    public String variable() {
        return "HOLDFAST_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    public Type type() {
        return type;
    }

    public boolean secret() {
        return type == Type.SECRET;
    }

    /** Empty if nothing is set by default. */
    public String defaultValue() {
        return defaultValue;
    }

    /** One line, in Markdown. */
    public String help() {
        return help;
    }

    /** The option with that key. */
    public static Optional<Option> byKey(String key) {
        return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
    }
}
