package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.KeptReason;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.LoadRollback;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.core.model.RunStatus;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Listing.Sort;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/** Lists of the catalogue: columns, filters, sorts, and how a row becomes a record. */
final class CatalogueLists {

    static final String LOAD_COLUMNS = "id, batch_name, source, percentage_from, percentage, portion_seed, status,"
            + " started_at, completed_at, total_rows, rows_added, rows_changed, rows_rejected, error, error_reason,"
            + " rolled_back_at, rolled_back_by, rollback_reason";

    static final Listing<CatalogueLoad> LOADS = Listing.of(
                    "loads", LOAD_COLUMNS, "data_loads", new Sort("id", KeyType.INTEGER), true, CatalogueLists::load)
            .filter("status", "status = ?", FilterValues::status)
            .sort("id", new Sort("id", KeyType.INTEGER));

    static final Listing<RejectedRow> REJECTED_ROWS = Listing.of(
            "rejected rows",
            "load_id, file_name, line, reason, reason_words, row_text",
            "load_rejects",
            new Sort("file_position", KeyType.INTEGER),
            false,
            row -> new RejectedRow(
                    row.getLong("load_id"),
                    Columns.text(row, "file_name"),
                    row.getLong("line"),
                    Columns.text(row, "reason"),
                    KeptReason.read(row.getString("reason_words"), row.getString("reason")),
                    Columns.text(row, "row_text")));

    static final Listing<LabelledProduct> PRODUCTS = products(
            "products p LEFT JOIN labels l ON l.productid = p.productid", new Sort("p.productid", KeyType.INTEGER));

    /** The same led by the label index. */
    static final Listing<LabelledProduct> PRODUCTS_OF_LABEL =
            products("labels l JOIN products p ON p.productid = l.productid", new Sort("l.productid", KeyType.INTEGER));

    static final Listing<DatasetSnapshot> SNAPSHOTS = Listing.of(
            "snapshots",
            "run_id, content_hash, created_at, train_rows, test_rows",
            "dataset_versions",
            new Sort("id", KeyType.INTEGER),
            true,
            row -> new DatasetSnapshot(
                    Columns.text(row, "content_hash"),
                    Columns.text(row, "run_id"),
                    Columns.instant(row, "created_at"),
                    row.getLong("train_rows"),
                    row.getLong("test_rows"),
                    new TreeMap<>()));

    private CatalogueLists() {}

    private static Listing<LabelledProduct> products(String from, Sort key) {
        return Listing.of(
                        "products",
                        "p.productid, p.designation, p.description, p.imageid, l.prdtypecode",
                        from,
                        key,
                        false,
                        CatalogueLists::product)
                .indexedFilter("label", "l.prdtypecode", FilterValues.integer("label"))
                // Named so that requests are checked; ProductSearch answers those that have it.
                .filter("text", "p.designation = ?", FilterValues::text)
                .sort("product_id", key);
    }

    static CatalogueLoad load(ResultSet row) throws SQLException {
        return new CatalogueLoad(
                row.getLong("id"),
                Columns.text(row, "batch_name"),
                Columns.text(row, "source"),
                new CataloguePortion(
                        row.getDouble("percentage_from"), row.getDouble("percentage"), row.getLong("portion_seed")),
                RunStatus.of(Columns.text(row, "status")),
                Columns.instant(row, "started_at"),
                Columns.instantOrNull(row, "completed_at"),
                row.getLong("total_rows"),
                row.getLong("rows_added"),
                row.getLong("rows_changed"),
                row.getLong("rows_rejected"),
                row.getString("error"),
                KeptReason.read(row.getString("error_reason"), row.getString("error")),
                rollback(row));
    }

    private static @Nullable LoadRollback rollback(ResultSet row) throws SQLException {
        Instant at = Columns.instantOrNull(row, "rolled_back_at");
        return at == null
                ? null
                : new LoadRollback(at, Columns.text(row, "rolled_back_by"), Columns.text(row, "rollback_reason"));
    }

    static LabelledProduct product(ResultSet row) throws SQLException {
        return new LabelledProduct(
                row.getLong("productid"),
                new Product(Columns.text(row, "designation"), Columns.text(row, "description")),
                Columns.longOrNull(row, "imageid"),
                Columns.intOrNull(row, "prdtypecode"));
    }

    static DatasetSnapshot withLabels(Connection connection, DatasetSnapshot snapshot) throws SQLException {
        SortedMap<Integer, Long> byLabel = new TreeMap<>();
        Statements.all(
                        connection,
                        row -> Map.entry(row.getInt(1), row.getLong(2)),
                        "SELECT prdtypecode, row_count FROM dataset_version_labels WHERE run_id = ?",
                        snapshot.runId())
                .forEach(count -> byLabel.put(count.getKey(), count.getValue()));
        return new DatasetSnapshot(
                snapshot.hash(),
                snapshot.runId(),
                snapshot.createdAt(),
                snapshot.trainRows(),
                snapshot.testRows(),
                byLabel);
    }
}
