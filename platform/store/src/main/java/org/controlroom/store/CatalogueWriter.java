package org.controlroom.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.controlroom.core.catalogue.ProductRow;
import org.controlroom.core.model.KeptReason;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.jdbc.BulkInsert;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Statements;
import org.controlroom.store.CatalogueImport.Row;
import org.jspecify.annotations.Nullable;

/** Puts rows of a load into products and labels: what is new is added, what differs is changed, the rest is left alone. */
final class CatalogueWriter implements AutoCloseable {

    /** Ids looked up by one statement. */
    private static final int LOOKUP = 250;

    private static final int MAX_WORDS = 2_000;

    private static final String FIND = "SELECT p.productid, p.designation, p.description, p.imageid, l.prdtypecode"
            + " FROM products p LEFT JOIN labels l ON l.productid = p.productid WHERE p.productid IN ("
            + String.join(", ", Collections.nCopies(LOOKUP, "?")) + ")";

    private static final String FIND_ONE = "SELECT p.productid, p.designation, p.description, p.imageid, l.prdtypecode"
            + " FROM products p LEFT JOIN labels l ON l.productid = p.productid WHERE p.productid = ?";

    private static final String LABEL_COLUMN = "prdtypecode";

    private final Connection connection;
    private final Instant now;
    private final long loadId;
    private final boolean empty;
    private final PreparedStatement find;
    private final BulkInsert insertProduct;
    private final PreparedStatement updateProduct;
    private final BulkInsert insertLabel;
    private final PreparedStatement updateLabel;
    private final PreparedStatement insertReject;
    private final BulkInsert insertTitle;
    private final PreparedStatement updateTitle;
    private final PreparedStatement insertHistory;

    /** @param loadId the load that adds and changes */
    CatalogueWriter(Connection connection, Instant now, long loadId) throws SQLException {
        this.connection = connection;
        this.now = now;
        this.loadId = loadId;
        // An empty catalogue has nothing to compare with, which makes the first load faster.
        empty = Statements.first(connection, row -> true, "SELECT productid FROM products FETCH FIRST 1 ROWS ONLY")
                .isEmpty();
        find = connection.prepareStatement(FIND);
        insertProduct = BulkInsert.into(
                connection,
                "products",
                "productid",
                "designation",
                "description",
                "imageid",
                "image_path",
                "created_at",
                "load_batch_id");
        updateProduct = connection.prepareStatement("UPDATE products SET designation = ?, description = ?, imageid = ?,"
                + " image_path = ? WHERE productid = ?");
        insertLabel = BulkInsert.into(connection, "labels", LABEL_COLUMN, "productid");
        updateLabel = connection.prepareStatement("UPDATE labels SET prdtypecode = ? WHERE productid = ?");
        insertReject = connection.prepareStatement("INSERT INTO load_rejects (load_id, file_position, file_name, line,"
                + " reason, reason_words, row_text) VALUES (?, ?, ?, ?, ?, ?, ?)");
        insertTitle = BulkInsert.into(connection, "product_titles", "designation", "productid");
        updateTitle = connection.prepareStatement("UPDATE product_titles SET designation = ? WHERE productid = ?");
        insertHistory = connection.prepareStatement("INSERT INTO products_history (productid, load_batch_id,"
                + " operation_type, changed_columns, operation_date, kept_designation, kept_description,"
                + " kept_imageid, kept_prdtypecode, values_kept) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE)");
    }

    /** Puts rows of different products. @return what each did, in order */
    List<Effect> put(List<Row> rows) throws SQLException {
        List<Effect> effects = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += LOOKUP) {
            List<Row> part = rows.subList(from, Math.min(rows.size(), from + LOOKUP));
            Map<Long, LabelledProduct> known = empty ? Map.of() : find(part);
            for (Row row : part) {
                effects.add(put(row, known.get(row.product().productId())));
            }
        }
        insertProduct.flush();
        updateProduct.executeBatch();
        insertLabel.flush();
        updateLabel.executeBatch();
        insertTitle.flush();
        updateTitle.executeBatch();
        insertHistory.executeBatch();
        return effects;
    }

    private Effect put(Row row, @Nullable LabelledProduct known) throws SQLException {
        ProductRow product = row.product();
        List<String> changed = known == null ? List.of() : changedColumns(row, known);
        if (known == null) {
            insertProduct.add(
                    product.productId(),
                    product.product().designation(),
                    product.product().description(),
                    product.imageId(),
                    imagePath(product),
                    now,
                    loadId);
            insertTitle.add(product.product().designation(), product.productId());
        } else if (!changed.isEmpty() && !changed.equals(List.of(LABEL_COLUMN))) {
            updateProduct.setString(1, product.product().designation());
            updateProduct.setString(2, product.product().description());
            updateProduct.setObject(3, product.imageId(), Types.BIGINT);
            updateProduct.setString(4, imagePath(product));
            updateProduct.setLong(5, product.productId());
            updateProduct.addBatch();
            updateTitle.setString(1, product.product().designation());
            updateTitle.setLong(2, product.productId());
            updateTitle.addBatch();
        }
        Integer knownLabel = known == null ? null : known.label();
        if (row.label() != null && !row.label().equals(knownLabel)) {
            if (knownLabel == null) {
                insertLabel.add(row.label(), product.productId());
            } else {
                updateLabel.setInt(1, row.label());
                updateLabel.setLong(2, product.productId());
                updateLabel.addBatch();
            }
        }
        if (known != null && !changed.isEmpty()) {
            addHistory(known, changed);
            insertHistory.addBatch();
        }
        return new Effect(known == null, !changed.isEmpty());
    }

    /** Names of the columns in which a row differs from what is there. A row without a label has no say. */
    private static List<String> changedColumns(Row row, LabelledProduct known) {
        ProductRow product = row.product();
        List<String> changed = new ArrayList<>();
        if (!known.product().designation().equals(product.product().designation())) {
            changed.add("designation");
        }
        if (!known.product().description().equals(product.product().description())) {
            changed.add("description");
        }
        if (!Objects.equals(known.imageId(), product.imageId())) {
            changed.add("imageid");
        }
        if (row.label() != null && !row.label().equals(known.label())) {
            changed.add(LABEL_COLUMN);
        }
        return changed;
    }

    /** @param known the product before the change */
    private void addHistory(LabelledProduct known, List<String> changed) throws SQLException {
        insertHistory.setLong(1, known.productId());
        insertHistory.setLong(2, loadId);
        insertHistory.setString(3, ProductHistory.UPDATE);
        insertHistory.setString(4, String.join(",", changed));
        insertHistory.setObject(5, Columns.stored(now).atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
        insertHistory.setString(
                6, changed.contains("designation") ? known.product().designation() : null);
        insertHistory.setString(
                7, changed.contains("description") ? known.product().description() : null);
        insertHistory.setObject(8, changed.contains("imageid") ? known.imageId() : null, Types.BIGINT);
        insertHistory.setObject(9, changed.contains(LABEL_COLUMN) ? known.label() : null, Types.INTEGER);
    }

    private Map<Long, LabelledProduct> find(List<Row> rows) throws SQLException {
        for (int i = 0; i < LOOKUP; i++) {
            // A short part asks for its last id more than once, so that one statement serves all.
            find.setLong(i + 1, rows.get(Math.min(i, rows.size() - 1)).product().productId());
        }
        Map<Long, LabelledProduct> known = new HashMap<>();
        try (ResultSet found = find.executeQuery()) {
            while (found.next()) {
                LabelledProduct product = CatalogueLists.product(found);
                known.put(product.productId(), product);
            }
        }
        return known;
    }

    private static @Nullable String imagePath(ProductRow product) {
        Long image = product.imageId();
        return image == null ? null : imagePath(image, product.productId());
    }

    /** The challenge's own name for the picture's file. */
    static String imagePath(long image, long productId) {
        return "image_" + image + "_product_" + productId + ".jpg";
    }

    /**
     * Puts the label of a product that is there, all of whose row this load has put before.
     *
     * @return whether the label is all that this load changes of the product
     */
    boolean putLateLabel(long productId, int label) throws SQLException {
        if (productId < 0) {
            return false;
        }
        Optional<LabelledProduct> found = Statements.first(connection, CatalogueLists::product, FIND_ONE, productId);
        if (found.isEmpty() || Integer.valueOf(label).equals(found.get().label())) {
            return false;
        }
        LabelledProduct known = found.get();
        Statements.update(
                connection,
                known.label() == null
                        ? "INSERT INTO labels (prdtypecode, productid) VALUES (?, ?)"
                        : "UPDATE labels SET prdtypecode = ? WHERE productid = ?",
                label,
                productId);
        return !isAddedHere(productId) && putLateLabelHistory(known);
    }

    private boolean isAddedHere(long productId) throws SQLException {
        return Statements.first(
                        connection,
                        row -> true,
                        "SELECT productid FROM products WHERE productid = ? AND load_batch_id = ?",
                        productId,
                        loadId)
                .isPresent();
    }

    /** @return whether this load had changed nothing else of the product */
    private boolean putLateLabelHistory(LabelledProduct known) throws SQLException {
        int more = Statements.update(
                connection,
                "UPDATE products_history SET changed_columns = changed_columns || ?, kept_prdtypecode = ?"
                        + " WHERE productid = ? AND load_batch_id = ?",
                "," + LABEL_COLUMN,
                known.label(),
                known.productId(),
                loadId);
        if (more > 0) {
            return false;
        }
        addHistory(known, List.of(LABEL_COLUMN));
        insertHistory.executeUpdate();
        return true;
    }

    void putRejects(List<Rejects.Reject> rejects) throws SQLException {
        for (Rejects.Reject reject : rejects) {
            RejectedRow row = reject.row();
            insertReject.setLong(1, row.loadId());
            insertReject.setLong(2, reject.position());
            insertReject.setString(3, row.file());
            insertReject.setLong(4, row.line());
            insertReject.setString(5, row.reason());
            insertReject.setString(6, KeptReason.write(row.words(), MAX_WORDS));
            insertReject.setString(7, row.text());
            insertReject.addBatch();
        }
        if (!rejects.isEmpty()) {
            insertReject.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement :
                List.of(find, updateProduct, updateLabel, insertReject, updateTitle, insertHistory)) {
            statement.close();
        }
        for (BulkInsert insert : List.of(insertProduct, insertLabel, insertTitle)) {
            insert.close();
        }
    }

    /** @param changed whether text, picture or label of a product that was there became another */
    record Effect(boolean added, boolean changed) {}
}
