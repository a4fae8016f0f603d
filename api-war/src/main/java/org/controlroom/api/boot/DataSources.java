package org.controlroom.api.boot;

import java.util.Deque;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.store.DataFolder;
import org.h2.jdbcx.JdbcConnectionPool;

/** Where the connections come from: the H2 file of the data folder, or the data source that the configuration names. */
final class DataSources {

    /** Declared in web.xml. */
    private static final String CONFIGURED = "java:app/jdbc/control-room";

    private static final int MAX_CONNECTIONS = 16;

    private DataSources() {}

    /** @param closing gets what must be closed */
    static DataSource open(Configuration configuration, DataFolder folder, Deque<AutoCloseable> closing) {
        if (configuration.databaseUrl() != null) {
            return configured();
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                folder.databaseUrl(), configuration.databaseUser(), configuration.databasePassword());
        pool.setMaxConnections(MAX_CONNECTIONS);
        closing.push(pool::dispose);
        return pool;
    }

    /** The server makes its pool at this look-up, not before. */
    @SuppressWarnings("BanJNDI") // the name is a constant of ours
    private static DataSource configured() {
        try {
            return (DataSource) new InitialContext().lookup(CONFIGURED);
        } catch (NamingException e) {
            throw new ControlRoomException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "data source " + CONFIGURED + " cannot be made: " + e + "; check controlroom.db.*",
                    e);
        }
    }
}
