package org.controlroom.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that belong together. May be run again from the start after a transient failure, so it changes nothing but
 * the database.
 */
@FunctionalInterface
public interface SqlWork<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
}
