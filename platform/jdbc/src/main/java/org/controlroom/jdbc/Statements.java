package org.controlroom.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Single statements with their values. */
public final class Statements {

    private Statements() {}

    /** Binds values from position 1 on; instants as timestamps in UTC. */
    public static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Instant instant) {
                statement.setObject(
                        i + 1, Columns.stored(instant).atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** Runs one change. @return rows changed */
    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** The first row of a query, if there is one. */
    public static <T> Optional<T> first(
            Connection connection, Listing.Row<T> row, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
            }
        }
    }

    /** All rows of a query, which must be few. */
    public static <T> List<T> all(Connection connection, Listing.Row<T> row, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row.read(rows));
                }
                return all;
            }
        }
    }

    /**
     * Adds a row unless a query finds it; nothing happens when another transaction adds it at the same moment. When
     * this answers false, the transaction must do nothing more: some databases refuse it after the failed insert.
     *
     * @return whether this call added it
     */
    public static boolean insertIfAbsent(
            Connection connection, String query, List<?> queryValues, String insert, List<?> insertValues)
            throws SQLException {
        if (first(connection, row -> true, query, queryValues.toArray()).isPresent()) {
            return false;
        }
        try {
            return update(connection, insert, insertValues.toArray()) > 0;
        } catch (SQLException e) {
            if (SqlFailure.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    /** First column of the only row as a number. */
    public static long number(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("no row from: " + sql, "02000");
                }
                return rows.getLong(1);
            }
        }
    }
}
