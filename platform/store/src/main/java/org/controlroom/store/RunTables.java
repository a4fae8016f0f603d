package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.KeptReason;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.PipelineRun.Step;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** SQL of pipeline runs, their steps and values, and how a row becomes a record. */
final class RunTables {

    static final String ID_PREFIX = "run-";
    static final String COLUMNS =
            "id, pipeline, status, origin, owner, created_at, started_at, ended_at, error, error_code,"
                    + " error_reason";

    static final Listing<PipelineRun> RUNS = Listing.of(
                    "runs", COLUMNS, "pipeline_runs", new Sort("id", KeyType.INTEGER), true, RunTables::bare)
            .filter("pipeline", "pipeline = ?", FilterValues::text)
            .filter("status", "status = ?", FilterValues::status)
            .sort("created_at", new Sort("id", KeyType.INTEGER));

    private RunTables() {}

    static void insertRun(Connection connection, String pipeline, RunOrigin origin, String owner, Instant now)
            throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO pipeline_runs (pipeline, unfinished, status, created_at, log_lines, origin, request_key,"
                        + " request_fingerprint, owner, heartbeat_at) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)",
                pipeline,
                pipeline,
                RunStatus.QUEUED.text(),
                now,
                origin.text(),
                origin.key(),
                origin.fingerprint(),
                owner,
                now);
        String url = origin.callbackUrl();
        if (url != null) {
            Statements.update(
                    connection,
                    "INSERT INTO run_callbacks (run_id, url, status, attempts, next_attempt_at, last_problem)"
                            + " SELECT id, CAST(? AS VARCHAR(2000)), 'open', 0, CAST(? AS TIMESTAMP WITH TIME ZONE), ''"
                            + " FROM pipeline_runs WHERE unfinished = ?",
                    url,
                    now,
                    pipeline);
        }
    }

    /** The run of a request and what was asked for. */
    record Request(long run, @Nullable String fingerprint) {}

    static Optional<Request> request(Connection connection, String key) throws SQLException {
        return Statements.first(
                connection,
                row -> new Request(row.getLong("id"), row.getString("request_fingerprint")),
                "SELECT id, request_fingerprint FROM pipeline_runs WHERE request_key = ?",
                key);
    }

    static void insertSteps(Connection connection, long id, List<String> steps) throws SQLException {
        int position = 1;
        for (String step : steps) {
            Statements.update(
                    connection,
                    "INSERT INTO pipeline_steps (run_id, step_position, name, status, attempts, what, units_done,"
                            + " units_total) VALUES (?, ?, ?, ?, 0, '', 0, -1)",
                    id,
                    position++,
                    step,
                    RunStatus.QUEUED.text());
        }
    }

    static Optional<Long> unfinished(Connection connection, String pipeline) throws SQLException {
        return Statements.first(
                connection, row -> row.getLong("id"), "SELECT id FROM pipeline_runs WHERE unfinished = ?", pipeline);
    }

    static int updateProgress(Connection connection, long run, String step, String what, long done, long total)
            throws SQLException {
        return Statements.update(
                connection,
                "UPDATE pipeline_steps SET what = ?, units_done = ?, units_total = ? WHERE run_id = ? AND name = ?",
                what,
                done,
                total,
                run,
                step);
    }

    static void putValues(Connection connection, long run, String kind, Map<String, String> values)
            throws SQLException {
        for (Map.Entry<String, String> each : values.entrySet()) {
            int updated = Statements.update(
                    connection,
                    "UPDATE pipeline_run_values SET content = ? WHERE run_id = ? AND kind = ? AND name = ?",
                    each.getValue(),
                    run,
                    kind,
                    each.getKey());
            if (updated == 0) {
                Statements.update(
                        connection,
                        "INSERT INTO pipeline_run_values (run_id, kind, name, content) VALUES (?, ?, ?, ?)",
                        run,
                        kind,
                        each.getKey(),
                        each.getValue());
            }
        }
    }

    static SortedMap<String, String> values(Connection connection, long run, String kind) throws SQLException {
        SortedMap<String, String> values = new TreeMap<>();
        Statements.all(
                        connection,
                        row -> Map.entry(Columns.text(row, "name"), Columns.text(row, "content")),
                        "SELECT name, content FROM pipeline_run_values WHERE run_id = ? AND kind = ?",
                        run,
                        kind)
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    static Step step(ResultSet row) throws SQLException {
        return new Step(
                Columns.text(row, "name"),
                RunStatus.of(Columns.text(row, "status")),
                row.getInt("attempts"),
                Columns.text(row, "what"),
                row.getLong("units_done"),
                row.getLong("units_total"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"));
    }

    static PipelineRun bare(ResultSet row) throws SQLException {
        return new PipelineRun(
                id(row.getLong("id")),
                Columns.text(row, "pipeline"),
                RunStatus.of(Columns.text(row, "status")),
                new TreeMap<>(),
                List.of(),
                Columns.text(row, "origin"),
                Columns.text(row, "owner"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"),
                row.getString("error"),
                row.getString("error_code"),
                KeptReason.read(row.getString("error_reason"), row.getString("error")),
                new TreeMap<>());
    }

    static void lock(Connection connection, String id, long number) throws SQLException {
        Optional<Long> found = Statements.first(
                connection, row -> row.getLong("id"), "SELECT id FROM pipeline_runs WHERE id = ? FOR UPDATE", number);
        if (found.isEmpty()) {
            throw missing(id);
        }
    }

    /** Zero-padded, so that texts sort as the runs do. */
    static String id(long number) {
        return String.format(Locale.ROOT, "%s%08d", ID_PREFIX, number);
    }

    static long number(String id) {
        try {
            long number = id.startsWith(ID_PREFIX) ? Long.parseLong(id.substring(ID_PREFIX.length())) : -1;
            if (id(number).equals(id)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw missing(id);
        }
        throw missing(id);
    }

    static ControlRoomException missing(String id) {
        return new ControlRoomException(ErrorCode.NOT_FOUND, Reason.of("run-unknown", "run '{0}' does not exist", id));
    }
}
