package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.jdbc.Cursor;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.Statements;
import org.jspecify.annotations.Nullable;

/**
 * Finds products by words of their designation, and lists them from the highest id on. No index serves a search for
 * parts of words on both databases, so designations are read in the order of product ids, some hundreds by each query,
 * and compared here; when its time is up, a page hands back how far it came as its cursor.
 */
final class ProductSearch {

    /** Most designations that one query reads. */
    static final int WINDOW = 2_500;

    /** Titles are short, and a small catalogue is to be searched by few queries. */
    static final int SMALLEST_WINDOW = 500;

    private final Database database;
    private final PageRequest request;
    private final DesignationMatch match;
    private final @Nullable Integer label;
    private final boolean descending;
    private final Duration patience;

    private ProductSearch(Database database, PageRequest request, Duration patience) {
        this.database = database;
        this.patience = patience;
        this.request = request;
        match = DesignationMatch.of(request.filters().getOrDefault("text", ""));
        String asked = request.filters().get("label");
        label = asked == null ? null : (Integer) FilterValues.integer("label").apply(asked);
        descending = "-product_id".equals(request.sort());
    }

    /**
     * The first or next page.
     *
     * @param request checked, with filter {@code text}
     * @param patience after which no further query begins
     */
    static Page<LabelledProduct> page(Database database, PageRequest request, Duration patience) {
        return new ProductSearch(database, request, patience).search();
    }

    private Page<LabelledProduct> search() {
        List<Long> found = new ArrayList<>();
        Long after = start();
        SearchPace pace = new SearchPace(patience, SMALLEST_WINDOW, WINDOW);
        do {
            Long from = after;
            int window = match.words().isEmpty() ? request.limit() + 1 : pace.rows();
            List<Title> titles = database.read("search products", connection -> read(connection, from, window));
            for (Title title : titles) {
                if (!match.test(title.designation())) {
                    continue;
                }
                if (found.size() == request.limit()) {
                    return answer(found, found.get(found.size() - 1));
                }
                found.add(title.productId());
            }
            if (titles.size() < window) {
                return answer(found, null);
            }
            after = titles.get(titles.size() - 1).productId();
        } while (pace.goesOn());
        return answer(found, after);
    }

    private @Nullable Long start() {
        Cursor cursor = Cursor.of(request);
        if (cursor == null) {
            return null;
        }
        try {
            return Long.valueOf(cursor.key());
        } catch (NumberFormatException e) {
            throw Cursor.wrong(request.cursor(), e);
        }
    }

    private List<Title> read(Connection connection, @Nullable Long after, int window) throws SQLException {
        List<Object> values = new ArrayList<>();
        if (label != null) {
            values.add(label);
        }
        if (after != null) {
            values.add(after);
        }
        values.add(window);
        return Statements.all(
                connection,
                row -> new Title(row.getLong(1), row.getString(2)),
                sql(label != null, after != null, descending),
                values.toArray());
    }

    /** Of a label, the ids first and by themselves: H2 would fetch the designations of all of them to sort them. */
    static String sql(boolean ofLabel, boolean goesOn, boolean descending) {
        String beyond = "productid" + (descending ? " < ?" : " > ?");
        String order = "productid" + (descending ? " DESC" : "");
        if (!ofLabel) {
            return "SELECT productid, designation FROM product_titles" + (goesOn ? " WHERE " + beyond : "")
                    + " ORDER BY " + order + " FETCH FIRST ? ROWS ONLY";
        }
        return "SELECT l.productid, t.designation FROM (SELECT productid FROM labels WHERE prdtypecode = ?"
                + (goesOn ? " AND " + beyond : "") + " ORDER BY prdtypecode, " + order + " FETCH FIRST ? ROWS ONLY) l"
                + " JOIN product_titles t ON t.productid = l.productid ORDER BY l." + order;
    }

    private Page<LabelledProduct> answer(List<Long> ids, @Nullable Long reached) {
        String next = reached == null
                ? null
                : new Cursor(Cursor.question(request), reached.toString(), reached.toString()).encode();
        if (ids.isEmpty()) {
            return new Page<>(List.of(), next);
        }
        Map<Long, LabelledProduct> products = new HashMap<>();
        database.read(
                        "read found products",
                        connection -> Statements.all(
                                connection,
                                CatalogueLists::product,
                                "SELECT p.productid, p.designation, p.description, p.imageid, l.prdtypecode"
                                        + " FROM products p LEFT JOIN labels l ON l.productid = p.productid"
                                        + " WHERE p.productid IN ("
                                        + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")",
                                ids.toArray()))
                .forEach(product -> products.put(product.productId(), product));
        List<LabelledProduct> items = new ArrayList<>();
        for (Long id : ids) {
            LabelledProduct product = products.get(id);
            if (product != null) {
                items.add(product);
            }
        }
        return new Page<>(items, next);
    }

    private record Title(long productId, String designation) {}
}
