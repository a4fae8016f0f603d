package org.controlroom.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.core.model.Notice;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.Deployments;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.Statements;
import org.jspecify.annotations.Nullable;

/** Deployment history in table {@code deployments}, and that of each node in {@code node_deployments}. */
public final class JdbcDeployments implements Deployments {

    private static final String COLUMNS =
            "id, model, version, since, ended_at, action, actor, reason, replaced, identity, registry";
    private static final int MAX_REASON = 4_000;
    private static final int MAX_ACTOR = 250;

    private static final Listing<Deployment> DEPLOYMENTS = Listing.of(
                    "deployments",
                    COLUMNS,
                    "deployments",
                    new Sort("id", KeyType.INTEGER),
                    true,
                    JdbcDeployments::deployment)
            .indexedFilter("model", "model", FilterValues::text)
            .filter("version", "version = ?", FilterValues::text)
            .filter("action", "action = ?", FilterValues::text)
            .sort("since", new Sort("id", KeyType.INTEGER));

    private final Database database;

    public JdbcDeployments(Database database) {
        this.database = database;
    }

    /** What the newest entry of a model says. */
    private record Serving(String version, @Nullable String identity) {}

    @Override
    public void began(DeployedVersion deployed, Instant at, String action, String actor, String reason) {
        String model = deployed.model();
        String version = deployed.version();
        database.write("remember deployment of " + model + " " + version, connection -> {
            Serving before = Statements.first(
                            connection,
                            row -> new Serving(Columns.text(row, "version"), row.getString("identity")),
                            "SELECT version, identity FROM deployments WHERE serving = ? FOR UPDATE",
                            model)
                    .orElse(null);
            if (before != null && before.version.equals(version)) {
                if (before.identity == null) {
                    return Statements.update(
                            connection,
                            "UPDATE deployments SET identity = ?, registry = ? WHERE serving = ?",
                            deployed.identity(),
                            deployed.registry(),
                            model);
                }
                if (before.identity.equals(deployed.identity())) {
                    return 0;
                }
            }
            String replaced = before == null ? null : before.version;
            Statements.update(
                    connection, "UPDATE deployments SET serving = NULL, ended_at = ? WHERE serving = ?", at, model);
            NoticeTables.inProduction(
                    connection,
                    action.equals(Deployment.ROLLED_BACK) ? Notice.Kind.ROLLED_BACK : Notice.Kind.PROMOTED,
                    model,
                    version,
                    replaced,
                    cut(reason, MAX_REASON),
                    cut(actor, MAX_ACTOR),
                    at);
            return Statements.update(
                    connection,
                    "INSERT INTO deployments (model, version, since, serving, action, actor, reason, replaced, identity,"
                            + " registry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    model,
                    version,
                    at,
                    model,
                    action,
                    cut(actor, MAX_ACTOR),
                    cut(reason, MAX_REASON),
                    replaced,
                    deployed.identity(),
                    deployed.registry());
        });
    }

    @Override
    public Page<Deployment> deployments(PageRequest request) {
        return database.read("list deployments", connection -> DEPLOYMENTS.page(connection, request));
    }

    @Override
    public Optional<Deployment> serving(String model) {
        return database.read(
                "find what serves of " + model,
                connection -> Statements.first(
                        connection,
                        JdbcDeployments::deployment,
                        "SELECT " + COLUMNS + " FROM deployments WHERE serving = ?",
                        model));
    }

    @Override
    public void answers(
            String node, DeployedVersion deployed, Instant since, Instant seenAt, String cause, boolean first) {
        database.write(
                "remember that " + node + " answers with " + deployed.model() + " " + deployed.version(),
                connection -> NodeDeploymentTable.answers(connection, node, deployed, since, seenAt, cause, first));
    }

    @Override
    public void stopped(String node, String model, Instant at) {
        database.write(
                "remember the end of " + node, connection -> NodeDeploymentTable.stopped(connection, node, model, at));
    }

    @Override
    public Page<NodeDeployment> onNodes(PageRequest request) {
        return database.read(
                "list deployments on nodes", connection -> NodeDeploymentTable.ENTRIES.page(connection, request));
    }

    private static Deployment deployment(ResultSet row) throws SQLException {
        return new Deployment(
                row.getLong("id"),
                Columns.text(row, "model"),
                Columns.text(row, "version"),
                Columns.instant(row, "since"),
                Columns.instantOrNull(row, "ended_at"),
                Columns.text(row, "action"),
                Columns.text(row, "actor"),
                Columns.text(row, "reason"),
                row.getString("replaced"),
                row.getString("identity"),
                row.getString("registry"),
                null);
    }

    private static String cut(String text, int limit) {
        String kept = text.length() <= limit ? text : text.substring(0, limit - 1) + '…';
        return kept.replace('\0', '\uFFFD');
    }
}
