package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.ProductRevision;
import org.controlroom.jdbc.KeyType;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** What one load did: the products that name it as the one that added them, and the rows of the history. */
final class LoadChanges {

    static final String ADDED = "SELECT productid FROM products WHERE load_batch_id = ? AND productid > ?"
            + " ORDER BY productid FETCH FIRST ? ROWS ONLY";

    static final String KEPT = "SELECT productid FROM products_history WHERE load_batch_id = ? AND productid > ?"
            + " ORDER BY productid FETCH FIRST ? ROWS ONLY";

    private static final Listing<Long> LIST = Listing.of(
            "changes",
            "productid",
            "products",
            new Listing.Sort("productid", KeyType.INTEGER),
            false,
            row -> row.getLong(1));

    private LoadChanges() {}

    static Page<ProductRevision> page(Connection connection, long loadId, PageRequest request) throws SQLException {
        LIST.check(request);
        if (Statements.number(connection, "SELECT COUNT(*) FROM data_loads WHERE id = ?", loadId) == 0) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND, Reason.of("load-unknown", "load {0} does not exist", loadId));
        }
        String cursor = LIST.keyOfCursor(request);
        long after = cursor == null ? -1 : Long.parseLong(cursor);
        TreeSet<Long> ids = new TreeSet<>();
        for (String query : List.of(ADDED, KEPT)) {
            ids.addAll(Statements.all(connection, row -> row.getLong(1), query, loadId, after, request.limit() + 1));
        }
        List<ProductRevision> items = new ArrayList<>();
        for (long productId : ids) {
            if (items.size() == request.limit()) {
                return new Page<>(
                        items,
                        LIST.cursorAfter(
                                request,
                                Long.toString(items.get(items.size() - 1).productId())));
            }
            ProductHistory.of(connection, productId).stream()
                    .filter(revision -> revision.loadId() == loadId)
                    .forEach(items::add);
        }
        return new Page<>(items, null);
    }
}
