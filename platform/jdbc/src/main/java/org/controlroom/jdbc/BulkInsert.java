package org.controlroom.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many rows for one table, by the fastest way that the database has: COPY on PostgreSQL, a batch of inserts elsewhere.
 * Rows are kept until {@link #flush}, and count in the transaction of the connection. For one thread.
 */
public interface BulkInsert extends AutoCloseable {

    /** Bulk inserts of the kind that suits the connection's database. */
    static BulkInsert into(Connection connection, String table, String... columns) throws SQLException {
        List<String> names = List.of(columns);
        return Dialect.of(connection) == Dialect.POSTGRESQL
                ? new CopyInsert(connection, table, names)
                : new BatchInsert(connection, table, names);
    }

    /**
     * Adds a row.
     *
     * @param values one for each column: numbers, texts, booleans, instants, or null
     */
    void add(@Nullable Object... values) throws SQLException;

    /** Sends the rows that were added since the last time. */
    void flush() throws SQLException;

    /** Frees what is held; rows that were not flushed are lost. */
    @Override
    void close() throws SQLException;
}
