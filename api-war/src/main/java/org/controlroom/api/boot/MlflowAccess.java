package org.controlroom.api.boot;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.controlroom.registry.mlflow.MlflowSettings;
import org.controlroom.registry.mlflow.TrustedCertificates;
import org.controlroom.spi.ControlRoomException;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The MLflow server that is the model registry, and how to talk to any.
 *
 * @param uri {@code controlroom.mlflow.uri}; null for the embedded registry
 * @param pages {@code controlroom.mlflow.pages-uri}; null where it is the same
 * @param credentials {@code controlroom.mlflow.user} and {@code .password}, or {@code .token}
 * @param trust {@code controlroom.mlflow.certificate}; null for what the JVM trusts
 * @param timeout {@code controlroom.mlflow.timeout-seconds}
 * @param fileTimeout {@code controlroom.mlflow.file-timeout-seconds}
 * @param attempts {@code controlroom.mlflow.attempts}
 */
record MlflowAccess(
        @Nullable URI uri,
        @Nullable URI pages,
        MlflowSettings.@Nullable Credentials credentials,
        @Nullable SSLContext trust,
        Duration timeout,
        Duration fileTimeout,
        int attempts) {

    private static final String URI_KEY = "controlroom.mlflow.uri";
    private static final String PAGES_KEY = "controlroom.mlflow.pages-uri";
    private static final String USER_KEY = "controlroom.mlflow.user";
    private static final String PASSWORD_KEY = "controlroom.mlflow.password";
    private static final String CERTIFICATE_KEY = "controlroom.mlflow.certificate";
    private static final String TOKEN_KEY = "controlroom.mlflow.token";

    /** @throws org.controlroom.spi.ControlRoomException SETTINGS_INVALID naming the key */
    static MlflowAccess read(Config config) {
        return new MlflowAccess(
                address(config, URI_KEY),
                address(config, PAGES_KEY),
                credentials(config),
                trust(config),
                Duration.ofSeconds(Configuration.number(config, "controlroom.mlflow.timeout-seconds", 10, 1, 600)),
                Duration.ofSeconds(
                        Configuration.number(config, "controlroom.mlflow.file-timeout-seconds", 300, 1, 7_200)),
                Configuration.number(config, "controlroom.mlflow.attempts", 3, 1, 10));
    }

    /** The server that is the registry; empty for the embedded registry. */
    Optional<MlflowSettings> registry() {
        return Optional.ofNullable(uri).map(this::at);
    }

    /** Any server, with the same credentials. */
    MlflowSettings at(URI server) {
        URI shown = pages != null && server.equals(uri) ? pages : server;
        return new MlflowSettings(server, shown, credentials, trust, timeout, fileTimeout, attempts);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return uri == null ? "embedded" : uri.toString();
    }

    private static MlflowSettings.@Nullable Credentials credentials(Config config) {
        Optional<String> user = Configuration.text(config, USER_KEY);
        Optional<String> password = Configuration.text(config, PASSWORD_KEY);
        Optional<String> token = Configuration.text(config, TOKEN_KEY);
        if (token.isPresent()) {
            if (user.isPresent() || password.isPresent()) {
                throw Configuration.refused(TOKEN_KEY, "is set beside " + USER_KEY + "; must be one or the other");
            }
            return new MlflowSettings.Token(token.get());
        }
        if (user.isEmpty() && password.isEmpty()) {
            return null;
        }
        return new MlflowSettings.Basic(
                user.orElseThrow(() -> Configuration.refused(USER_KEY, "is not set beside " + PASSWORD_KEY)),
                password.orElseThrow(() -> Configuration.refused(PASSWORD_KEY, "is not set beside " + USER_KEY)));
    }

    private static @Nullable SSLContext trust(Config config) {
        String file = Configuration.text(config, CERTIFICATE_KEY).orElse(null);
        if (file == null) {
            return null;
        }
        try {
            return TrustedCertificates.of(Path.of(file));
        } catch (ControlRoomException | InvalidPathException e) {
            throw Configuration.refused(CERTIFICATE_KEY, "cannot be used: " + e.getMessage());
        }
    }

    private static @Nullable URI address(Config config, String key) {
        String text = Configuration.text(config, key).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text.strip());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // answered below; not shown, as it may hold a password
        }
        throw Configuration.refused(key, "must be http://host:port or https://host:port, user and password apart");
    }
}
