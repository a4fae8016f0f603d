package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.controlroom.core.model.Notice;
import org.controlroom.core.model.RunStatus;
import org.controlroom.jdbc.Statements;
import org.jspecify.annotations.Nullable;

/** SQL that keeps notices, for the transactions of what they tell of. */
final class NoticeTables {

    /** No news any more by then; they only wait so long where nobody is to be told. */
    private static final Duration KEPT = Duration.ofDays(7);

    private NoticeTables() {}

    /** Whether the end of a run would be news. */
    static boolean hasNotFailed(Connection connection, long run) throws SQLException {
        return Statements.first(
                        connection,
                        row -> true,
                        "SELECT id FROM pipeline_runs WHERE id = ? AND status <> ?",
                        run,
                        RunStatus.FAILED.text())
                .isPresent();
    }

    /** To be called after the run and its steps have their states. */
    static void runFailed(Connection connection, long run, Instant now) throws SQLException {
        forget(connection, now);
        Statements.update(
                connection,
                "INSERT INTO notices (kind, about, subject, detail, reason, actor, happened_at)"
                        + " SELECT CAST(? AS VARCHAR(20)), r.pipeline, CAST(? AS VARCHAR(250)),"
                        + " (SELECT MAX(s.name) FROM pipeline_steps s WHERE s.run_id = r.id AND s.status = 'failed'),"
                        + " COALESCE(r.error, ''), r.origin, CAST(? AS TIMESTAMP WITH TIME ZONE)"
                        + " FROM pipeline_runs r WHERE r.id = ?",
                Notice.Kind.RUN_FAILED.text(),
                RunTables.id(run),
                now,
                run);
    }

    static void inProduction(
            Connection connection,
            Notice.Kind kind,
            String model,
            String version,
            @Nullable String replaced,
            String reason,
            String actor,
            Instant at)
            throws SQLException {
        forget(connection, at);
        Statements.update(
                connection,
                "INSERT INTO notices (kind, about, subject, detail, reason, actor, happened_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                kind.text(),
                model,
                version,
                replaced,
                reason,
                actor,
                at);
    }

    private static void forget(Connection connection, Instant now) throws SQLException {
        Statements.update(connection, "DELETE FROM notices WHERE happened_at < ?", now.minus(KEPT));
    }
}
