package org.controlroom.api.boot;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Deque;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.store.DataFolder;
import org.h2.jdbcx.JdbcConnectionPool;

/** Where the connections come from: the H2 file of the data folder, or the PostgreSQL that the configuration names. */
final class DataSources {

    /** The server's own, in which the batch runtime keeps its jobs. */
    private static final String JOBS = "java:comp/DefaultDataSource";

    private DataSources() {}

    /** @param closing gets what must be closed */
    static DataSource open(DatabaseSettings settings, DataFolder folder, Deque<AutoCloseable> closing) {
        if (settings.isPostgres()) {
            HikariDataSource pool = PostgresPool.open(settings);
            closing.push(pool);
            return pool;
        }
        String url = settings.url() == null ? folder.databaseUrl() : settings.url();
        if (!url.startsWith("jdbc:h2:")) {
            throw new ControlRoomException(
                    ErrorCode.SETTINGS_INVALID,
                    "controlroom.db.url: " + settings + "; must be jdbc:postgresql://host:port/database, or empty for"
                            + " an H2 file in the data folder");
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, settings.user(), settings.password());
        pool.setMaxConnections(settings.poolSize());
        pool.setLoginTimeout(settings.connectTimeoutSeconds());
        closing.push(pool::dispose);
        return pool;
    }

    /** Asks the server's own data source something. */
    static Runnable jobs() {
        Database jobs = new Database(jobsSource(), ErrorCode.DATABASE_UNAVAILABLE);
        return () -> jobs.read("ask job repository", connection -> Statements.number(connection, "SELECT 1"));
    }

    /** The server makes its pool at this look-up, not before. */
    @SuppressWarnings("BanJNDI") // the name is a constant of ours
    private static DataSource jobsSource() {
        try {
            return (DataSource) new InitialContext().lookup(JOBS);
        } catch (NamingException e) {
            throw new ControlRoomException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "data source " + JOBS + " cannot be made: " + e + "; the server must have its default data source",
                    e);
        }
    }
}
