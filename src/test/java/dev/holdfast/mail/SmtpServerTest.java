package dev.holdfast.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.config.SettingsException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerTest {

    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example.org, mail.example.org, 587, false, false",
        "smtp://mail.example.org:25/, mail.example.org, 25, false, false",
        "SMTPS://mail.example.org, mail.example.org, 465, true, false",
        "smtps://u:p@mail.example.org:2465, mail.example.org, 2465, true, false",
        "smtp://u:p@mail.example.org, mail.example.org, 587, false, true",
        "smtp://u:p@mail.example.org?starttls=optional, mail.example.org, 587, false, false",
        "smtp://mail.example.org?starttls=required, mail.example.org, 587, false, true",
        "smtp://u:p@localhost:1025, localhost, 1025, false, false",
        "smtp://u:p@127.0.0.1:1025, 127.0.0.1, 1025, false, false",
        "smtp://u:p@[::1]:1025, ::1, 1025, false, false",
    })
    void urlIsRead(String url, String host, int port, boolean encrypted, boolean starttlsRequired) {
        SmtpServer server = SmtpServer.parse(url);
        assertEquals(host, server.host());
        assertEquals(port, server.port());
        assertEquals(encrypted, server.encrypted());
        assertEquals(starttlsRequired, server.starttlsRequired());
    }

    @Test
    void userAndPasswordAreDecoded() {
        assertEquals(
                Optional.of(new SmtpServer.Login("olga@example.org", "a+b c:ü%")),
                SmtpServer.parse("smtp://olga%40example.org:a+b%20c:%C3%BC%25@h.org")
                        .login());
        assertEquals(Optional.empty(), SmtpServer.parse("smtp://h.org").login());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mail.example.org",
                "http://u:secret@h.org",
                "smtp:u:secret@h.org",
                "smtp://u:sec ret@h.org",
                "smtp://u:secret#1@h.org",
                "smtp://u:secret%@h.org",
                "smtp://u:secret%zz@h.org",
                "smtp://usecret@h.org",
                "smtp://:secret@h.org",
                "smtp://u:secret@h.org/path",
                "smtp://u:secret@h.org?tls=no",
                "smtp://u:secret@h.org:0",
                "smtp://u:secret@h.org:70000",
                "smtp://u:secret@h.org#x",
                "smtp://u:secret@",
                "smtp://u:secret@a@h.org",
                "smtp://u:secret@under_score"
            })
    void anythingElseIsRefusedWithoutBeingQuoted(String url) {
        String sentence = assertThrows(SettingsException.class, () -> SmtpServer.parse(url))
                .getMessage();
        assertTrue(sentence.startsWith("mail.smtp-url "), sentence);
        assertFalse(sentence.contains("secret"), sentence);
    }

    @Test
    void printedServerDoesNotShowThePassword() {
        String printed = SmtpServer.parse("smtp://olga:secret@h.org").toString();
        assertFalse(printed.contains("secret"), printed);
        assertTrue(printed.contains("olga"), printed);
    }
}
