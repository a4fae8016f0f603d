package org.controlroom.store;

import java.time.Instant;
import java.util.List;
import org.controlroom.core.port.RunCallbacks;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;

/** Callbacks in table {@code run_callbacks}. */
public final class JdbcRunCallbacks implements RunCallbacks {

    private static final int MAX_PROBLEM = 1_000;

    private final Database database;

    public JdbcRunCallbacks(Database database) {
        this.database = database;
    }

    @Override
    public List<Callback> due(Instant now, int limit) {
        return database.read(
                "list due callbacks",
                connection -> Statements.all(
                        connection,
                        row -> new Callback(
                                RunTables.id(row.getLong("run_id")), Columns.text(row, "url"), row.getInt("attempts")),
                        "SELECT c.run_id AS run_id, c.url AS url, c.attempts AS attempts FROM run_callbacks c"
                                + " JOIN pipeline_runs r ON r.id = c.run_id"
                                + " WHERE c.status = 'open' AND c.next_attempt_at <= ? AND r.unfinished IS NULL"
                                + " ORDER BY c.next_attempt_at FETCH FIRST ? ROWS ONLY",
                        now,
                        limit));
    }

    @Override
    public boolean take(Callback callback, Instant until) {
        return database.write(
                "take callback of " + callback.runId(),
                connection -> Statements.update(
                                connection,
                                "UPDATE run_callbacks SET attempts = attempts + 1, next_attempt_at = ? WHERE run_id = ?"
                                        + " AND attempts = ? AND status = 'open'",
                                until,
                                RunTables.number(callback.runId()),
                                callback.attempts())
                        > 0);
    }

    @Override
    public void delivered(String runId) {
        end(runId, "delivered", "");
    }

    @Override
    public void givenUp(String runId, String problem) {
        end(runId, "given_up", problem);
    }

    private void end(String runId, String status, String problem) {
        database.write(
                "end callback of " + runId,
                connection -> Statements.update(
                        connection,
                        "UPDATE run_callbacks SET status = ?, last_problem = ? WHERE run_id = ?",
                        status,
                        cut(problem),
                        RunTables.number(runId)));
    }

    @Override
    public void failed(String runId, String problem, Instant again) {
        database.write(
                "delay callback of " + runId,
                connection -> Statements.update(
                        connection,
                        "UPDATE run_callbacks SET next_attempt_at = ?, last_problem = ? WHERE run_id = ?",
                        again,
                        cut(problem),
                        RunTables.number(runId)));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_PROBLEM)).replace('\0', '\uFFFD');
    }
}
