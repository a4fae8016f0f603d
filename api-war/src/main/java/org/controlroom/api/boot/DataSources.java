package org.controlroom.api.boot;

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

/** Where the connections come from: the H2 file of the data folder, or the data source that the configuration names. */
final class DataSources {

    /** Declared in web.xml. */
    private static final String CONFIGURED = "java:app/jdbc/control-room";

    /** The server's own, in which the batch runtime keeps its jobs. */
    private static final String JOBS = "java:comp/DefaultDataSource";

    private static final int MAX_CONNECTIONS = 16;

    private DataSources() {}

    /** @param closing gets what must be closed */
    static DataSource open(Configuration configuration, DataFolder folder, Deque<AutoCloseable> closing) {
        if (configuration.databaseUrl() != null) {
            return lookUp(CONFIGURED, "check controlroom.db.*");
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                folder.databaseUrl(), configuration.databaseUser(), configuration.databasePassword());
        pool.setMaxConnections(MAX_CONNECTIONS);
        closing.push(pool::dispose);
        return pool;
    }

    /** Asks the server's own data source something. */
    static Runnable jobs() {
        Database jobs = new Database(
                lookUp(JOBS, "the server must have its default data source"), ErrorCode.DATABASE_UNAVAILABLE);
        return () -> jobs.read("ask job repository", connection -> Statements.number(connection, "SELECT 1"));
    }

    /** The server makes its pool at this look-up, not before. */
    @SuppressWarnings("BanJNDI") // the names are constants of ours
    private static DataSource lookUp(String name, String remedy) {
        try {
            return (DataSource) new InitialContext().lookup(name);
        } catch (NamingException e) {
            throw new ControlRoomException(
                    ErrorCode.DATABASE_UNAVAILABLE, "data source " + name + " cannot be made: " + e + "; " + remedy, e);
        }
    }
}
