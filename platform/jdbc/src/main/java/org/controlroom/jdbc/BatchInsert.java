package org.controlroom.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts by a batch of one statement. */
final class BatchInsert implements BulkInsert {

    private final PreparedStatement statement;
    private boolean empty = true;

    BatchInsert(Connection connection, String table, List<String> columns) throws SQLException {
        statement = connection.prepareStatement("INSERT INTO " + table + " (" + String.join(", ", columns)
                + ") VALUES (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
    }

    @Override
    public void add(@Nullable Object... values) throws SQLException {
        Statements.bind(statement, values);
        statement.addBatch();
        empty = false;
    }

    @Override
    public void flush() throws SQLException {
        if (!empty) {
            statement.executeBatch();
            empty = true;
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
