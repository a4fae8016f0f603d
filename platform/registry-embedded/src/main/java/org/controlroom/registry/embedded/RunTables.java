package org.controlroom.registry.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.Experiment;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
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

/** SQL of experiments, runs and what was logged to them. */
final class RunTables {

    static final String PARAMETER = "parameter";
    static final String TAG = "tag";

    private static final String METRICS = "metrics.";
    private static final String PARAMETERS = "parameters.";
    private static final String TAGS = "tags.";
    private static final String MIN_METRICS = "min_metrics.";
    private static final String MAX_METRICS = "max_metrics.";

    /** Stands for any key in the names of filters and sorts that a message lists. */
    private static final String KEY = "<key>";

    private static final String NEVER = "r.run_id IS NULL AND r.name = ?";
    private static final String COLUMNS = "r.run_id, e.name AS experiment, r.name, r.status, r.started_at, r.ended_at";
    private static final String TABLES = "registry_runs r JOIN registry_experiments e ON e.id = r.experiment_id";
    private static final Sort BY_KEY = new Sort("r.run_order", KeyType.INTEGER);

    private static final Listing<ExperimentRun> RUNS = Listing.of(
                    "runs", COLUMNS, TABLES, new Sort("r.run_order", KeyType.INTEGER), true, RunTables::bare)
            .filter("experiment", "e.name = ?", FilterValues::text)
            .filter("status", "r.status = ?", FilterValues::status)
            .filter("name", "LOWER(r.name) LIKE ? ESCAPE '!'", FilterValues::anywhere)
            .filter("started_after", "r.started_at >= ?", FilterValues.instant("started_after"))
            .filter("started_before", "r.started_at < ?", FilterValues.instant("started_before"))
            .filter(PARAMETERS + KEY, NEVER, FilterValues::text)
            .filter(TAGS + KEY, NEVER, FilterValues::text)
            .filter(MIN_METRICS + KEY, NEVER, FilterValues::text)
            .filter(MAX_METRICS + KEY, NEVER, FilterValues::text)
            .sort("started_at", new Sort("r.started_at", KeyType.TIME))
            .sort("name", new Sort("r.name", KeyType.TEXT))
            .sort("status", new Sort("r.status", KeyType.TEXT))
            .sort(METRICS + KEY, BY_KEY)
            .sort(PARAMETERS + KEY, BY_KEY);

    private RunTables() {}

    static void insert(
            Connection connection, String runId, String experiment, String name, Map<String, String> tags, Instant now)
            throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO registry_runs (run_id, experiment_id, name, status, started_at) VALUES (?,"
                        + " (SELECT id FROM registry_experiments WHERE name = ?), ?, ?, ?)",
                runId,
                experiment,
                name,
                RunStatus.RUNNING.text(),
                now);
        putValues(connection, runId, TAG, tags);
    }

    /** Locks the run until the end of the transaction, so that two callers cannot log the same key at once. */
    static void lock(Connection connection, String runId) throws SQLException {
        Optional<String> found = Statements.first(
                connection,
                row -> Columns.text(row, "run_id"),
                "SELECT run_id FROM registry_runs WHERE run_id = ? FOR UPDATE",
                runId);
        if (found.isEmpty()) {
            throw missing(runId);
        }
    }

    static void putValues(Connection connection, String runId, String kind, Map<String, String> values)
            throws SQLException {
        for (Map.Entry<String, String> each : values.entrySet()) {
            int updated = Statements.update(
                    connection,
                    "UPDATE registry_run_values SET content = ? WHERE run_id = ? AND kind = ? AND name = ?",
                    each.getValue(),
                    runId,
                    kind,
                    each.getKey());
            if (updated == 0) {
                Statements.update(
                        connection,
                        "INSERT INTO registry_run_values (run_id, kind, name, content) VALUES (?, ?, ?, ?)",
                        runId,
                        kind,
                        each.getKey(),
                        each.getValue());
            }
        }
    }

    static void putMetrics(Connection connection, String runId, Map<String, Double> metrics) throws SQLException {
        for (Map.Entry<String, Double> each : metrics.entrySet()) {
            int updated = Statements.update(
                    connection,
                    "UPDATE registry_metrics SET metric_value = ? WHERE run_id = ? AND name = ?",
                    each.getValue(),
                    runId,
                    each.getKey());
            if (updated == 0) {
                Statements.update(
                        connection,
                        "INSERT INTO registry_metrics (run_id, name, metric_value) VALUES (?, ?, ?)",
                        runId,
                        each.getKey(),
                        each.getValue());
            }
        }
    }

    static void putInput(Connection connection, String runId, DatasetInput input) throws SQLException {
        Statements.update(
                connection,
                "DELETE FROM registry_inputs WHERE run_id = ? AND name = ? AND digest = ?",
                runId,
                input.name(),
                input.digest());
        Statements.update(
                connection,
                "INSERT INTO registry_inputs (run_id, name, digest, source_type, source, profile, context)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                runId,
                input.name(),
                input.digest(),
                input.sourceType(),
                input.source(),
                input.profile(),
                input.context());
    }

    static List<DatasetInput> inputs(Connection connection, String runId) throws SQLException {
        List<DatasetInput> inputs = new ArrayList<>(Statements.all(
                connection,
                row -> new DatasetInput(
                        Columns.text(row, "name"),
                        Columns.text(row, "digest"),
                        Columns.text(row, "source_type"),
                        Columns.text(row, "source"),
                        Columns.text(row, "profile"),
                        Columns.text(row, "context")),
                "SELECT name, digest, source_type, source, profile, context FROM registry_inputs WHERE run_id = ?",
                runId));
        inputs.sort(DatasetInput.ORDER);
        return inputs;
    }

    static SortedMap<String, String> values(Connection connection, String runId, String kind) throws SQLException {
        SortedMap<String, String> values = new TreeMap<>();
        Statements.all(
                        connection,
                        row -> Map.entry(Columns.text(row, "name"), Columns.text(row, "content")),
                        "SELECT name, content FROM registry_run_values WHERE run_id = ? AND kind = ?",
                        runId,
                        kind)
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    static void setStatus(Connection connection, String runId, RunStatus status, @Nullable Instant endedAt)
            throws SQLException {
        int updated = Statements.update(
                connection,
                "UPDATE registry_runs SET status = ?, ended_at = ? WHERE run_id = ?",
                status.text(),
                endedAt,
                runId);
        if (updated == 0) {
            throw missing(runId);
        }
    }

    static ExperimentRun run(Connection connection, String runId) throws SQLException {
        Optional<ExperimentRun> bare = Statements.first(
                connection, RunTables::bare, "SELECT " + COLUMNS + " FROM " + TABLES + " WHERE r.run_id = ?", runId);
        return full(connection, bare.orElseThrow(() -> missing(runId)));
    }

    static Page<ExperimentRun> runs(Connection connection, PageRequest request) throws SQLException {
        Page<ExperimentRun> page = listing(request).page(connection, request);
        List<ExperimentRun> full = new ArrayList<>();
        for (ExperimentRun bare : page.items()) {
            full.add(full(connection, bare));
        }
        return new Page<>(full, page.next());
    }

    /** The list with the filters and the sort by a key of the run's parameters, tags or metrics that are asked for. */
    private static Listing<ExperimentRun> listing(PageRequest request) {
        Listing<ExperimentRun> listing = RUNS;
        for (String filter : request.filters().keySet()) {
            listing = filtered(listing, filter);
        }
        String sort = request.sort();
        return sort == null ? listing : sorted(listing, sort);
    }

    private static Listing<ExperimentRun> filtered(Listing<ExperimentRun> listing, String filter) {
        if (filter.startsWith(PARAMETERS)) {
            return listing.keyFilter(
                    filter, hasValue(PARAMETER, filter.substring(PARAMETERS.length())), FilterValues::text);
        }
        if (filter.startsWith(TAGS)) {
            return listing.keyFilter(filter, hasValue(TAG, filter.substring(TAGS.length())), FilterValues::text);
        }
        if (filter.startsWith(MIN_METRICS)) {
            String condition = hasMetric(filter.substring(MIN_METRICS.length()), ">=");
            return listing.keyFilter(filter, condition, FilterValues.decimal(filter));
        }
        if (filter.startsWith(MAX_METRICS)) {
            String condition = hasMetric(filter.substring(MAX_METRICS.length()), "<=");
            return listing.keyFilter(filter, condition, FilterValues.decimal(filter));
        }
        return listing;
    }

    private static String hasValue(String kind, String key) {
        return "EXISTS (SELECT 1 FROM registry_run_values f WHERE f.run_id = r.run_id AND f.kind = '" + kind
                + "' AND f.name = " + quoted(key) + " AND f.content = ?)";
    }

    private static String hasMetric(String key, String comparison) {
        return "EXISTS (SELECT 1 FROM registry_metrics f WHERE f.run_id = r.run_id AND f.name = " + quoted(key)
                + " AND f.metric_value " + comparison + " ?)";
    }

    /** A list sorted by a metric joins that metric; runs without it come last either way. */
    private static Listing<ExperimentRun> sorted(Listing<ExperimentRun> listing, String sort) {
        boolean descending = sort.startsWith("-");
        String field = descending ? sort.substring(1) : sort;
        if (field.startsWith(METRICS) && field.length() > METRICS.length()) {
            String missing = descending ? "-1.7976931348623157E308" : "1.7976931348623157E308";
            return listing.from(TABLES + " LEFT JOIN registry_metrics m ON m.run_id = r.run_id AND m.name = "
                            + quoted(field.substring(METRICS.length())))
                    .sort(field, new Sort("COALESCE(m.metric_value, " + missing + ")", KeyType.DECIMAL));
        }
        if (field.startsWith(PARAMETERS) && field.length() > PARAMETERS.length()) {
            return listing.from(TABLES + " LEFT JOIN registry_run_values p ON p.run_id = r.run_id AND p.kind = '"
                            + PARAMETER + "' AND p.name = " + quoted(field.substring(PARAMETERS.length())))
                    .sort(field, new Sort("COALESCE(p.content, '')", KeyType.TEXT));
        }
        return listing;
    }

    /** A text constant: keys stand inside conditions whose one parameter is the value. */
    private static String quoted(String key) {
        return "'" + key.replace("'", "''").replace('\0', '\uFFFD') + "'";
    }

    static List<Experiment> experiments(Connection connection) throws SQLException {
        return Statements.all(
                connection,
                row -> new Experiment(
                        Columns.text(row, "name"), Columns.instant(row, "created_at"), row.getLong("run_count")),
                "SELECT e.name, e.created_at, (SELECT COUNT(*) FROM registry_runs r WHERE r.experiment_id = e.id)"
                        + " AS run_count FROM registry_experiments e ORDER BY e.name");
    }

    private static ExperimentRun bare(ResultSet row) throws SQLException {
        return new ExperimentRun(
                Columns.text(row, "run_id"),
                Columns.text(row, "experiment"),
                Columns.text(row, "name"),
                RunStatus.of(Columns.text(row, "status")),
                Columns.instant(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static ExperimentRun full(Connection connection, ExperimentRun bare) throws SQLException {
        SortedMap<String, Double> metrics = new TreeMap<>();
        Statements.all(
                        connection,
                        row -> Map.entry(Columns.text(row, "name"), row.getDouble("metric_value")),
                        "SELECT name, metric_value FROM registry_metrics WHERE run_id = ?",
                        bare.id())
                .forEach(entry -> metrics.put(entry.getKey(), entry.getValue()));
        return new ExperimentRun(
                bare.id(),
                bare.experiment(),
                bare.name(),
                bare.status(),
                bare.startedAt(),
                bare.endedAt(),
                values(connection, bare.id(), PARAMETER),
                metrics,
                values(connection, bare.id(), TAG));
    }

    static ControlRoomException missing(String runId) {
        return new ControlRoomException(
                ErrorCode.NOT_FOUND, Reason.of("registry-run-unknown", "run '{0}' is not in the registry", runId));
    }
}
