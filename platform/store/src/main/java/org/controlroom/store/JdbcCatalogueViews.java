package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.controlroom.core.catalogue.CatalogueDescription;
import org.controlroom.core.model.CatalogueProduct;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.ProductChange;
import org.controlroom.core.model.ProductRevision;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** Statistics and single products from the tables. The statistics of the newest load are kept in memory and in a table. */
public final class JdbcCatalogueViews implements CatalogueViews {

    private static final int SLICE = 2_000;

    private static final String ALL = "SELECT p.productid, p.designation, p.description, p.imageid, l.prdtypecode"
            + " FROM products p LEFT JOIN labels l ON l.productid = p.productid WHERE p.productid > ?"
            + " ORDER BY p.productid FETCH FIRST " + SLICE + " ROWS ONLY";

    static final String ONE =
            "SELECT p.productid, p.designation, p.description, p.imageid, l.prdtypecode, p.created_at,"
                    + " p.load_batch_id, d.batch_name FROM products p LEFT JOIN labels l ON l.productid = p.productid"
                    + " LEFT JOIN data_loads d ON d.id = p.load_batch_id WHERE p.productid = ?";

    /** Without what was taken back. */
    static final String CHANGES = "SELECT h.load_batch_id, d.batch_name, h.operation_type, h.changed_columns,"
            + " h.operation_date FROM products_history h JOIN data_loads d ON d.id = h.load_batch_id"
            + " WHERE h.productid = ? AND d.rolled_back_at IS NULL ORDER BY h.load_batch_id DESC FETCH FIRST 100 ROWS ONLY";

    static final String NEWEST_LOAD = "SELECT id FROM data_loads WHERE status = ? AND rolled_back_at IS NULL"
            + " ORDER BY status DESC, id DESC FETCH FIRST 1 ROWS ONLY";

    private final Database database;
    private final InstantSource clock;

    /** Held while the products are counted, so that many callers cause one count. */
    private final Object counting = new Object();

    private volatile @Nullable CatalogueStatistics newest;

    public JdbcCatalogueViews(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public CatalogueStatistics statistics() {
        Long load = database.read("look for the newest load", JdbcCatalogueViews::newestLoad)
                .orElse(null);
        CatalogueStatistics kept = newest;
        if (kept != null && isOf(kept, load)) {
            return kept;
        }
        synchronized (counting) {
            kept = newest;
            if (kept != null && isOf(kept, load)) {
                return kept;
            }
            CatalogueStatistics found = stored(load).orElseGet(this::count);
            newest = found;
            return found;
        }
    }

    private static boolean isOf(CatalogueStatistics statistics, @Nullable Long load) {
        return Objects.equals(statistics.loadId(), load);
    }

    private static Optional<Long> newestLoad(Connection connection) throws SQLException {
        return Statements.first(connection, row -> row.getLong(1), NEWEST_LOAD, RunStatus.COMPLETED.text());
    }

    private Optional<CatalogueStatistics> stored(@Nullable Long load) {
        if (load == null) {
            return Optional.empty();
        }
        return database.read("read statistics", connection -> StoredStatistics.ofLoad(connection, load));
    }

    private CatalogueStatistics count() {
        CatalogueStatistics counted = database.readSnapshot("count products", connection -> {
            CatalogueDescription description = new CatalogueDescription();
            long after = -1;
            List<LabelledProduct> slice;
            do {
                slice = Statements.all(connection, CatalogueLists::product, ALL, after);
                slice.forEach(description::add);
                after = slice.isEmpty() ? after : slice.get(slice.size() - 1).productId();
            } while (slice.size() == SLICE);
            return description.statistics(
                    clock.instant(), newestLoad(connection).orElse(null));
        });
        Long load = counted.loadId();
        if (load != null) {
            store(load, StoredStatistics.write(counted));
        }
        return counted;
    }

    private void store(long load, String content) {
        database.write("keep statistics", connection -> {
            Statements.update(connection, "DELETE FROM catalogue_statistics WHERE load_id <= ?", load);
            return Statements.insertIfAbsent(
                    connection,
                    "SELECT load_id FROM catalogue_statistics WHERE load_id = ?",
                    List.of(load),
                    "INSERT INTO catalogue_statistics (load_id, content) VALUES (?, ?)",
                    List.of(load, content));
        });
    }

    @Override
    public CatalogueProduct product(long productId) {
        return database.readSnapshot("read product " + productId, connection -> {
                    List<ProductChange> changes =
                            Statements.all(connection, JdbcCatalogueViews::change, CHANGES, productId);
                    return Statements.first(connection, row -> product(row, changes), ONE, productId);
                })
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND,
                        Reason.of("product-unknown", "product {0} is not in the catalogue", productId)));
    }

    @Override
    public Page<ProductRevision> history(long productId, PageRequest request) {
        return database.readSnapshot(
                "read history of product " + productId,
                connection -> ProductHistory.page(connection, productId, request));
    }

    @Override
    public Page<ProductRevision> changes(long loadId, PageRequest request) {
        return database.readSnapshot(
                "list changes of load " + loadId, connection -> LoadChanges.page(connection, loadId, request));
    }

    /** @param updates newest first; the load that added the product comes after them, where it is known */
    private static CatalogueProduct product(ResultSet row, List<ProductChange> updates) throws SQLException {
        List<ProductChange> changes = new ArrayList<>(updates);
        Instant created = Columns.instant(row, "created_at");
        String batch = row.getString("batch_name");
        if (batch != null) {
            changes.add(new ProductChange(row.getLong("load_batch_id"), batch, "insert", List.of(), created));
        }
        return new CatalogueProduct(CatalogueLists.product(row), created, changes);
    }

    private static ProductChange change(ResultSet row) throws SQLException {
        return new ProductChange(
                row.getLong("load_batch_id"),
                Columns.text(row, "batch_name"),
                Columns.text(row, "operation_type").toLowerCase(Locale.ROOT),
                fields(Columns.text(row, "changed_columns")),
                Columns.instant(row, "operation_date"));
    }

    static List<String> fields(String columns) {
        return columns.isEmpty() ? List.of() : List.of(columns.split(",", -1));
    }
}
