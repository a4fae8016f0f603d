package org.controlroom.store;

import java.time.Instant;
import java.util.List;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;

/**
 * Who is to be told about the ends of runs, in table {@code run_callbacks}: items are ids of ended runs, with the address
 * to call.
 */
public final class JdbcRunCallbacks extends OutboxTable<String> {

    static final String TABLE = "run_callbacks";
    static final String KEY = "run_id";

    public JdbcRunCallbacks(Database database) {
        super(database, TABLE, KEY);
    }

    @Override
    public List<Item<String>> due(Instant now, int limit) {
        return database.read(
                "list due callbacks",
                connection -> Statements.all(
                        connection,
                        row -> new Item<>(
                                RunTables.id(row.getLong("run_id")), row.getInt("attempts"), Columns.text(row, "url")),
                        "SELECT c.run_id AS run_id, c.url AS url, c.attempts AS attempts FROM run_callbacks c"
                                + " JOIN pipeline_runs r ON r.id = c.run_id"
                                + " WHERE c.status = 'open' AND c.next_attempt_at <= ? AND r.unfinished IS NULL"
                                + " ORDER BY c.next_attempt_at FETCH FIRST ? ROWS ONLY",
                        now,
                        limit));
    }

    @Override
    long number(String id) {
        return RunTables.number(id);
    }
}
