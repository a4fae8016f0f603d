package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.controlroom.core.model.KeptReason;
import org.controlroom.core.model.LogLine;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.PipelineRun.Step;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.RunHistory;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.SqlFailure;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** Pipeline runs in tables {@code pipeline_runs}, {@code pipeline_steps} and {@code pipeline_log}. */
public final class JdbcRunHistory implements RunHistory {

    private static final String PARAMETER = "parameter";
    private static final String OUTCOME = "outcome";
    private static final Set<String> LEVELS = Set.of("INFO", "WARNING", "ERROR");
    private static final int MAX_LINE = 10_000;
    private static final int MAX_ERROR = 4_000;
    private static final int MAX_WHAT = 1_000;
    private static final int MAX_LOG_LINES = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final StepProgress progress = new StepProgress();

    public JdbcRunHistory(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<PipelineRun> create(
            String pipeline, List<String> steps, Map<String, String> parameters, RunOrigin origin, String owner) {
        if (ofOrigin(origin).isPresent()) {
            return Optional.empty();
        }
        Optional<Long> created = database.write("create run of " + pipeline, connection -> {
            if (RunTables.unfinished(connection, pipeline).isPresent()) {
                return Optional.empty();
            }
            try {
                RunTables.insertRun(connection, pipeline, origin, owner, clock.instant());
            } catch (SQLException e) {
                if (SqlFailure.isDuplicateKey(e)) {
                    return Optional.empty();
                }
                throw e;
            }
            long id = RunTables.unfinished(connection, pipeline).orElseThrow();
            RunTables.insertSteps(connection, id, steps);
            RunTables.putValues(connection, id, PARAMETER, parameters);
            return Optional.of(id);
        });
        // Another node may have made the run of this key since we looked.
        if (created.isEmpty() && ofOrigin(origin).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(run(RunTables.id(created.orElseThrow(() -> conflict(pipeline)))));
    }

    @Override
    public Optional<PipelineRun> ofOrigin(RunOrigin origin) {
        String key = origin.key();
        if (key == null) {
            return Optional.empty();
        }
        Optional<RunTables.Request> known =
                database.read("look for the run of " + key, connection -> RunTables.request(connection, key));
        if (known.isPresent() && !Objects.equals(known.get().fingerprint(), origin.fingerprint())) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    key + " belongs to " + RunTables.id(known.get().run())
                            + ", which was asked for with another body; take another key");
        }
        return known.map(request -> run(RunTables.id(request.run())));
    }

    private ControlRoomException conflict(String pipeline) {
        String other = database.read(
                        "look for a run of " + pipeline, connection -> RunTables.unfinished(connection, pipeline))
                .map(RunTables::id)
                .orElse("that has just ended");
        return new ControlRoomException(
                ErrorCode.CONFLICT,
                Reason.of(
                        "run-open",
                        "pipeline {0}: run {1} has not ended; wait for its end or cancel it",
                        pipeline,
                        other));
    }

    @Override
    public PipelineRun run(String id) {
        long number = RunTables.number(id);
        return database.readSnapshot("read run " + id, connection -> {
            Optional<PipelineRun> bare = Statements.first(
                    connection,
                    RunTables::bare,
                    "SELECT " + RunTables.COLUMNS + " FROM pipeline_runs WHERE id = ?",
                    number);
            return full(connection, bare.orElseThrow(() -> RunTables.missing(id)));
        });
    }

    @Override
    public Page<PipelineRun> runs(PageRequest request) {
        return database.readSnapshot("list runs", connection -> {
            Page<PipelineRun> page = RunTables.RUNS.page(connection, request);
            List<PipelineRun> full = new ArrayList<>();
            for (PipelineRun bare : page.items()) {
                full.add(full(connection, bare));
            }
            return new Page<>(full, page.next());
        });
    }

    @Override
    public void setStatus(String id, RunStatus status, @Nullable ControlRoomException failure) {
        long number = RunTables.number(id);
        Instant now = clock.instant();
        String pipeline = run(id).pipeline();
        ControlRoomException why = status == RunStatus.FAILED ? failure : null;
        boolean conflict = database.write("set status of run " + id, connection -> {
            try {
                boolean news = status == RunStatus.FAILED && NoticeTables.hasNotFailed(connection, number);
                Statements.update(
                        connection,
                        "UPDATE pipeline_runs SET status = ?, unfinished = ?, started_at = CASE WHEN CAST(? AS BOOLEAN)"
                                + " THEN CAST(? AS TIMESTAMP WITH TIME ZONE) ELSE started_at END, ended_at = ?,"
                                + " error_code = ?, error = ?, error_reason = ? WHERE id = ?",
                        status.text(),
                        status.ended() ? null : pipeline,
                        status == RunStatus.RUNNING,
                        now,
                        status.ended() ? now : null,
                        why == null ? null : why.code().name(),
                        why == null ? null : cut(String.valueOf(why.getMessage()), MAX_ERROR),
                        why == null ? null : KeptReason.write(why.reason(), MAX_ERROR),
                        number);
                if (news) {
                    NoticeTables.runFailed(connection, number, now);
                }
                return false;
            } catch (SQLException e) {
                if (SqlFailure.isDuplicateKey(e)) {
                    return true;
                }
                throw e;
            }
        });
        if (conflict) {
            throw conflict(pipeline);
        }
    }

    @Override
    public void setStepStatus(String id, String step, RunStatus status) {
        long number = RunTables.number(id);
        Instant now = clock.instant();
        StepProgress.Position last = progress.take(number, step);
        database.write("set status of step " + step + " of run " + id, connection -> {
            int updated;
            if (status == RunStatus.RUNNING) {
                updated = Statements.update(
                        connection,
                        "UPDATE pipeline_steps SET status = ?, attempts = attempts + 1, what = '', units_done = 0,"
                                + " units_total = -1, started_at = ?, ended_at = NULL WHERE run_id = ? AND name = ?",
                        status.text(),
                        now,
                        number,
                        step);
            } else {
                updated = Statements.update(
                        connection,
                        "UPDATE pipeline_steps SET status = ?, ended_at = ? WHERE run_id = ? AND name = ?",
                        status.text(),
                        status.ended() ? now : null,
                        number,
                        step);
                if (last != null) {
                    RunTables.updateProgress(connection, number, step, last.what(), last.done(), last.total());
                }
            }
            if (updated == 0) {
                throw missingStep(id, step);
            }
            return updated;
        });
    }

    @Override
    public void setStepProgress(String id, String step, String what, long done, long total) {
        long number = RunTables.number(id);
        String shortWhat = cut(what, MAX_WHAT);
        if (progress.report(number, step, shortWhat, done, total, clock.millis())) {
            database.write(
                    "set progress of step " + step + " of run " + id,
                    connection -> RunTables.updateProgress(connection, number, step, shortWhat, done, total));
        }
    }

    @Override
    public void putOutcome(String id, Map<String, String> outcome) {
        long number = RunTables.number(id);
        database.write("put outcome of run " + id, connection -> {
            RunTables.lock(connection, id, number);
            RunTables.putValues(connection, number, OUTCOME, outcome);
            return outcome.size();
        });
    }

    @Override
    public void log(String id, String level, String text) {
        if (!LEVELS.contains(level)) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "level '" + level + "'; must be INFO, WARNING or ERROR");
        }
        long number = RunTables.number(id);
        database.write("log to run " + id, connection -> {
            // The changed row is locked until the commit, so each line gets a number of its own.
            int updated = Statements.update(
                    connection, "UPDATE pipeline_runs SET log_lines = log_lines + 1 WHERE id = ?", number);
            if (updated == 0) {
                throw RunTables.missing(id);
            }
            return Statements.update(
                    connection,
                    "INSERT INTO pipeline_log (run_id, line_number, logged_at, level, line)"
                            + " SELECT id, log_lines, CAST(? AS TIMESTAMP WITH TIME ZONE), CAST(? AS VARCHAR(10)),"
                            + " CAST(? AS VARCHAR(10000)) FROM pipeline_runs WHERE id = ?",
                    clock.instant(),
                    level,
                    cut(text, MAX_LINE),
                    number);
        });
    }

    @Override
    public List<LogLine> logLines(String id, long after, int limit) {
        return logLines(id, " AND line_number > ? ORDER BY line_number", limit, after);
    }

    @Override
    public List<LogLine> lastLogLines(String id, int limit) {
        List<LogLine> lines = new ArrayList<>(logLines(id, " ORDER BY line_number DESC", limit));
        Collections.reverse(lines);
        return lines;
    }

    private List<LogLine> logLines(String id, String which, int limit, Object... values) {
        if (limit < 1 || limit > MAX_LOG_LINES) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "log lines: limit=" + limit + "; must be 1.." + MAX_LOG_LINES);
        }
        run(id);
        List<Object> arguments = new ArrayList<>();
        arguments.add(RunTables.number(id));
        arguments.addAll(List.of(values));
        arguments.add(limit);
        return database.read(
                "read log of run " + id,
                connection -> Statements.all(
                        connection,
                        row -> new LogLine(
                                row.getLong("line_number"),
                                Columns.instant(row, "logged_at"),
                                Columns.text(row, "level"),
                                Columns.text(row, "line")),
                        "SELECT line_number, logged_at, level, line FROM pipeline_log WHERE run_id = ?" + which
                                + " FETCH FIRST ? ROWS ONLY",
                        arguments.toArray()));
    }

    private PipelineRun full(Connection connection, PipelineRun bare) throws SQLException {
        long number = RunTables.number(bare.id());
        List<Step> steps = Statements.all(
                connection,
                row -> progress.newest(number, RunTables.step(row)),
                "SELECT name, status, attempts, what, units_done, units_total, started_at, ended_at"
                        + " FROM pipeline_steps WHERE run_id = ? ORDER BY step_position",
                number);
        return new PipelineRun(
                bare.id(),
                bare.pipeline(),
                bare.status(),
                RunTables.values(connection, number, PARAMETER),
                steps,
                bare.origin(),
                bare.owner(),
                bare.createdAt(),
                bare.startedAt(),
                bare.endedAt(),
                bare.error(),
                bare.errorCode(),
                bare.errorReason(),
                RunTables.values(connection, number, OUTCOME));
    }

    private static String cut(String text, int limit) {
        String kept = text.length() <= limit ? text : text.substring(0, limit - 1) + '…';
        return kept.replace('\0', '\uFFFD');
    }

    private static ControlRoomException missingStep(String id, String step) {
        return new ControlRoomException(ErrorCode.NOT_FOUND, "run '" + id + "' has no step '" + step + "'");
    }
}
