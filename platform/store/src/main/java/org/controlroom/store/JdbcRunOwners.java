package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.KeptReason;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.RunOwners;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** Owners of runs in columns of table {@code pipeline_runs}. */
public final class JdbcRunOwners implements RunOwners {

    private final Database database;

    public JdbcRunOwners(Database database) {
        this.database = database;
    }

    @Override
    public List<String> alive(String node, Instant now) {
        return database.write("say that node " + node + " lives", connection -> {
            int open = Statements.update(
                    connection,
                    "UPDATE pipeline_runs SET heartbeat_at = ? WHERE unfinished IS NOT NULL AND owner = ?",
                    now,
                    node);
            return open == 0
                    ? List.of()
                    : Statements.all(
                            connection,
                            row -> RunTables.id(row.getLong("id")),
                            "SELECT id FROM pipeline_runs WHERE unfinished IS NOT NULL AND owner = ?"
                                    + " AND cancel_requested ORDER BY id",
                            node);
        });
    }

    @Override
    public List<String> failOwn(String node, Instant now) {
        return database.write("fail interrupted runs", connection -> {
            List<Long> ids = Statements.all(
                    connection,
                    row -> row.getLong("id"),
                    "SELECT id FROM pipeline_runs WHERE unfinished IS NOT NULL AND (owner = ? OR owner = '') ORDER BY id",
                    node);
            List<String> failed = new ArrayList<>();
            for (long id : ids) {
                fail(
                        connection,
                        id,
                        Reason.of(
                                "run-cut-off",
                                "the server ended before the run did; restart the run to go on at the step that was cut off"),
                        now,
                        "",
                        List.of());
                failed.add(RunTables.id(id));
            }
            return failed;
        });
    }

    @Override
    public List<String> failLost(String node, Instant silentSince, Instant now) {
        List<Long> candidates = database.read(
                "look for lost runs",
                connection -> Statements.all(
                        connection,
                        row -> row.getLong("id"),
                        "SELECT id FROM pipeline_runs WHERE unfinished IS NOT NULL AND owner <> ? AND owner <> ''"
                                + " AND heartbeat_at < ? ORDER BY id",
                        node,
                        silentSince));
        List<String> lost = new ArrayList<>();
        for (long id : candidates) {
            boolean mine = database.write(
                    "fail lost run " + RunTables.id(id),
                    connection -> fail(
                            connection,
                            id,
                            Reason.of(
                                    "run-lost",
                                    "the node that ran it was not heard of any more; restart the run, here it begins anew"),
                            now,
                            " AND unfinished IS NOT NULL AND heartbeat_at < ?",
                            List.of(silentSince)));
            if (mine) {
                lost.add(RunTables.id(id));
            }
        }
        return lost;
    }

    /** @param condition more of it, with its values */
    private static boolean fail(
            Connection connection, long id, Reason why, Instant now, String condition, List<Object> conditionValues)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(
                RunStatus.FAILED.text(), now, ErrorCode.INTERNAL.name(), why.text(), KeptReason.write(why), id));
        values.addAll(conditionValues);
        int updated = Statements.update(
                connection,
                "UPDATE pipeline_runs SET status = ?, unfinished = NULL, ended_at = ?, error_code = ?, error = ?,"
                        + " error_reason = ? WHERE id = ?" + condition,
                values.toArray());
        if (updated > 0) {
            Statements.update(
                    connection,
                    "UPDATE pipeline_steps SET status = ?, ended_at = ? WHERE run_id = ? AND status = ?",
                    RunStatus.FAILED.text(),
                    now,
                    id,
                    RunStatus.RUNNING.text());
            NoticeTables.runFailed(connection, id, now);
        }
        return updated > 0;
    }

    @Override
    public boolean othersRun(String node) {
        return database.read(
                "look for runs of other nodes",
                connection -> Statements.first(
                                connection,
                                row -> true,
                                "SELECT id FROM pipeline_runs WHERE unfinished IS NOT NULL AND owner <> ? AND owner <> ''"
                                        + " FETCH FIRST 1 ROW ONLY",
                                node)
                        .isPresent());
    }

    @Override
    public void takeUp(String runId, String node, Instant now) {
        long id = RunTables.number(runId);
        database.write("take up run " + runId, connection -> {
            int moved = Statements.update(
                    connection,
                    "UPDATE pipeline_runs SET owner = ? WHERE id = ? AND owner <> ? AND owner <> ''",
                    node,
                    id,
                    node);
            if (moved > 0) {
                Statements.update(
                        connection,
                        "UPDATE pipeline_steps SET status = ?, what = '', units_done = 0, units_total = -1,"
                                + " started_at = NULL, ended_at = NULL WHERE run_id = ?",
                        RunStatus.QUEUED.text(),
                        id);
            }
            // Whoever was told that it failed is told how it ends now.
            OutboxTable.reopen(connection, JdbcRunCallbacks.TABLE, JdbcRunCallbacks.KEY, id, now);
            return Statements.update(
                    connection,
                    "UPDATE pipeline_runs SET owner = ?, heartbeat_at = ?, cancel_requested = FALSE WHERE id = ?",
                    node,
                    now,
                    id);
        });
    }

    @Override
    public void requestCancel(String runId) {
        database.write(
                "ask for the end of run " + runId,
                connection -> Statements.update(
                        connection,
                        "UPDATE pipeline_runs SET cancel_requested = TRUE WHERE id = ? AND unfinished IS NOT NULL",
                        RunTables.number(runId)));
    }

    @Override
    public int takeovers(String runId) {
        return (int) database.read(
                        "read run " + runId,
                        connection -> Statements.number(
                                connection,
                                "SELECT takeovers FROM pipeline_runs WHERE id = ?",
                                RunTables.number(runId)))
                .longValue();
    }

    @Override
    public void countTakeover(String runId) {
        database.write(
                "count takeover of run " + runId,
                connection -> Statements.update(
                        connection,
                        "UPDATE pipeline_runs SET takeovers = takeovers + 1 WHERE id = ?",
                        RunTables.number(runId)));
    }
}
