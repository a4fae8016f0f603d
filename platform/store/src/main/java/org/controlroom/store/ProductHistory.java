package org.controlroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.ProductRevision;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The states of one product, told backwards: the product as it is, and for every change what it replaced. A load that was
 * rolled back is a side branch: its rows hold what it had written, and lead nowhere.
 */
final class ProductHistory {

    static final String INSERT = "INSERT";
    static final String UPDATE = "UPDATE";

    static final String ROWS =
            "SELECT h.load_batch_id, d.batch_name, h.operation_type, h.changed_columns, h.operation_date,"
                    + " h.kept_designation, h.kept_description, h.kept_imageid, h.kept_prdtypecode, h.values_kept,"
                    + " d.rolled_back_at FROM products_history h JOIN data_loads d ON d.id = h.load_batch_id"
                    + " WHERE h.productid = ?";

    /** Checks requests and makes cursors; its rows are never asked for, because they are told backwards. */
    private static final Listing<Long> LIST = Listing.of(
            "history",
            "load_batch_id",
            "products_history",
            new Listing.Sort("load_batch_id", KeyType.INTEGER),
            true,
            row -> row.getLong(1));

    private ProductHistory() {}

    static Page<ProductRevision> page(Connection connection, long productId, PageRequest request) throws SQLException {
        LIST.check(request);
        String after = LIST.keyOfCursor(request);
        long below = after == null ? Long.MAX_VALUE : Long.parseLong(after);
        List<ProductRevision> all = of(connection, productId);
        if (all.isEmpty() && find(connection, productId).isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("product-never", "product {0} was never in the catalogue", productId));
        }
        List<ProductRevision> rest =
                all.stream().filter(revision -> revision.loadId() < below).toList();
        if (rest.size() <= request.limit()) {
            return new Page<>(rest, null);
        }
        List<ProductRevision> items = rest.subList(0, request.limit());
        return new Page<>(
                items,
                LIST.cursorAfter(
                        request, Long.toString(items.get(items.size() - 1).loadId())));
    }

    /** Newest first; empty for a product that never was, or was loaded before loads were kept with it. */
    static List<ProductRevision> of(Connection connection, long productId) throws SQLException {
        Optional<Current> found = find(connection, productId);
        List<Kept> rows = new ArrayList<>(Statements.all(connection, ProductHistory::kept, ROWS, productId));
        Current now = found.orElse(null);
        if (now != null && now.batchName() != null) {
            rows.add(new Kept(now.loadId(), now.batchName(), INSERT, List.of(), now.createdAt(), null, false, null));
        }
        rows.sort((a, b) -> Long.compare(b.loadId(), a.loadId()));
        LabelledProduct[] before = new LabelledProduct[rows.size()];
        LabelledProduct[] after = new LabelledProduct[rows.size()];
        tellKept(rows, now == null ? null : now.product(), productId, before, after);
        tellRolledBack(rows, productId, before, after);
        List<ProductRevision> revisions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Kept row = rows.get(i);
            revisions.add(new ProductRevision(
                    productId,
                    row.loadId(),
                    row.batchName(),
                    row.operation().toLowerCase(Locale.ROOT),
                    row.fields(),
                    row.time(),
                    row.rolledBackAt() != null,
                    before[i],
                    after[i]));
        }
        return revisions;
    }

    /** From the newest to the oldest; of a load that was rolled back the state that its product has without it. */
    private static void tellKept(
            List<Kept> rows,
            @Nullable LabelledProduct current,
            long productId,
            @Nullable LabelledProduct[] before,
            @Nullable LabelledProduct[] after) {
        LabelledProduct state = current;
        for (int i = 0; i < rows.size(); i++) {
            Kept row = rows.get(i);
            after[i] = state;
            if (row.rolledBackAt() == null) {
                state = row.operation().equals(INSERT) ? null : row.changed(state, productId);
            }
            before[i] = state;
        }
    }

    /**
     * From the oldest to the newest. Loads are rolled back in the opposite order, so what such a load found is what the
     * newest older one had made that was rolled back after it, or else what stayed.
     */
    private static void tellRolledBack(
            List<Kept> rows, long productId, @Nullable LabelledProduct[] before, @Nullable LabelledProduct[] after) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            Kept row = rows.get(i);
            if (row.rolledBackAt() == null) {
                continue;
            }
            for (int older = i + 1; older < rows.size(); older++) {
                Instant end = rows.get(older).rolledBackAt();
                if (end != null && end.isAfter(row.time())) {
                    before[i] = after[older];
                    break;
                }
            }
            if (row.operation().equals(INSERT)) {
                before[i] = null;
            }
            after[i] = row.changed(before[i], productId);
        }
    }

    private static Optional<Current> find(Connection connection, long productId) throws SQLException {
        return Statements.first(
                connection,
                row -> new Current(
                        CatalogueLists.product(row),
                        row.getLong("load_batch_id"),
                        row.getString("batch_name"),
                        Columns.instant(row, "created_at")),
                JdbcCatalogueViews.ONE,
                productId);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong("load_batch_id"),
                Columns.text(row, "batch_name"),
                Columns.text(row, "operation_type"),
                JdbcCatalogueViews.fields(Columns.text(row, "changed_columns")),
                Columns.instant(row, "operation_date"),
                values(row),
                row.getBoolean("values_kept"),
                Columns.instantOrNull(row, "rolled_back_at"));
    }

    static Values values(ResultSet row) throws SQLException {
        return new Values(
                row.getString("kept_designation"),
                row.getString("kept_description"),
                Columns.longOrNull(row, "kept_imageid"),
                Columns.intOrNull(row, "kept_prdtypecode"));
    }

    /** @param batchName null when it was loaded before loads were kept with products */
    private record Current(
            LabelledProduct product, long loadId, @Nullable String batchName, Instant createdAt) {}

    /** Columns of a row of the history; those that did not change are null, and so are those that were null. */
    record Values(
            @Nullable String designation,
            @Nullable String description,
            @Nullable Long imageId,
            @Nullable Integer label) {}

    /**
     * One change.
     *
     * @param values null of an insert that the product itself tells
     * @param known whether the values were kept
     */
    private record Kept(
            long loadId,
            String batchName,
            String operation,
            List<String> fields,
            Instant time,
            @Nullable Values values,
            boolean known,
            @Nullable Instant rolledBackAt) {

        /** The state with the values of this row in it; null where that cannot be told. */
        @Nullable LabelledProduct changed(@Nullable LabelledProduct state, long productId) {
            if (values == null || !known) {
                return null;
            }
            if (operation.equals(INSERT)) {
                return new LabelledProduct(
                        productId,
                        new Product(text(values.designation()), text(values.description())),
                        values.imageId(),
                        values.label());
            }
            if (state == null) {
                return null;
            }
            return new LabelledProduct(
                    productId,
                    new Product(
                            fields.contains("designation")
                                    ? text(values.designation())
                                    : state.product().designation(),
                            fields.contains("description")
                                    ? text(values.description())
                                    : state.product().description()),
                    fields.contains("imageid") ? values.imageId() : state.imageId(),
                    fields.contains("prdtypecode") ? values.label() : state.label());
        }

        private static String text(@Nullable String kept) {
            return kept == null ? "" : kept;
        }
    }
}
