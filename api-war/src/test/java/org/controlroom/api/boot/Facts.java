package org.controlroom.api.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.controlroom.core.artifact.SafeFiles;

/** What runs of pipelines leave in tables and files, without times and without ids that are made by chance. */
final class Facts {

    /** Of loads and runs only their order counts: numbers that the database keeps in hand are lost with a kill. */
    private static final SortedMap<String, String> TABLES = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "products",
                    "SELECT p.productid, p.designation, p.description, l.percentage FROM products p"
                            + " JOIN data_loads l ON l.id = p.load_batch_id ORDER BY p.productid"),
            Map.entry("titles", "SELECT productid, designation FROM product_titles ORDER BY productid"),
            Map.entry("labels", "SELECT productid, prdtypecode FROM labels ORDER BY productid"),
            Map.entry(
                    "loads",
                    "SELECT status, percentage, total_rows, rows_added, rows_changed, rows_rejected"
                            + " FROM data_loads ORDER BY id"),
            Map.entry("changes", "SELECT productid, operation_type FROM products_history ORDER BY 1, 2"),
            Map.entry("rejects", "SELECT COUNT(*) FROM load_rejects"),
            Map.entry(
                    "statistics",
                    "SELECT l.percentage FROM catalogue_statistics s JOIN data_loads l ON l.id = s.load_id"),
            Map.entry(
                    "datasets",
                    "SELECT id, content_hash, week, percentage, train_rows, test_rows FROM datasets ORDER BY number"),
            Map.entry(
                    "dataset files",
                    "SELECT dataset_id, name, byte_count, sha256 FROM dataset_files ORDER BY dataset_id, file_position"),
            Map.entry(
                    "dataset sides", "SELECT split, productid, test_part FROM dataset_sides ORDER BY split, productid"),
            Map.entry("snapshots", "SELECT content_hash, train_rows, test_rows FROM dataset_versions ORDER BY id"),
            Map.entry("pipeline runs", "SELECT pipeline, status, unfinished FROM pipeline_runs ORDER BY id"),
            Map.entry("pipeline steps", "SELECT name, status FROM pipeline_steps ORDER BY run_id, name"),
            Map.entry(
                    "registry runs",
                    "SELECT e.name, r.status FROM registry_runs r"
                            + " JOIN registry_experiments e ON e.id = r.experiment_id ORDER BY r.run_order"),
            Map.entry(
                    "registry artifacts",
                    "SELECT a.path, a.byte_count, a.sha256 FROM registry_artifacts a"
                            + " JOIN registry_runs r ON r.run_id = a.run_id ORDER BY r.run_order, a.path"),
            Map.entry("model versions", "SELECT model, version, stage FROM registry_versions ORDER BY version_order"),
            Map.entry("aliases", "SELECT model, alias, version FROM registry_aliases ORDER BY model, alias"),
            Map.entry("deployments", "SELECT model, version, serving, action, replaced FROM deployments ORDER BY id")));

    private final DataSource source;
    private final Path state;

    Facts(DataSource source, Path state) {
        this.source = source;
        this.state = state;
    }

    SortedMap<String, String> all() throws SQLException, IOException {
        SortedMap<String, String> facts = new TreeMap<>();
        try (Connection connection = source.getConnection()) {
            for (String table : TABLES.keySet()) {
                facts.put(table, rows(connection, TABLES.get(table)));
            }
            facts.put("registry files without a row", orphans(connection).toString());
        }
        facts.put("files", files().toString());
        return facts;
    }

    /** Few rows as they are, so that a difference can be read; of many the hash. */
    private static String rows(Connection connection, String query) throws SQLException {
        StringBuilder text = new StringBuilder();
        int count = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                count++;
                for (int column = 1; column <= columns; column++) {
                    text.append(column == 1 ? "|" : ",").append(result.getString(column));
                }
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return count + " rows "
                + (count <= 60
                        ? text
                        : HexFormat.of().formatHex(SafeFiles.newSha256().digest(bytes)));
    }

    /** Where the registry keeps artifacts and has no row for. */
    private List<String> orphans(Connection connection) throws SQLException, IOException {
        List<String> known = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT DISTINCT location FROM registry_artifacts")) {
            while (result.next()) {
                known.add(result.getString(1));
            }
        }
        return below(state.resolve("registry"))
                .filter(file -> known.stream().noneMatch(file::contains))
                .toList();
    }

    /** Files of datasets with their content; what else a run keeps by name. */
    private List<String> files() throws IOException {
        return Stream.concat(
                        below(state.resolve("datasets"))
                                .map(file -> "datasets/" + file + " "
                                        + SafeFiles.sha256(
                                                state.resolve("datasets").resolve(file))),
                        below(state.resolve("work")).map(file -> "work/" + file.replaceAll("run-[0-9]+", "run")))
                .toList();
    }

    private static Stream<String> below(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
