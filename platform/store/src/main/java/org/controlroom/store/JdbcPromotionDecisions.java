package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.model.PromotionRules;
import org.controlroom.core.model.TestRows;
import org.controlroom.core.port.PromotionDecisions;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** Decisions of the promotion policy in table {@code promotion_decisions}, and their figures in three more. */
public final class JdbcPromotionDecisions implements PromotionDecisions {

    private static final String COLUMNS =
            "id, model, version, live_version, decided_at, actor, outcome, reason, metric, threshold, margin,"
                    + " max_class_drop, test_rows, seen_by_other, dataset_hash, same_dataset";
    private static final int MAX_REASON = 4_000;
    private static final int MAX_ACTOR = 250;

    private static final Listing<PromotionDecision> DECISIONS = Listing.of(
                    "promotion decisions",
                    COLUMNS,
                    "promotion_decisions",
                    new Sort("id", KeyType.INTEGER),
                    true,
                    row -> decision(row, List.of(), List.of(), List.of()))
            .indexedFilter("model", "model", FilterValues::text)
            .filter("version", "version = ?", FilterValues::text)
            .filter("outcome", "outcome = ?", outcome -> outcome.toLowerCase(Locale.ROOT))
            .sort("decided_at", new Sort("id", KeyType.INTEGER));

    private final Database database;

    public JdbcPromotionDecisions(Database database) {
        this.database = database;
    }

    @Override
    public PromotionDecision keep(PromotionDecision decision) {
        long id = database.write("keep decision about " + decision.model() + " " + decision.version(), connection -> {
            long next = insert(connection, decision);
            insertFigures(connection, next, decision);
            return next;
        });
        return decision.kept(id);
    }

    private static long insert(Connection connection, PromotionDecision decision) throws SQLException {
        PromotionRules rules = decision.rules();
        TestRows rows = decision.rows();
        try (var statement = connection.prepareStatement(
                "INSERT INTO promotion_decisions (model, version, live_version, decided_at, actor, outcome, reason,"
                        + " metric, threshold, margin, max_class_drop, test_rows, seen_by_other, dataset_hash,"
                        + " same_dataset) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                new String[] {"id"})) {
            Statements.bind(
                    statement,
                    decision.model(),
                    decision.version(),
                    decision.liveVersion(),
                    decision.decidedAt(),
                    cut(decision.actor(), MAX_ACTOR),
                    decision.outcome().name().toLowerCase(Locale.ROOT),
                    cut(decision.reason(), MAX_REASON),
                    rules.metric(),
                    rules.threshold(),
                    rules.margin(),
                    rules.maxClassDrop(),
                    rows.rows(),
                    rows.seenByOther(),
                    rows.datasetHash(),
                    rows.sameDataset());
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("no key for a decision", "02000");
                }
                return keys.getLong(1);
            }
        }
    }

    private static void insertFigures(Connection connection, long id, PromotionDecision decision) throws SQLException {
        int place = 0;
        for (PromotionDecision.Check check : decision.checks()) {
            Statements.update(
                    connection,
                    "INSERT INTO promotion_decision_checks (decision_id, place, rule_name, passed, said)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    id,
                    place++,
                    check.rule(),
                    check.passed(),
                    cut(check.text(), MAX_REASON));
        }
        for (PromotionDecision.MetricPair one : decision.metrics()) {
            Statements.update(
                    connection,
                    "INSERT INTO promotion_decision_metrics (decision_id, metric, candidate, live) VALUES (?, ?, ?, ?)",
                    id,
                    one.metric(),
                    one.candidate(),
                    one.live());
        }
        for (PromotionDecision.ClassPair one : decision.classes()) {
            Statements.update(
                    connection,
                    "INSERT INTO promotion_decision_classes (decision_id, prdtypecode, support, candidate, live,"
                            + " allowed_drop, fell) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    id,
                    one.label(),
                    one.support(),
                    one.candidate(),
                    one.live(),
                    one.allowedDrop(),
                    one.fell());
        }
    }

    @Override
    public PromotionDecision decision(long id) {
        return database.read("read decision " + id, connection -> {
            List<PromotionDecision.Check> checks =
                    checks(connection, List.of(id)).getOrDefault(id, List.of());
            List<PromotionDecision.MetricPair> metrics =
                    metrics(connection, List.of(id)).getOrDefault(id, List.of());
            List<PromotionDecision.ClassPair> classes = Statements.all(
                    connection,
                    row -> new PromotionDecision.ClassPair(
                            row.getInt("prdtypecode"),
                            row.getLong("support"),
                            row.getDouble("candidate"),
                            decimalOrNull(row, "live"),
                            row.getDouble("allowed_drop"),
                            row.getBoolean("fell")),
                    "SELECT prdtypecode, support, candidate, live, allowed_drop, fell FROM promotion_decision_classes"
                            + " WHERE decision_id = ? ORDER BY prdtypecode",
                    id);
            return Statements.first(
                            connection,
                            row -> decision(row, checks, metrics, classes),
                            "SELECT " + COLUMNS + " FROM promotion_decisions WHERE id = ?",
                            id)
                    .orElseThrow(() -> new ControlRoomException(
                            ErrorCode.NOT_FOUND, Reason.of("decision-unknown", "no decision has the id {0}", id)));
        });
    }

    @Override
    public Page<PromotionDecision> decisions(PageRequest request) {
        return database.read("list promotion decisions", connection -> {
            Page<PromotionDecision> page = DECISIONS.page(connection, request);
            List<Long> ids = page.items().stream()
                    .map(one -> Objects.requireNonNull(one.id()))
                    .toList();
            Map<Long, List<PromotionDecision.Check>> checks = checks(connection, ids);
            Map<Long, List<PromotionDecision.MetricPair>> metrics = metrics(connection, ids);
            List<PromotionDecision> items = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                items.add(page.items()
                        .get(i)
                        .with(checks.getOrDefault(ids.get(i), List.of()), metrics.getOrDefault(ids.get(i), List.of())));
            }
            return new Page<>(items, page.next());
        });
    }

    private static Map<Long, List<PromotionDecision.Check>> checks(Connection connection, List<Long> ids)
            throws SQLException {
        return byDecision(
                connection,
                row -> new PromotionDecision.Check(
                        Columns.text(row, "rule_name"), row.getBoolean("passed"), Columns.text(row, "said")),
                "SELECT decision_id, rule_name, passed, said FROM promotion_decision_checks",
                "place",
                ids);
    }

    private static Map<Long, List<PromotionDecision.MetricPair>> metrics(Connection connection, List<Long> ids)
            throws SQLException {
        return byDecision(
                connection,
                row -> new PromotionDecision.MetricPair(
                        Columns.text(row, "metric"), row.getDouble("candidate"), decimalOrNull(row, "live")),
                "SELECT decision_id, metric, candidate, live FROM promotion_decision_metrics",
                "metric",
                ids);
    }

    private static <T> Map<Long, List<T>> byDecision(
            Connection connection, Listing.Row<T> part, String select, String order, List<Long> ids)
            throws SQLException {
        Map<Long, List<T>> parts = new HashMap<>();
        if (!ids.isEmpty()) {
            Statements.all(
                    connection,
                    row -> parts.computeIfAbsent(row.getLong("decision_id"), id -> new ArrayList<>())
                            .add(part.read(row)),
                    select + " WHERE decision_id IN (" + "?, ".repeat(ids.size() - 1) + "?) ORDER BY decision_id, "
                            + order,
                    ids.toArray());
        }
        return parts;
    }

    private static PromotionDecision decision(
            ResultSet row,
            List<PromotionDecision.Check> checks,
            List<PromotionDecision.MetricPair> metrics,
            List<PromotionDecision.ClassPair> classes)
            throws SQLException {
        return new PromotionDecision(
                row.getLong("id"),
                Columns.text(row, "model"),
                Columns.text(row, "version"),
                row.getString("live_version"),
                Columns.instant(row, "decided_at"),
                Columns.text(row, "actor"),
                PromotionDecision.Outcome.valueOf(Columns.text(row, "outcome").toUpperCase(Locale.ROOT)),
                Columns.text(row, "reason"),
                new PromotionRules(
                        Columns.text(row, "metric"),
                        row.getDouble("threshold"),
                        row.getDouble("margin"),
                        row.getDouble("max_class_drop")),
                new TestRows(
                        Columns.text(row, "version"),
                        row.getInt("test_rows"),
                        row.getInt("seen_by_other"),
                        Columns.text(row, "dataset_hash"),
                        row.getBoolean("same_dataset")),
                checks,
                metrics,
                classes);
    }

    private static @Nullable Double decimalOrNull(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static String cut(String text, int limit) {
        String kept = text.length() <= limit ? text : text.substring(0, limit - 1) + '…';
        return kept.replace('\0', '\uFFFD');
    }
}
