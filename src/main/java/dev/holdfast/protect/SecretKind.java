package dev.holdfast.protect;

/** What a redaction took out. The name stands in placeholders, so it is persisted and never reused. */
public enum SecretKind {
    /** What follows the scheme of an Authorization header (RFC 7617, RFC 6750), and has no better name. */
    AUTHORIZATION(true),
    /** Access key ids of Amazon Web Services, long-term (AKIA) and temporary (ASIA). */
    AWS_KEY(true),
    GITHUB_TOKEN(true),
    GITLAB_TOKEN(true),
    SLACK_TOKEN(true),
    GOOGLE_KEY(true),
    /** Secret and restricted keys and webhook secrets; publishable keys are meant to be seen. */
    STRIPE_KEY(true),
    /** Keys that begin with {@code sk-}: OpenAI's, and those of services that took over the form. */
    OPENAI_KEY(true),
    ANTHROPIC_KEY(true),
    /** Signed or encrypted JSON Web Tokens (RFC 7515, RFC 7516). */
    JWT(true),
    /** Private keys in the textual encoding of RFC 7468 and its relatives, OpenPGP's among them. */
    PRIVATE_KEY(true),
    /** The value of a key that means password in one of several languages, or the one in a connection string. */
    PASSWORD(true),
    /** The value of a token, a secret, an API key and the like. */
    SECRET(true),
    /** A long run of random letters and digits that nothing else names: an option, for it also hits harmless ones. */
    HIGH_ENTROPY(false),
    EMAIL(false),
    /** With country code, or North American with area code. */
    PHONE(false),
    /** With spaces or without, its check digits valid (ISO 13616). */
    IBAN(false),
    /** Of the large issuers, its check digit valid (ISO/IEC 7812). */
    CARD(false),
    /** Of the United States, the United Kingdom, Spain, France and Switzerland, check digits valid where there are any. */
    NATIONAL_ID(false),
    /** Versions 4 and 6, but neither loopback nor unspecified, nor a mask. */
    IP_ADDRESS(false);

    private final boolean onByDefault;

    SecretKind(boolean onByDefault) {
        this.onByDefault = onByDefault;
    }

    /** Whether it is taken out without being asked for: so are secrets, but not personal data. */
    public boolean onByDefault() {
        return onByDefault;
    }
}
