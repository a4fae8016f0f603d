package org.controlroom.notifications;

import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import org.controlroom.core.model.Message;
import org.controlroom.core.port.Channel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Plain text mails by SMTP (RFC 5321), one to all recipients. */
public final class MailChannel implements Channel {

    public static final String NAME = "email";

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int CONNECT_MS = 5_000;
    private static final int ANSWER_MS = 10_000;

    private final MailSettings settings;
    private final InternetAddress from;
    private final InternetAddress[] to;
    private final InstantSource clock;

    /** @throws ControlRoomException SETTINGS_INVALID when an address is none */
    public MailChannel(MailSettings settings, InstantSource clock) {
        this.settings = settings;
        this.from = address(settings.from());
        this.to = settings.to().stream().map(MailChannel::address).toArray(InternetAddress[]::new);
        this.clock = clock;
    }

    /**
     * Reads one address as {@code ops@example.org} or {@code Operators <ops@example.org>}.
     *
     * @throws ControlRoomException SETTINGS_INVALID
     */
    public static InternetAddress address(String text) {
        try {
            InternetAddress[] found = InternetAddress.parse(text, true);
            if (found.length == 1 && text.chars().noneMatch(Character::isISOControl)) {
                found[0].validate();
                // Read as it stands; written, a name must be encoded.
                found[0].setPersonal(found[0].getPersonal(), UTF_8);
                return found[0];
            }
        } catch (AddressException | UnsupportedEncodingException e) {
            // answered below
        }
        throw new ControlRoomException(
                ErrorCode.SETTINGS_INVALID, "'" + text + "'; must be a mail address as ops@example.org");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String target() {
        return String.join(", ", settings.to());
    }

    @Override
    public void send(String id, Message message) {
        try {
            // Made anew each time: it holds no connection, and then needs no lock.
            Session session = Session.getInstance(properties(), authenticator());
            MimeMessage mail = new Mail(session, id, domain());
            mail.setFrom(from);
            mail.setRecipients(jakarta.mail.Message.RecipientType.TO, to);
            mail.setSubject(message.title(), UTF_8);
            mail.setSentDate(Date.from(clock.instant()));
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.setText(text(message), UTF_8);
            Transport.send(mail);
        } catch (MessagingException e) {
            throw new ControlRoomException(
                    ErrorCode.RECEIVER_UNAVAILABLE,
                    "mail server " + settings.host() + ":" + settings.port() + ": " + reason(e),
                    e);
        }
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder(message.title()).append("\r\n");
        message.lines().forEach(line -> text.append("\r\n").append(line));
        if (message.link() != null) {
            text.append("\r\n\r\n").append(message.link());
        }
        return text.append("\r\n").toString();
    }

    /** The innermost message says what really happened; many of them say the same. */
    private static String reason(MessagingException e) {
        Set<String> all = new LinkedHashSet<>();
        for (Exception next = e; next != null; ) {
            all.add(String.valueOf(next.getMessage()).replaceAll("\\s+", " ").strip());
            next = next instanceof MessagingException more ? more.getNextException() : null;
        }
        return String.join("; ", all);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.connectiontimeout", Integer.toString(CONNECT_MS));
        properties.setProperty("mail.smtp.timeout", Integer.toString(ANSWER_MS));
        properties.setProperty("mail.smtp.writetimeout", Integer.toString(ANSWER_MS));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(settings.tls() == MailSettings.Tls.TLS));
        boolean startTls = settings.tls() == MailSettings.Tls.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", Boolean.toString(settings.user() != null));
        return properties;
    }

    private @Nullable Authenticator authenticator() {
        String user = settings.user();
        return user == null
                ? null
                : new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(user, settings.password());
                    }
                };
    }

    private String domain() {
        String address = from.getAddress();
        return address.substring(address.indexOf('@') + 1);
    }

    /** With an id of our own, which tells neither user nor machine and is the same when the mail is sent again. */
    private static final class Mail extends MimeMessage {
        private final String id;

        Mail(Session session, String id, String domain) {
            super(session);
            this.id = "<" + id + "@" + domain + ">";
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
