package org.controlroom.api.boot;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The database and how to reach it.
 *
 * @param url {@code controlroom.db.url}; null for an H2 file in the data folder
 * @param user {@code controlroom.db.user}
 * @param password {@code controlroom.db.password}
 * @param poolSize connections at most; {@code controlroom.db.pool-size}
 * @param connectTimeoutSeconds wait for a connection; {@code controlroom.db.connect-timeout-seconds}
 * @param socketTimeoutSeconds wait for an answer; {@code controlroom.db.socket-timeout-seconds}
 */
record DatabaseSettings(
        @Nullable String url,
        String user,
        String password,
        int poolSize,
        int connectTimeoutSeconds,
        int socketTimeoutSeconds) {

    /** What stands in front of the host, and the parameters, of which some are secret. */
    private static final Pattern PRIVATE = Pattern.compile("(?<=://)[^/@]*@|[?;].*");

    boolean isPostgres() {
        return url != null && url.startsWith("jdbc:postgresql:");
    }

    /** Without the password, which must not get into a message or a log. */
    @Override
    public String toString() {
        return url == null
                ? "H2 file in the data folder"
                : PRIVATE.matcher(url).replaceAll("") + " as user '" + user + "'";
    }
}
