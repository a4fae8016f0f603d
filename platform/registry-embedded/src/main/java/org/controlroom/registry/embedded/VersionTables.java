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
import java.util.TreeSet;
import org.controlroom.core.model.ModelPlace;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RegisteredModel;
import org.controlroom.core.model.Stage;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** SQL of registered models, their versions, tags and aliases. */
final class VersionTables {

    private static final String COLUMNS = "model, version, run_id, stage, created_at";

    private static final Listing<ModelVersion> VERSIONS = Listing.of(
                    "versions",
                    COLUMNS,
                    "registry_versions",
                    new Sort("version_order", KeyType.INTEGER),
                    true,
                    VersionTables::bare)
            .filter("name", "model = ?", FilterValues::text)
            .filter("stage", "stage = ?", text -> Stage.of(text).title())
            .sort("created_at", new Sort("version_order", KeyType.INTEGER));

    private VersionTables() {}

    /** Adds the next version of a model that exists; numbers are never used again. */
    static ModelVersion insert(
            Connection connection, String model, ModelPlace place, Map<String, String> tags, Instant now)
            throws SQLException {
        Statements.update(
                connection, "UPDATE registry_models SET last_version = last_version + 1 WHERE name = ?", model);
        int version =
                (int) Statements.number(connection, "SELECT last_version FROM registry_models WHERE name = ?", model);
        Statements.update(
                connection,
                "INSERT INTO registry_versions (model, version, run_id, folder, stage, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                model,
                version,
                place.runId(),
                place.folder(),
                Stage.NONE.title(),
                now);
        putTags(connection, model, version, tags);
        return version(connection, model, Integer.toString(version));
    }

    static long nextVersion(Connection connection, String model) throws SQLException {
        return Statements.first(
                                connection,
                                row -> row.getLong("last_version"),
                                "SELECT last_version FROM registry_models WHERE name = ?",
                                model)
                        .orElse(0L)
                + 1;
    }

    static RegisteredModel model(Connection connection, String model) throws SQLException {
        SortedMap<String, String> aliases = new TreeMap<>();
        Statements.all(
                        connection,
                        row -> Map.entry(Columns.text(row, "alias"), Integer.toString(row.getInt("version"))),
                        "SELECT alias, version FROM registry_aliases WHERE model = ?",
                        model)
                .forEach(alias -> aliases.put(alias.getKey(), alias.getValue()));
        return Statements.first(
                        connection,
                        row -> new RegisteredModel(
                                model,
                                Columns.instant(row, "created_at"),
                                Integer.toString(row.getInt("last_version")),
                                aliases),
                        "SELECT created_at, last_version FROM registry_models WHERE name = ?",
                        model)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, Reason.of("model-unknown", "model '{0}' is not in the registry", model)));
    }

    static ModelVersion version(Connection connection, String model, String version) throws SQLException {
        Optional<ModelVersion> bare = Statements.first(
                connection,
                VersionTables::bare,
                "SELECT " + COLUMNS + " FROM registry_versions WHERE model = ? AND version = ?",
                model,
                number(model, version));
        return full(connection, bare.orElseThrow(() -> missing(model, version)));
    }

    static ModelPlace place(Connection connection, String model, String version) throws SQLException {
        return Statements.first(
                        connection,
                        row -> new ModelPlace(Columns.text(row, "run_id"), Columns.text(row, "folder")),
                        "SELECT run_id, folder FROM registry_versions WHERE model = ? AND version = ?",
                        model,
                        number(model, version))
                .orElseThrow(() -> missing(model, version));
    }

    static Optional<ModelVersion> byAlias(Connection connection, String model, String alias) throws SQLException {
        Optional<Integer> version = Statements.first(
                connection,
                row -> row.getInt("version"),
                "SELECT version FROM registry_aliases WHERE model = ? AND alias = ?",
                model,
                alias);
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(version(connection, model, Integer.toString(version.get())));
    }

    static Page<ModelVersion> versions(Connection connection, PageRequest request) throws SQLException {
        Page<ModelVersion> page = VERSIONS.page(connection, request);
        List<ModelVersion> full = new ArrayList<>();
        for (ModelVersion bare : page.items()) {
            full.add(full(connection, bare));
        }
        return new Page<>(full, page.next());
    }

    /** Locks the model until the end of the transaction and checks that the version exists. @return its number */
    static int lock(Connection connection, String model, String version) throws SQLException {
        Optional<String> found = Statements.first(
                connection,
                row -> Columns.text(row, "name"),
                "SELECT name FROM registry_models WHERE name = ? FOR UPDATE",
                model);
        int number = number(model, version);
        long versions = Statements.number(
                connection, "SELECT COUNT(*) FROM registry_versions WHERE model = ? AND version = ?", model, number);
        if (found.isEmpty() || versions == 0) {
            throw missing(model, version);
        }
        return number;
    }

    static void setAlias(Connection connection, String model, String alias, int version) throws SQLException {
        int updated = Statements.update(
                connection,
                "UPDATE registry_aliases SET version = ? WHERE model = ? AND alias = ?",
                version,
                model,
                alias);
        if (updated == 0) {
            Statements.update(
                    connection,
                    "INSERT INTO registry_aliases (model, alias, version) VALUES (?, ?, ?)",
                    model,
                    alias,
                    version);
        }
    }

    static void setStage(Connection connection, String model, int version, Stage stage, boolean archiveOthers)
            throws SQLException {
        if (archiveOthers) {
            Statements.update(
                    connection,
                    "UPDATE registry_versions SET stage = ? WHERE model = ? AND stage = ? AND version <> ?",
                    Stage.ARCHIVED.title(),
                    model,
                    stage.title(),
                    version);
        }
        Statements.update(
                connection,
                "UPDATE registry_versions SET stage = ? WHERE model = ? AND version = ?",
                stage.title(),
                model,
                version);
    }

    static void putTags(Connection connection, String model, int version, Map<String, String> tags)
            throws SQLException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            int updated = Statements.update(
                    connection,
                    "UPDATE registry_version_tags SET content = ? WHERE model = ? AND version = ? AND name = ?",
                    tag.getValue(),
                    model,
                    version,
                    tag.getKey());
            if (updated == 0) {
                Statements.update(
                        connection,
                        "INSERT INTO registry_version_tags (model, version, name, content) VALUES (?, ?, ?, ?)",
                        model,
                        version,
                        tag.getKey(),
                        tag.getValue());
            }
        }
    }

    static void deleteTag(Connection connection, String model, int version, String tag) throws SQLException {
        Statements.update(
                connection,
                "DELETE FROM registry_version_tags WHERE model = ? AND version = ? AND name = ?",
                model,
                version,
                tag);
    }

    private static ModelVersion bare(ResultSet row) throws SQLException {
        return new ModelVersion(
                Columns.text(row, "model"),
                Integer.toString(row.getInt("version")),
                Columns.text(row, "run_id"),
                Stage.of(Columns.text(row, "stage")),
                new TreeSet<>(),
                new TreeMap<>(),
                Columns.instant(row, "created_at"));
    }

    private static ModelVersion full(Connection connection, ModelVersion bare) throws SQLException {
        int number = Integer.parseInt(bare.version());
        SortedMap<String, String> tags = new TreeMap<>();
        Statements.all(
                        connection,
                        row -> Map.entry(Columns.text(row, "name"), Columns.text(row, "content")),
                        "SELECT name, content FROM registry_version_tags WHERE model = ? AND version = ?",
                        bare.name(),
                        number)
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        TreeSet<String> aliases = new TreeSet<>(Statements.all(
                connection,
                row -> Columns.text(row, "alias"),
                "SELECT alias FROM registry_aliases WHERE model = ? AND version = ?",
                bare.name(),
                number));
        return new ModelVersion(
                bare.name(), bare.version(), bare.runId(), bare.stage(), aliases, tags, bare.createdAt());
    }

    private static int number(String model, String version) {
        try {
            return Integer.parseInt(version);
        } catch (NumberFormatException e) {
            throw missing(model, version);
        }
    }

    private static ControlRoomException missing(String model, String version) {
        return new ControlRoomException(
                ErrorCode.NOT_FOUND,
                Reason.of("version-unknown", "model '{0}' version '{1}' is not in the registry", model, version));
    }
}
