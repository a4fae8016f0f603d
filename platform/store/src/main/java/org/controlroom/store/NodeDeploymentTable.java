package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.Statements;
import org.jspecify.annotations.Nullable;

/** Which version each node answered with, in table {@code node_deployments}. */
final class NodeDeploymentTable {

    static final Listing<NodeDeployment> ENTRIES = Listing.of(
                    "deployments on nodes",
                    "id, node, model, version, since, ended_at, seen_at, cause, end_cause, actor, reason, replaced,"
                            + " identity, registry",
                    "node_deployments",
                    new Sort("id", KeyType.INTEGER),
                    true,
                    NodeDeploymentTable::entry)
            .indexedFilter("model", "model", FilterValues::text)
            .filter("node", "node = ?", FilterValues::text)
            .filter("version", "version = ?", FilterValues::text)
            .filter("cause", "cause = ?", FilterValues::text)
            .sort("since", new Sort("id", KeyType.INTEGER));

    private static final String REPLACED = "replaced";
    private static final String STOPPED = "stopped";
    private static final String LOST = "lost";

    private NodeDeploymentTable() {}

    /** An entry without an end. */
    private record Open(long id, String version, @Nullable String identity, Instant seenAt) {

        boolean is(DeployedVersion deployed) {
            return version.equals(deployed.version()) && (identity == null || identity.equals(deployed.identity()));
        }
    }

    private static String serving(String node, String model) {
        return node + "/" + model;
    }

    private static Optional<Open> open(Connection connection, String node, String model) throws SQLException {
        return Statements.first(
                connection,
                row -> new Open(
                        row.getLong("id"),
                        Columns.text(row, "version"),
                        row.getString("identity"),
                        Columns.instant(row, "seen_at")),
                "SELECT id, version, identity, seen_at FROM node_deployments WHERE serving = ? FOR UPDATE",
                serving(node, model));
    }

    static int answers(
            Connection connection,
            String node,
            DeployedVersion deployed,
            Instant since,
            Instant seenAt,
            String cause,
            boolean first)
            throws SQLException {
        String model = deployed.model();
        String version = deployed.version();
        Open open = open(connection, node, model).orElse(null);
        if (open != null && !first && open.is(deployed)) {
            // The node may have been faster than whoever wrote the deployment.
            return Statements.update(
                    connection,
                    "UPDATE node_deployments SET seen_at = ?, actor = ?, reason = ?, identity = ?, registry = ?"
                            + " WHERE id = ?",
                    seenAt,
                    said(connection, "actor", model, version),
                    said(connection, "reason", model, version),
                    deployed.identity(),
                    deployed.registry(),
                    open.id());
        }
        if (open != null) {
            end(connection, open, first ? open.seenAt() : since, first ? LOST : REPLACED);
        }
        return Statements.update(
                connection,
                "INSERT INTO node_deployments (node, model, version, since, seen_at, serving, cause, actor, reason,"
                        + " replaced, identity, registry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                node,
                model,
                version,
                since,
                seenAt,
                serving(node, model),
                cause,
                said(connection, "actor", model, version),
                said(connection, "reason", model, version),
                open == null || open.is(deployed) ? null : open.version(),
                deployed.identity(),
                deployed.registry());
    }

    static int stopped(Connection connection, String node, String model, Instant at) throws SQLException {
        Open open = open(connection, node, model).orElse(null);
        return open == null ? 0 : end(connection, open, at, STOPPED);
    }

    private static int end(Connection connection, Open open, Instant at, String cause) throws SQLException {
        return Statements.update(
                connection,
                "UPDATE node_deployments SET serving = NULL, ended_at = ?, end_cause = ? WHERE id = ?",
                at,
                cause,
                open.id());
    }

    /** What the newest deployment of the version says; a dash when there is none yet. */
    private static String said(Connection connection, String column, String model, String version) throws SQLException {
        return Statements.first(
                        connection,
                        row -> Columns.text(row, column),
                        "SELECT " + column
                                + " FROM deployments WHERE model = ? AND version = ? ORDER BY id DESC LIMIT 1",
                        model,
                        version)
                .orElse("–");
    }

    private static NodeDeployment entry(ResultSet row) throws SQLException {
        return new NodeDeployment(
                row.getLong("id"),
                Columns.text(row, "node"),
                Columns.text(row, "model"),
                Columns.text(row, "version"),
                Columns.instant(row, "since"),
                Columns.instantOrNull(row, "ended_at"),
                Columns.instant(row, "seen_at"),
                Columns.text(row, "cause"),
                row.getString("end_cause"),
                Columns.text(row, "actor"),
                Columns.text(row, "reason"),
                row.getString("replaced"),
                row.getString("identity"),
                row.getString("registry"),
                null);
    }
}
