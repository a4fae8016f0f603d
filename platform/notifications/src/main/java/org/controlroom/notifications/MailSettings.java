package org.controlroom.notifications;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail server and whom to write to.
 *
 * @param user null to send without signing in
 * @param from address of the sender
 * @param to addresses, at least one
 */
public record MailSettings(
        String host, int port, Tls tls, @Nullable String user, String password, String from, List<String> to) {

    /** How the connection is protected. */
    public enum Tls {
        /** Not at all; for a server on the same machine. */
        NONE,
        /** Begins in the clear and must change to TLS before anything else is said. */
        STARTTLS,
        /** From the first byte on. */
        TLS
    }

    public MailSettings {
        to = List.copyOf(to);
    }

    /** Without the password, which must not get into a log. */
    @Override
    public String toString() {
        return host + ":" + port + " " + tls + " from " + from + " to " + to;
    }
}
