package org.controlroom.jdbc;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Inserts by PostgreSQL's COPY in its text format: a tab between values, a line for a row, {@code \N} for null. */
final class CopyInsert implements BulkInsert {

    private static final int BUFFER = 1 << 16;

    private final Connection connection;
    private final String command;
    private final StringBuilder rows = new StringBuilder();

    CopyInsert(Connection connection, String table, List<String> columns) {
        this.connection = connection;
        command = "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN";
    }

    @Override
    public void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            rows.append(i == 0 ? "" : "\t");
            append(values[i]);
        }
        rows.append('\n');
    }

    private void append(@Nullable Object value) {
        if (value == null) {
            rows.append("\\N");
        } else if (value instanceof String text) {
            escape(text);
        } else if (value instanceof Instant instant) {
            rows.append(Columns.stored(instant));
        } else {
            rows.append(value);
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                case '\t' -> rows.append("\\t");
                default -> rows.append(c);
            }
        }
    }

    @Override
    public void flush() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(command, new StringReader(rows.toString()), BUFFER);
        } catch (IOException e) {
            throw new SQLException("rows for " + command + " cannot be sent: " + e.getMessage(), "08006", e);
        }
        rows.setLength(0);
    }

    @Override
    public void close() {
        rows.setLength(0);
    }
}
