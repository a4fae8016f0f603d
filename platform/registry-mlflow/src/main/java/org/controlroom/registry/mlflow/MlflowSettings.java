package org.controlroom.registry.mlflow;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server and how to talk to it.
 *
 * @param uri address of the server, http or https, without user and password
 * @param pages address that a person's browser reaches it at
 * @param credentials null when the server asks for none
 * @param trust by which a server with https is known; null for what the JVM trusts, else see {@link TrustedCertificates}
 * @param timeout of one question with all its attempts
 * @param fileTimeout of one artifact file with all its attempts
 * @param attempts in all, when the server does not answer or answers with an error of its own; 1 and more
 */
public record MlflowSettings(
        URI uri,
        URI pages,
        @Nullable Credentials credentials,
        @Nullable SSLContext trust,
        Duration timeout,
        Duration fileTimeout,
        int attempts) {

    /** What the server lets us in for. */
    public sealed interface Credentials {}

    /** HTTP basic authentication. */
    public record Basic(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "user '" + user + "'";
        }
    }

    /** A bearer token. */
    public record Token(String token) implements Credentials {
        @Override
        public String toString() {
            return "a token";
        }
    }

    /** The same for somebody who waits no longer than this for one question; files take their time all the same. */
    public MlflowSettings within(Duration most) {
        Duration shorter = timeout.compareTo(most) < 0 ? timeout : most;
        return new MlflowSettings(uri, pages, credentials, trust, shorter, fileTimeout, attempts);
    }

    /** The address without a slash at its end, as paths are added to it. */
    String base() {
        return withoutSlash(uri);
    }

    String pagesBase() {
        return withoutSlash(pages);
    }

    private static String withoutSlash(URI address) {
        String text = address.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
