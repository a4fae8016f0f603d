package org.controlroom.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database of the default kind in a folder of the test. */
final class TestDatabase implements AutoCloseable {

    /** Null when the database is another's. */
    final JdbcConnectionPool pool;

    final Database database;

    TestDatabase(Path folder) {
        pool = JdbcConnectionPool.create(DataFolder.h2Url(folder.resolve("test")), "sa", "");
        database = new Database(pool, ErrorCode.DATABASE_UNAVAILABLE);
        StoreSchema.migrate(database);
    }

    /** A fresh database of another kind, closed by whoever made it. */
    TestDatabase(DataSource source) {
        pool = null;
        database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);
        StoreSchema.migrate(database);
    }

    @Override
    public void close() {
        if (pool == null) {
            return;
        }
        try (Connection connection = pool.getConnection();
                Statement shutdown = connection.createStatement()) {
            shutdown.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new AssertionError(e);
        } finally {
            pool.dispose();
        }
    }
}
