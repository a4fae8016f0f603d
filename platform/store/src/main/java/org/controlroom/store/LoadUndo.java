package org.controlroom.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.LoadRollback;
import org.controlroom.core.model.RunStatus;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Takes a load back inside one transaction. What it changed gets the kept values, and the history keeps what it had
 * written; what it added is moved from the products into the history.
 */
final class LoadUndo implements AutoCloseable {

    private static final int SLICE = 500;

    private static final String CHANGED =
            "SELECT h.productid, h.changed_columns, h.kept_designation, h.kept_description,"
                    + " h.kept_imageid, h.kept_prdtypecode, p.designation, p.description, p.imageid, l.prdtypecode"
                    + " FROM products_history h JOIN products p ON p.productid = h.productid"
                    + " LEFT JOIN labels l ON l.productid = h.productid"
                    + " WHERE h.load_batch_id = ? AND h.productid > ? ORDER BY h.productid FETCH FIRST " + SLICE
                    + " ROWS ONLY";

    private final Connection connection;
    private final long loadId;
    private final PreparedStatement product;
    private final PreparedStatement title;
    private final PreparedStatement history;

    private LoadUndo(Connection connection, long loadId) throws SQLException {
        this.connection = connection;
        this.loadId = loadId;
        product = connection.prepareStatement("UPDATE products SET designation = ?, description = ?, imageid = ?,"
                + " image_path = ? WHERE productid = ?");
        title = connection.prepareStatement("UPDATE product_titles SET designation = ? WHERE productid = ?");
        history = connection.prepareStatement("UPDATE products_history SET kept_designation = ?, kept_description = ?,"
                + " kept_imageid = ?, kept_prdtypecode = ? WHERE productid = ? AND load_batch_id = ?");
    }

    /** @return whether anything was done; a load that is rolled back already stays as it is */
    static boolean run(Connection connection, long loadId, LoadRollback rollback) throws SQLException {
        // First of all, so that a second one that comes meanwhile waits here and then finds it done.
        int taken = Statements.update(
                connection,
                "UPDATE data_loads SET rolled_back_at = ?, rolled_back_by = ?, rollback_reason = ?"
                        + " WHERE id = ? AND status = ? AND rolled_back_at IS NULL",
                rollback.at(),
                rollback.by(),
                rollback.reason(),
                loadId,
                RunStatus.COMPLETED.text());
        if (taken == 0) {
            requireRolledBack(connection, loadId);
            return false;
        }
        requireNewest(connection, loadId);
        try (LoadUndo undo = new LoadUndo(connection, loadId)) {
            undo.restoreChanged();
            undo.removeAdded();
        }
        Statements.update(connection, "DELETE FROM catalogue_statistics WHERE load_id >= ?", loadId);
        return true;
    }

    private static void requireRolledBack(Connection connection, long loadId) throws SQLException {
        String status = Statements.first(
                        connection,
                        row -> Columns.text(row, "status"),
                        "SELECT status FROM data_loads WHERE id = ?",
                        loadId)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, Reason.of("load-unknown", "load {0} does not exist", loadId)));
        if (!status.equals(RunStatus.COMPLETED.text())) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "load-not-completed",
                            "load {0} is {1}; only a completed load changed anything to roll back",
                            loadId,
                            status));
        }
    }

    private static void requireNewest(Connection connection, long loadId) throws SQLException {
        List<Long> later = Statements.all(
                connection,
                row -> row.getLong(1),
                "SELECT id FROM data_loads WHERE id > ? AND (status = ? OR status = ?) AND rolled_back_at IS NULL"
                        + " ORDER BY id DESC FETCH FIRST 1 ROWS ONLY",
                loadId,
                RunStatus.COMPLETED.text(),
                RunStatus.RUNNING.text());
        if (!later.isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "load-not-newest",
                            "load {0} is not the newest; roll back load {1} first",
                            loadId,
                            later.get(0)));
        }
        if (Statements.number(
                        connection,
                        "SELECT COUNT(*) FROM data_loads WHERE id = ? AND rows_added <> (SELECT COUNT(*) FROM products"
                                + " WHERE load_batch_id = ?)",
                        loadId,
                        loadId)
                > 0) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "load-too-old-added",
                            "load {0} added products before loads were kept with them; it cannot be rolled back",
                            loadId));
        }
        long unknown = Statements.number(
                connection,
                "SELECT COUNT(*) FROM products_history WHERE load_batch_id = ? AND values_kept = FALSE",
                loadId);
        if (unknown > 0) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "load-too-old-changed",
                            "load {0} changed {1} products before the values that a change replaces were kept; it cannot be rolled back",
                            loadId,
                            unknown));
        }
    }

    private void restoreChanged() throws SQLException {
        long after = -1;
        while (true) {
            List<Change> slice = Statements.all(connection, LoadUndo::change, CHANGED, loadId, after);
            for (Change change : slice) {
                restore(change);
            }
            product.executeBatch();
            title.executeBatch();
            history.executeBatch();
            if (slice.size() < SLICE) {
                return;
            }
            after = slice.get(slice.size() - 1).now().productId();
        }
    }

    private void restore(Change change) throws SQLException {
        List<String> fields = change.fields();
        LabelledProduct now = change.now();
        ProductHistory.Values kept = change.kept();
        boolean newTitle = fields.contains("designation");
        boolean newText = fields.contains("description");
        boolean newImage = fields.contains("imageid");
        boolean newLabel = fields.contains("prdtypecode");
        if (newTitle || newText || newImage) {
            product.setString(1, newTitle ? kept.designation() : now.product().designation());
            product.setString(2, newText ? kept.description() : now.product().description());
            Long image = newImage ? kept.imageId() : now.imageId();
            product.setObject(3, image, Types.BIGINT);
            product.setString(4, image == null ? null : CatalogueWriter.imagePath(image, now.productId()));
            product.setLong(5, now.productId());
            product.addBatch();
        }
        if (newTitle) {
            title.setString(1, kept.designation());
            title.setLong(2, now.productId());
            title.addBatch();
        }
        if (newLabel) {
            restoreLabel(now.productId(), kept.label());
        }
        history.setString(1, newTitle ? now.product().designation() : null);
        history.setString(2, newText ? now.product().description() : null);
        history.setObject(3, newImage ? now.imageId() : null, Types.BIGINT);
        history.setObject(4, newLabel ? now.label() : null, Types.INTEGER);
        history.setLong(5, now.productId());
        history.setLong(6, loadId);
        history.addBatch();
    }

    /** No load takes a label away, so the one to restore replaces one that is there. */
    private void restoreLabel(long productId, @Nullable Integer label) throws SQLException {
        if (label == null) {
            Statements.update(connection, "DELETE FROM labels WHERE productid = ?", productId);
        } else {
            Statements.update(connection, "UPDATE labels SET prdtypecode = ? WHERE productid = ?", label, productId);
        }
    }

    private void removeAdded() throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO products_history (productid, load_batch_id, operation_type, changed_columns,"
                        + " operation_date, kept_designation, kept_description, kept_imageid, kept_prdtypecode,"
                        + " values_kept) SELECT p.productid, p.load_batch_id, 'INSERT', '', p.created_at,"
                        + " p.designation, p.description, p.imageid, l.prdtypecode, TRUE FROM products p"
                        + " LEFT JOIN labels l ON l.productid = p.productid WHERE p.load_batch_id = ?",
                loadId);
        for (String table : List.of("labels", "product_titles", "products")) {
            Statements.update(
                    connection,
                    "DELETE FROM " + table + " WHERE productid IN (SELECT productid FROM products_history"
                            + " WHERE load_batch_id = ? AND operation_type = 'INSERT')",
                    loadId);
        }
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(
                JdbcCatalogueViews.fields(Columns.text(row, "changed_columns")),
                ProductHistory.values(row),
                CatalogueLists.product(row));
    }

    @Override
    public void close() throws SQLException {
        product.close();
        title.close();
        history.close();
    }

    /** @param now the product as the load left it */
    private record Change(List<String> fields, ProductHistory.Values kept, LabelledProduct now) {}
}
