package dev.holdfast.it;

import dev.holdfast.mail.TestCertificate;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real mail server, Debian's Exim, that lets one user in and delivers everything into a folder. It runs in a folder of
 * its own, without rights of its own, and touches nothing outside. Where there is no {@code exim4}, the tests are skipped and
 * a line says so.
 *
 * <p>Its host name is none of this machine's, so that a program takes it for a server elsewhere; {@link #known} and
 * {@link #trusted} are environments in which a Java finds it here.
 */
final class Exim implements AutoCloseable {
    static final String HOST = "mail.example.org";
    static final String USER = "holdfast";
    /** With what must be percent-encoded in a URL, and a plus, which must not become a space. */
    static final String PASSWORD = "p@ss+w/rd 7";

    /** Who it runs as where the test is root, as whom Exim delivers nothing. */
    private static final String NOBODY = "nobody";

    private static final String NO_GROUP = "nogroup";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Longer than the program waits before it tries again. */
    private static final Duration DELIVERY = Duration.ofMinutes(3);

    private static final Pattern LISTENS = Pattern.compile("daemon started");
    private static final Pattern SENT_NOTHING = Pattern.compile("no MAIL in SMTP connection .* C=(\\S+)");

    /** Its ways in. All of them let the user sign in, encrypted or not. */
    enum Way {
        STARTTLS,
        /** Encrypted from the first byte. */
        TLS,
        /** Offers no encryption. */
        CLEAR
    }

    private static final String CONFIGURATION = """
            exim_user = %1$s
            exim_group = %2$s
            primary_hostname = %4$s
            spool_directory = %3$s/spool
            log_file_path = %3$s/%%slog
            pid_file_path = %3$s/exim.pid
            log_selector = +smtp_no_mail
            keep_environment =
            disable_ipv6 = true
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = %5$d : %6$d : %7$d
            tls_on_connect_ports = %6$d
            tls_advertise_hosts = ${if eq{$received_port}{%7$d}{}{*}}
            tls_certificate = %3$s/certificate.pem
            tls_privatekey = %3$s/key.pem
            acl_smtp_rcpt = recipient

            begin acl
            recipient:
              accept authenticated = *
              deny message = sign in first

            begin routers
            all:
              driver = accept
              transport = folder

            begin transports
            folder:
              driver = appendfile
              directory = %3$s/mails
              maildir_format
              envelope_to_add

            begin authenticators
            plain:
              driver = plaintext
              public_name = PLAIN
              server_prompts = :
              server_condition = ${if and{{eq{$auth2}{%8$s}}{eq{$auth3}{%9$s}}}}
              server_set_id = $auth2
            """;

    private final Path folder;
    private final List<Integer> ports;
    private RunningProcess process;

    private Exim(Path folder, List<Integer> ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /** Skips the tests, with a line that says so, unless it is installed. */
    static void require() {
        program();
    }

    /** Starts it on free loopback ports and waits until it listens. */
    static Exim start() {
        program(); // before anything is left behind
        try {
            Exim exim = new Exim(Files.createTempDirectory("holdfast-exim"), freePorts());
            exim.prepare();
            exim.serve();
            return exim;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a certificate was made", e);
        }
    }

    private static List<Integer> freePorts() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        // All at once: else the second could be the first again.
        try (ServerSocket first = new ServerSocket(0, 1, here);
                ServerSocket second = new ServerSocket(0, 1, here);
                ServerSocket third = new ServerSocket(0, 1, here)) {
            return List.of(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
        }
    }

    private void prepare() throws IOException, GeneralSecurityException, InterruptedException {
        PosixFileAttributeView owned = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (isRoot()) {
            UserPrincipalLookupService names = folder.getFileSystem().getUserPrincipalLookupService();
            owned.setOwner(names.lookupPrincipalByName(NOBODY));
            owned.setGroup(names.lookupPrincipalByGroupName(NO_GROUP));
        }
        TestCertificate.create(folder, HOST).writePem(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        Files.writeString(hosts(), "127.0.0.1 localhost " + HOST + "\n");
        Files.writeString(
                configuration(),
                CONFIGURATION.formatted(
                        owned.getOwner().getName(),
                        owned.readAttributes().group().getName(),
                        folder,
                        HOST,
                        ports.get(0),
                        ports.get(1),
                        ports.get(2),
                        USER,
                        PASSWORD));
    }

    private Path configuration() {
        return folder.resolve("exim.conf");
    }

    private Path hosts() {
        return folder.resolve("hosts");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Starts it, again perhaps, on its ports, with what it has in its folder. */
    void serve() {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NO_GROUP, "--clear-groups"));
        }
        // -v: the log goes to standard error too.
        command.addAll(List.of(program(), "-C", configuration().toString(), "-bdf", "-v"));
        process = RunningProcess.start(folder, Map.of(), command);
        try {
            process.awaitErrorLine(LISTENS, PATIENCE);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    private static String program() {
        return Installed.program("exim4").map(Path::toString).orElseThrow(() -> {
            String sentence = "there is no command exim4; Debian's package `exim4-daemon-light` brings it";
            System.out.println("SKIPPED, a fault campaign did not run: " + sentence);
            return Assumptions.<RuntimeException>abort(sentence);
        });
    }

    /** Ends it: nobody listens on its ports any more. */
    void stop() {
        process.stop();
    }

    /** A value for {@code mail.smtp-url}. */
    String url(Way way, String password) {
        String scheme = way == Way.TLS ? "smtps://" : "smtp://";
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2B", "+");
        return scheme + USER + ":" + encoded + "@" + HOST + ":" + ports.get(way.ordinal());
    }

    /** A Java in this environment finds it, and trusts it as little as any Java would. */
    Map<String, String> known() {
        return Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts());
    }

    /** As {@link #known}, and trusts its certificate. */
    Map<String, String> trusted() {
        return Map.of(
                "JAVA_TOOL_OPTIONS",
                known().get("JAVA_TOOL_OPTIONS") + " -Djavax.net.ssl.trustStore=" + folder.resolve(HOST + ".p12")
                        + " -Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD);
    }

    /** The commands of a client that handed over no mail, with commas between; of the first since the start. */
    String awaitCommandsWithoutMail() {
        return process.awaitErrorLine(SENT_NOTHING, PATIENCE).group(1);
    }

    /** Waits until a mail to that local part has been delivered; how it came, as the server's log has it. */
    String awaitDelivery(String to) {
        process.awaitErrorLine(Pattern.compile("=> " + Pattern.quote(to) + " <"), DELIVERY);
        process.awaitErrorLine(Pattern.compile("Completed"), PATIENCE);
        return process.awaitErrorLine(Pattern.compile("<= .*"), PATIENCE).group();
    }

    /** All mails that were delivered. */
    List<MimeMessage> delivered() {
        Path mails = folder.resolve("mails/new");
        if (Files.notExists(mails)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(mails)) {
            return files.map(Exim::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MimeMessage read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        } catch (IOException | MessagingException e) {
            throw new AssertionError(file + " is no mail", e);
        }
    }

    @Override
    public void close() {
        process.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
