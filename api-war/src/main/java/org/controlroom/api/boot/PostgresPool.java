package org.controlroom.api.boot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.postgresql.Driver;

/**
 * Connections to a PostgreSQL server. One that the server has closed is found before it is handed out, so that a restart
 * of the database costs the work in hand and nothing after it.
 */
final class PostgresPool {

    private static final int LEAST_IDLE = 2;

    private PostgresPool() {}

    /**
     * Connects once, so that a wrong setting is told in plain words, and makes the pool.
     *
     * @throws ControlRoomException DATABASE_UNAVAILABLE or SETTINGS_INVALID, naming address and user
     */
    static HikariDataSource open(DatabaseSettings settings) {
        String url = Objects.requireNonNull(settings.url());
        Properties properties = properties(settings);
        tryOnce(settings, url, properties);
        HikariConfig config = new HikariConfig();
        config.setPoolName("controlroom-db");
        config.setJdbcUrl(url);
        config.setDriverClassName(Driver.class.getName());
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(LEAST_IDLE, settings.poolSize()));
        config.setConnectionTimeout(settings.connectTimeoutSeconds() * 1_000L);
        config.setValidationTimeout(Math.min(2_000L, settings.connectTimeoutSeconds() * 1_000L));
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** What the address itself says as a parameter goes before these. */
    private static Properties properties(DatabaseSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        if (!settings.password().isEmpty()) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("ApplicationName", "control-room");
        properties.setProperty("connectTimeout", Integer.toString(settings.connectTimeoutSeconds()));
        properties.setProperty("loginTimeout", Integer.toString(settings.connectTimeoutSeconds()));
        properties.setProperty("socketTimeout", Integer.toString(settings.socketTimeoutSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    private static void tryOnce(DatabaseSettings settings, String url, Properties properties) {
        try (Connection connection = new Driver().connect(url, properties)) {
            if (connection == null || !connection.isValid(settings.connectTimeoutSeconds())) {
                throw new ControlRoomException(
                        ErrorCode.SETTINGS_INVALID,
                        "controlroom.db.url: " + settings + " is no address of a PostgreSQL database; must be"
                                + " jdbc:postgresql://host:port/database");
            }
        } catch (SQLException e) {
            throw refused(settings, e);
        }
    }

    private static ControlRoomException refused(DatabaseSettings settings, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String remedy;
        if (state.startsWith("28")) {
            remedy = "check controlroom.db.user and controlroom.db.password";
        } else if (state.equals("3D000")) {
            remedy = "make the database, or check controlroom.db.url";
        } else if (state.startsWith("53")) {
            remedy = "the server has too few connections for controlroom.db.pool-size=" + settings.poolSize();
        } else {
            remedy = "start the database, or check controlroom.db.url";
        }
        return new ControlRoomException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "database " + settings + " cannot be used: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(state) + "; " + remedy,
                e);
    }
}
