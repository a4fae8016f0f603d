package org.controlroom.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a mail server on this machine. */
class MailChannelTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private MailSink sink;

    @BeforeEach
    void listen() throws IOException {
        sink = MailSink.listen(0);
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    private MailChannel channel(String user) {
        return channel(sink.port(), MailSettings.Tls.NONE, user);
    }

    private static MailChannel channel(int port, MailSettings.Tls tls, String user) {
        return new MailChannel(
                new MailSettings(
                        "127.0.0.1",
                        port,
                        tls,
                        user,
                        "pass word",
                        "Control Room <control@example.org>",
                        List.of("ops@example.org", "Zoé <zoe@example.org>")),
                () -> NOW);
    }

    private static Message message(String title, String... lines) {
        return new Message(Notice.Kind.RUN_FAILED, title, List.of(lines), "https://here/ui/x?a=1&b=2");
    }

    private static MimeMessage read(MailSink.Mail mail) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.source().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aMessageArrivesAsPlainTextInUtf8AtAllRecipients() throws Exception {
        channel(null)
                .send(
                        "notification-7",
                        message("Échec du modèle – ça 😀", "Step: load", ".a line with a dot", "Reason: é"));

        assertThat(sink.mails()).hasSize(1);
        MailSink.Mail mail = sink.mails().get(0);
        assertThat(mail.from()).isEqualTo("control@example.org");
        assertThat(mail.to()).containsExactly("ops@example.org", "zoe@example.org");
        assertThat(mail.user()).isEmpty();
        MimeMessage read = read(mail);
        assertThat(read.getSubject()).isEqualTo("Échec du modèle – ça 😀");
        assertThat(read.getContentType().toLowerCase(java.util.Locale.ROOT)).isEqualTo("text/plain; charset=utf-8");
        assertThat(read.getContent().toString().lines())
                .containsExactly(
                        "Échec du modèle – ça 😀",
                        "",
                        "Step: load",
                        ".a line with a dot",
                        "Reason: é",
                        "",
                        "https://here/ui/x?a=1&b=2");
        assertThat(read.getMessageID()).isEqualTo("<notification-7@example.org>");
        assertThat(read.getSentDate().toInstant()).isEqualTo(NOW);
        assertThat(read.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.source().lines().takeWhile(line -> !line.isEmpty()))
                .allMatch(line -> line.chars().allMatch(c -> c < 128));
    }

    @Test
    void noTextMakesAHeaderOrARecipient() throws Exception {
        channel(null)
                .send(
                        "n",
                        message("x\r\nBcc: victim@example.org\r\n\r\nbody", "a\r\n.\r\nRCPT TO:<victim@example.org>"));

        MailSink.Mail mail = sink.mails().get(0);
        assertThat(mail.to()).doesNotContain("victim@example.org");
        assertThat(read(mail).getHeader("Bcc")).isNull();
        assertThat(read(mail).getSubject()).isEqualTo("x  Bcc: victim@example.org    body");
        assertThat(sink.mails()).hasSize(1);
    }

    @Test
    void whoeverHasAUserSignsIn() {
        channel("control").send("n", message("x"));
        assertThat(sink.mails().get(0).user()).isEqualTo("control:pass word");
    }

    @Test
    void aRefusalNamesTheServerAndWhatItSaid() {
        sink.refuse("550 no such mailbox");
        assertThatThrownBy(() -> channel(null).send("n", message("x")))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECEIVER_UNAVAILABLE))
                .hasMessageContaining("127.0.0.1:" + sink.port())
                .hasMessageContaining("550 no such mailbox");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> channel(port, MailSettings.Tls.NONE, null).send("n", message("x")))
                .hasMessageContaining("mail server 127.0.0.1:" + port)
                .hasMessageContaining("refused");
    }

    @Test
    void nothingIsSaidInTheClearToAServerWithoutTls() {
        assertThatThrownBy(() -> channel(sink.port(), MailSettings.Tls.STARTTLS, "control")
                        .send("n", message("x")))
                .hasMessageContaining("STARTTLS");
        assertThat(sink.mails()).isEmpty();
    }

    @Test
    void whatIsNoAddressIsRefused() {
        for (String wrong :
                List.of("", "ops", "a@b, c@d", "ops@example.org\r\nBcc: x@example.org", "a b@example.org")) {
            assertThatThrownBy(() -> MailChannel.address(wrong))
                    .as(wrong)
                    .isInstanceOf(ControlRoomException.class)
                    .hasMessageContaining("must be a mail address");
        }
        assertThat(MailChannel.address("Zoé <zoe@example.org>").getAddress()).isEqualTo("zoe@example.org");
    }
}
