package org.controlroom.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.DatasetVersions;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Statements;

/** Dataset versions in tables {@code datasets} and those beside it, sides of products in {@code dataset_sides}. */
public final class JdbcDatasetVersions implements DatasetVersions {

    private static final int SLICE = 10_000;
    private static final int BATCH = 1_000;

    private static final String COLUMNS = "id, content_hash, run_id, created_at, load_ids, week, percentage, seed,"
            + " test_fraction, balancing_strategy, balanced_size, train_rows, train_written, test_rows, left_out_rows,"
            + " registry_run";

    private static final Listing<DatasetVersion> LIST = Listing.of(
                    "datasets",
                    COLUMNS,
                    "datasets",
                    new Listing.Sort("number", KeyType.INTEGER),
                    true,
                    JdbcDatasetVersions::bare)
            .filter("hash", "content_hash = ?", FilterValues::text)
            .filter("run_id", "run_id = ?", FilterValues::text);

    private final Database database;

    public JdbcDatasetVersions(Database database) {
        this.database = database;
    }

    @Override
    public DatasetSides sides(String split) {
        return database.readSnapshot("read split '" + split + "'", connection -> sides(connection, split));
    }

    /** By slices, because H2 gathers a whole result in memory before it gives the first row. */
    private static DatasetSides sides(Connection connection, String split) throws SQLException {
        long[] ids = new long[SLICE];
        boolean[] test = new boolean[SLICE];
        int count = 0;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT productid, test_part FROM dataset_sides WHERE split = ? AND productid > ?"
                        + " ORDER BY split, productid FETCH FIRST " + SLICE + " ROWS ONLY")) {
            int found;
            do {
                Statements.bind(statement, split, count == 0 ? -1L : ids[count - 1]);
                found = 0;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (count == ids.length) {
                            ids = Arrays.copyOf(ids, count * 2);
                            test = Arrays.copyOf(test, count * 2);
                        }
                        ids[count] = rows.getLong(1);
                        test[count++] = rows.getBoolean(2);
                        found++;
                    }
                }
            } while (found == SLICE);
        }
        return new DatasetSides(Arrays.copyOf(ids, count), Arrays.copyOf(test, count));
    }

    @Override
    public void save(DatasetVersion version, String split, DatasetSides added) {
        database.write("save dataset " + version.id(), connection -> {
            if (Statements.number(connection, "SELECT COUNT(*) FROM datasets WHERE id = ?", version.id()) == 0) {
                insert(connection, version);
            }
            return addSides(connection, split, added);
        });
    }

    private static void insert(Connection connection, DatasetVersion version) throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO datasets (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                version.id(),
                version.hash(),
                version.runId(),
                version.createdAt(),
                version.loadIds().stream().map(String::valueOf).collect(Collectors.joining(",")),
                version.week(),
                version.percentage(),
                version.seed(),
                version.testFraction(),
                version.balancingStrategy(),
                version.balancedSize(),
                version.trainRows(),
                version.trainWritten(),
                version.testRows(),
                version.leftOutRows(),
                version.registryRun());
        for (DatasetVersion.ClassRows one : version.classes()) {
            Statements.update(
                    connection,
                    "INSERT INTO dataset_classes (dataset_id, prdtypecode, train_rows, train_written, test_rows,"
                            + " left_out_rows, weight) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    version.id(),
                    one.label(),
                    one.train(),
                    one.written(),
                    one.test(),
                    one.leftOut(),
                    one.weight());
        }
        int position = 0;
        for (DatasetVersion.File file : version.files()) {
            Statements.update(
                    connection,
                    "INSERT INTO dataset_files (dataset_id, file_position, name, byte_count, sha256)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    version.id(),
                    position++,
                    file.name(),
                    file.bytes(),
                    file.sha256());
        }
    }

    /** Those that are not there yet; a week adds few to many. */
    private static int addSides(Connection connection, String split, DatasetSides added) throws SQLException {
        DatasetSides known = sides(connection, split);
        int at = 0;
        int waiting = 0;
        int all = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO dataset_sides (split, productid, test_part) VALUES (?, ?, ?)")) {
            for (int i = 0; i < added.size(); i++) {
                while (at < known.size() && known.id(at) < added.id(i)) {
                    at++;
                }
                if (at < known.size() && known.id(at) == added.id(i)) {
                    continue;
                }
                insert.setString(1, split);
                insert.setLong(2, added.id(i));
                insert.setBoolean(3, added.isTest(i));
                insert.addBatch();
                all++;
                if (++waiting == BATCH) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                insert.executeBatch();
            }
        }
        return all;
    }

    @Override
    public void logged(String id, String registryRun) {
        database.write(
                "note registry run of dataset " + id,
                connection -> Statements.update(
                        connection, "UPDATE datasets SET registry_run = ? WHERE id = ?", registryRun, id));
    }

    @Override
    public Optional<DatasetVersion> find(String id) {
        return database.readSnapshot("read dataset " + id, connection -> {
            Optional<DatasetVersion> bare = Statements.first(
                    connection, JdbcDatasetVersions::bare, "SELECT " + COLUMNS + " FROM datasets WHERE id = ?", id);
            return bare.isEmpty() ? bare : Optional.of(full(connection, bare.get()));
        });
    }

    @Override
    public Page<DatasetVersion> list(PageRequest request) {
        return database.readSnapshot("list datasets", connection -> {
            Page<DatasetVersion> bare = LIST.page(connection, request);
            List<DatasetVersion> full = new ArrayList<>();
            for (DatasetVersion version : bare.items()) {
                full.add(full(connection, version));
            }
            return new Page<>(full, bare.next());
        });
    }

    private static DatasetVersion bare(ResultSet row) throws SQLException {
        return new DatasetVersion(
                Columns.text(row, "id"),
                Columns.text(row, "content_hash"),
                Columns.text(row, "run_id"),
                Columns.instant(row, "created_at"),
                ids(Columns.text(row, "load_ids")),
                row.getInt("week"),
                row.getDouble("percentage"),
                row.getLong("seed"),
                row.getDouble("test_fraction"),
                Columns.text(row, "balancing_strategy"),
                Columns.longOrNull(row, "balanced_size"),
                row.getLong("train_rows"),
                row.getLong("train_written"),
                row.getLong("test_rows"),
                row.getLong("left_out_rows"),
                List.of(),
                List.of(),
                row.getString("registry_run"));
    }

    private static List<Long> ids(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
    }

    private static DatasetVersion full(Connection connection, DatasetVersion bare) throws SQLException {
        return bare.with(
                Statements.all(
                        connection,
                        row -> new DatasetVersion.ClassRows(
                                row.getInt(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getDouble(6)),
                        "SELECT prdtypecode, train_rows, train_written, test_rows, left_out_rows, weight"
                                + " FROM dataset_classes WHERE dataset_id = ? ORDER BY prdtypecode",
                        bare.id()),
                Statements.all(
                        connection,
                        row -> new DatasetVersion.File(
                                Columns.text(row, "name"), row.getLong("byte_count"), Columns.text(row, "sha256")),
                        "SELECT name, byte_count, sha256 FROM dataset_files WHERE dataset_id = ? ORDER BY file_position",
                        bare.id()));
    }
}
