package org.controlroom.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;

/** Type of a column that a list is sorted by. */
public enum KeyType {
    INTEGER,
    DECIMAL,
    TEXT,
    TIME;

    Object parse(String text) {
        try {
            return switch (this) {
                case INTEGER -> Long.valueOf(text);
                case DECIMAL -> Double.valueOf(text);
                case TEXT -> text;
                case TIME -> Instant.parse(text);
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw Cursor.wrong(text, e);
        }
    }

    String write(ResultSet row, String column) throws SQLException {
        return switch (this) {
            case INTEGER -> Long.toString(row.getLong(column));
            case DECIMAL -> Double.toString(row.getDouble(column));
            case TEXT -> Columns.text(row, column);
            case TIME -> Columns.instant(row, column).toString();
        };
    }
}
