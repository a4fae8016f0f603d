package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.controlroom.core.port.Schedules;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.SqlFailure;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** Schedules in tables {@code schedules} and {@code schedule_fires}. */
public final class JdbcSchedules implements Schedules {

    private static final String COLUMNS =
            "name, pipeline, parameters, cron, zone, enabled, misfire, overlap, decided_until";
    private static final String FIRE_COLUMNS = "id, schedule, fire_time, status, late, run_id, reason";
    private static final Duration KEPT = Duration.ofDays(400);
    private static final int MAX_REASON = 4_000;

    private static final Listing<ScheduledFire> FIRES = Listing.of(
                    "fire times",
                    FIRE_COLUMNS,
                    "schedule_fires",
                    new Sort("id", KeyType.INTEGER),
                    true,
                    JdbcSchedules::fire)
            .indexedFilter("schedule", "schedule", FilterValues::text)
            .filter("status", "status = ?", text -> text.toLowerCase(Locale.ROOT));

    private final Database database;

    public JdbcSchedules(Database database) {
        this.database = database;
    }

    @Override
    public List<Schedule> all() {
        return database.read(
                "list schedules",
                connection -> Statements.all(
                        connection, JdbcSchedules::schedule, "SELECT " + COLUMNS + " FROM schedules ORDER BY name"));
    }

    @Override
    public Schedule schedule(String name) {
        return database.read(
                        "read schedule " + name,
                        connection -> Statements.first(
                                connection,
                                JdbcSchedules::schedule,
                                "SELECT " + COLUMNS + " FROM schedules WHERE name = ?",
                                name))
                .orElseThrow(() -> missing(name));
    }

    @Override
    public void create(Schedule schedule) {
        boolean created = database.write("create schedule " + schedule.name(), connection -> {
            try {
                Statements.update(
                        connection,
                        "INSERT INTO schedules (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        schedule.name(),
                        schedule.pipeline(),
                        Json.ofTexts(schedule.parameters()).write(),
                        schedule.cron(),
                        schedule.zone(),
                        schedule.enabled(),
                        schedule.misfire().text(),
                        schedule.overlap().text(),
                        schedule.decidedUntil());
                return true;
            } catch (SQLException e) {
                if (SqlFailure.isDuplicateKey(e)) {
                    return false;
                }
                throw e;
            }
        });
        if (!created) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT, Reason.of("schedule-exists", "schedule {0} exists already", schedule.name()));
        }
    }

    @Override
    public void replace(Schedule schedule) {
        int updated = database.write("change schedule " + schedule.name(), connection -> {
            if (!schedule.enabled()) {
                Statements.update(
                        connection,
                        "UPDATE schedule_fires SET status = ?, reason = ? WHERE schedule = ? AND status = ?",
                        ScheduledFire.Status.MISSED.text(),
                        "the schedule was disabled while this waited",
                        schedule.name(),
                        ScheduledFire.Status.WAITING.text());
            }
            return Statements.update(
                    connection,
                    "UPDATE schedules SET pipeline = ?, parameters = ?, cron = ?, zone = ?, enabled = ?, misfire = ?,"
                            + " overlap = ?, decided_until = ? WHERE name = ?",
                    schedule.pipeline(),
                    Json.ofTexts(schedule.parameters()).write(),
                    schedule.cron(),
                    schedule.zone(),
                    schedule.enabled(),
                    schedule.misfire().text(),
                    schedule.overlap().text(),
                    schedule.decidedUntil(),
                    schedule.name());
        });
        if (updated == 0) {
            throw missing(schedule.name());
        }
    }

    @Override
    public void remove(String name) {
        database.write("remove schedule " + name, connection -> {
            // First what other nodes change before they add fire times, so that none comes in between.
            Statements.first(connection, row -> true, "SELECT name FROM schedules WHERE name = ? FOR UPDATE", name);
            Statements.update(connection, "DELETE FROM schedule_fires WHERE schedule = ?", name);
            return Statements.update(connection, "DELETE FROM schedules WHERE name = ?", name);
        });
    }

    @Override
    public boolean decide(String name, Instant from, Instant until, List<Decided> fires) {
        return database.write("decide on fire times of " + name, connection -> {
            int first = Statements.update(
                    connection,
                    "UPDATE schedules SET decided_until = ? WHERE name = ? AND decided_until = ? AND enabled",
                    until,
                    name,
                    from);
            if (first == 0) {
                return false;
            }
            for (Decided fire : fires) {
                insert(connection, name, fire.fireTime(), fire.status(), fire.late(), null, fire.reason());
            }
            Statements.update(
                    connection,
                    "DELETE FROM schedule_fires WHERE schedule = ? AND fire_time < ? AND status <> ?",
                    name,
                    until.minus(KEPT),
                    ScheduledFire.Status.WAITING.text());
            return true;
        });
    }

    /** Unless the fire time is known, as after a schedule's clock or zone was changed there and back. */
    private static void insert(
            Connection connection,
            String name,
            Instant fireTime,
            ScheduledFire.Status status,
            boolean late,
            @Nullable Long run,
            String reason)
            throws SQLException {
        Optional<Boolean> known = Statements.first(
                connection,
                row -> true,
                "SELECT id FROM schedule_fires WHERE schedule = ? AND fire_time = ?",
                name,
                fireTime);
        if (known.isEmpty()) {
            Statements.update(
                    connection,
                    "INSERT INTO schedule_fires (schedule, fire_time, status, late, run_id, reason)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    name,
                    fireTime,
                    status.text(),
                    late,
                    run,
                    cut(reason));
        }
    }

    @Override
    public List<ScheduledFire> waiting() {
        return database.read(
                "list waiting fire times",
                connection -> Statements.all(
                        connection,
                        JdbcSchedules::fire,
                        "SELECT " + FIRE_COLUMNS + " FROM schedule_fires WHERE status = ? ORDER BY id",
                        ScheduledFire.Status.WAITING.text()));
    }

    @Override
    public void settle(long fireId, ScheduledFire.Status status, @Nullable String runId, String reason) {
        database.write(
                "settle fire time " + fireId,
                connection -> Statements.update(
                        connection,
                        "UPDATE schedule_fires SET status = ?, run_id = ?, reason = ? WHERE id = ? AND status = ?",
                        status.text(),
                        runId == null ? null : RunTables.number(runId),
                        cut(reason),
                        fireId,
                        ScheduledFire.Status.WAITING.text()));
    }

    @Override
    public void startedByHand(String name, Instant now, String runId) {
        database.write("remember a run of " + name, connection -> {
            insert(connection, name, now, ScheduledFire.Status.STARTED, false, RunTables.number(runId), "by hand");
            return 1;
        });
    }

    @Override
    public Page<ScheduledFire> fires(PageRequest request) {
        return database.read("list fire times", connection -> FIRES.page(connection, request));
    }

    @Override
    public Optional<Last> last(String name) {
        return database.read(
                "read last fire time of " + name,
                connection -> Statements.first(
                        connection,
                        row -> new Last(fire(row), row.getString("run_status")),
                        "SELECT f.id AS id, schedule, fire_time, f.status AS status, late, run_id, reason,"
                                + " r.status AS run_status FROM schedule_fires f"
                                + " LEFT JOIN pipeline_runs r ON r.id = f.run_id"
                                + " WHERE schedule = ? AND f.status <> ? ORDER BY f.id DESC FETCH FIRST 1 ROW ONLY",
                        name,
                        ScheduledFire.Status.WAITING.text()));
    }

    @Override
    public Optional<Instant> lastSuccess(String name) {
        return database.read(
                "read last success of " + name,
                connection -> Statements.first(
                        connection,
                        row -> Columns.instant(row, "ended_at"),
                        "SELECT r.ended_at AS ended_at FROM schedule_fires f JOIN pipeline_runs r ON r.id = f.run_id"
                                + " WHERE schedule = ? AND r.status = ? AND r.ended_at IS NOT NULL"
                                + " ORDER BY f.id DESC FETCH FIRST 1 ROW ONLY",
                        name,
                        RunStatus.COMPLETED.text()));
    }

    private static Schedule schedule(ResultSet row) throws SQLException {
        return new Schedule(
                Columns.text(row, "name"),
                Columns.text(row, "pipeline"),
                Json.parse(Columns.text(row, "parameters")).texts(),
                Columns.text(row, "cron"),
                Columns.text(row, "zone"),
                row.getBoolean("enabled"),
                Schedule.Misfire.valueOf(Columns.text(row, "misfire").toUpperCase(Locale.ROOT)),
                Schedule.Overlap.valueOf(Columns.text(row, "overlap").toUpperCase(Locale.ROOT)),
                Columns.instant(row, "decided_until"));
    }

    private static ScheduledFire fire(ResultSet row) throws SQLException {
        Long run = Columns.longOrNull(row, "run_id");
        return new ScheduledFire(
                row.getLong("id"),
                Columns.text(row, "schedule"),
                Columns.instant(row, "fire_time"),
                ScheduledFire.Status.valueOf(Columns.text(row, "status").toUpperCase(Locale.ROOT)),
                row.getBoolean("late"),
                run == null ? null : RunTables.id(run),
                Columns.text(row, "reason"));
    }

    private static String cut(String text) {
        String kept = text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON - 1) + '…';
        return kept.replace('\0', '\uFFFD');
    }

    private static ControlRoomException missing(String name) {
        return new ControlRoomException(
                ErrorCode.NOT_FOUND, Reason.of("schedule-unknown", "schedule '{0}' does not exist", name));
    }
}
