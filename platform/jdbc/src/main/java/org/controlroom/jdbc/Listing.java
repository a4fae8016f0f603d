package org.controlroom.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.controlroom.core.model.ListMistakes;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.spi.ControlRoomException;
import org.jspecify.annotations.Nullable;

/**
 * One list of the interface: its columns, the filters and sorts it knows, and its own order. Pages are cut by the key of
 * the last row (keyset), so that the thousandth costs as much as the first. Immutable, thread-safe.
 *
 * @param <T> item
 */
public final class Listing<T> {

    private final String name;
    private final String columns;
    private final String from;
    private final Sort key;
    private final boolean newestFirst;
    private final Row<T> row;
    private final Map<String, Filter> filters;
    private final Map<String, Sort> sorts;

    private Listing(
            String name,
            String columns,
            String from,
            Sort key,
            boolean newestFirst,
            Row<T> row,
            Map<String, Filter> filters,
            Map<String, Sort> sorts) {
        this.name = name;
        this.columns = columns;
        this.from = from;
        this.key = key;
        this.newestFirst = newestFirst;
        this.row = row;
        this.filters = filters;
        this.sorts = sorts;
    }

    /**
     * A list without filters and sorts.
     *
     * @param name plural, as messages call it
     * @param columns what to select
     * @param from tables and joins
     * @param key unique column that gives the list's own order
     * @param newestFirst whether that order is descending
     */
    public static <T> Listing<T> of(
            String name, String columns, String from, Sort key, boolean newestFirst, Row<T> row) {
        return new Listing<>(name, columns, from, key, newestFirst, row, Map.of(), Map.of());
    }

    /**
     * This list with one more filter.
     *
     * @param condition SQL with one {@code ?}
     * @param value turns the text of the request into the value to bind
     */
    public Listing<T> filter(String field, String condition, Function<String, Object> value) {
        Map<String, Filter> more = new LinkedHashMap<>(filters);
        more.put(field, new Filter(condition, null, value, false));
        return new Listing<>(name, columns, from, key, newestFirst, row, more, sorts);
    }

    /** The same for one key of a filter that has a place for any, and is not named beside it. */
    public Listing<T> keyFilter(String field, String condition, Function<String, Object> value) {
        Map<String, Filter> more = new LinkedHashMap<>(filters);
        more.put(field, new Filter(condition, null, value, true));
        return new Listing<>(name, columns, from, key, newestFirst, row, more, sorts);
    }

    /**
     * This list with one more filter that asks for one value of a column, for which there is an index of this column and
     * the list's key.
     */
    public Listing<T> indexedFilter(String field, String column, Function<String, Object> value) {
        Map<String, Filter> more = new LinkedHashMap<>(filters);
        more.put(field, new Filter(column + " = ?", column, value, false));
        return new Listing<>(name, columns, from, key, newestFirst, row, more, sorts);
    }

    /** This list with one more sort. */
    public Listing<T> sort(String field, Sort sort) {
        Map<String, Sort> more = new LinkedHashMap<>(sorts);
        more.put(field, sort);
        return new Listing<>(name, columns, from, key, newestFirst, row, filters, more);
    }

    /** This list with other tables and joins, which must offer the same columns. */
    public Listing<T> from(String tables) {
        return new Listing<>(name, columns, tables, key, newestFirst, row, filters, sorts);
    }

    /** The first or next page. */
    public Page<T> page(Connection connection, PageRequest request) throws SQLException {
        return page(connection, request, null, List.of());
    }

    /**
     * The first or next page of the rows for which a condition holds.
     *
     * @param within SQL condition, always there; null for none
     * @param withinValues its values
     */
    public Page<T> page(Connection connection, PageRequest request, @Nullable String within, List<?> withinValues)
            throws SQLException {
        check(request);
        String asked = request.sort();
        boolean descending = asked == null ? newestFirst : asked.startsWith("-");
        Sort sort = asked == null ? key : sorts.getOrDefault(field(asked), key);
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (within != null) {
            conditions.add(within);
            values.addAll(withinValues);
        }
        Filter lead = within == null || Dialect.of(connection) == Dialect.H2 ? lead(request, sort) : null;
        boolean asRange = lead != null && Dialect.of(connection) == Dialect.POSTGRESQL;
        request.filters().forEach((field, text) -> {
            Filter filter = Objects.requireNonNull(filters.get(field));
            Object value = filter.value.apply(text);
            if (asRange && filter.equals(lead)) {
                conditions.add(filter.column + " BETWEEN ? AND ?");
                values.add(value);
            } else {
                conditions.add(filter.condition);
            }
            values.add(value);
        });
        Cursor cursor = Cursor.of(request);
        if (cursor != null) {
            addKeyset(cursor, sort, descending, conditions, values);
        }
        values.add(request.limit() + 1);
        // an index goes by the list's own order; read backwards, its first column descends
        String first = lead == null ? "" : lead.column + (asRange && descending != newestFirst ? " DESC, " : ", ");
        return read(connection, sql(sort, descending, conditions, first), values, request, sort);
    }

    private void addKeyset(Cursor cursor, Sort sort, boolean descending, List<String> conditions, List<Object> values) {
        String beyond = descending ? " < ?" : " > ?";
        Object keyValue = key.type.parse(cursor.key());
        if (sort.equals(key)) {
            conditions.add(key.expression + beyond);
            values.add(keyValue);
            return;
        }
        // The first part alone decides nothing, but lets the database start in the index.
        Object sortValue = sort.type.parse(cursor.sortValue());
        conditions.add(sort.expression + (descending ? " <= ?" : " >= ?"));
        conditions.add("(" + sort.expression + beyond + " OR " + key.expression + beyond + ")");
        values.add(sortValue);
        values.add(sortValue);
        values.add(keyValue);
    }

    /**
     * The filter whose index gives the order. Its column has one value in all rows and so changes no order, but tells H2
     * which index to walk. PostgreSQL sees through that and walks the key instead, in the hope to meet enough such rows
     * soon; of a value that only old rows have it meets none for long. A range that holds one value leaves it no choice.
     */
    private @Nullable Filter lead(PageRequest request, Sort sort) {
        if (!sort.equals(key)) {
            return null;
        }
        return filters.entrySet().stream()
                .filter(entry -> request.filters().containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(filter -> filter.column != null)
                .findFirst()
                .orElse(null);
    }

    private String sql(Sort sort, boolean descending, List<String> conditions, String lead) {
        String direction = descending ? " DESC" : "";
        return "SELECT " + columns + ", " + sort.expression + " AS sort_value, " + key.expression
                + " AS key_value FROM "
                + from
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY " + lead + sort.expression + direction
                + (sort.equals(key) ? "" : ", " + key.expression + direction)
                + " FETCH FIRST ? ROWS ONLY";
    }

    private Page<T> read(Connection connection, String sql, List<Object> values, PageRequest request, Sort sort)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Statements.bind(statement, values.toArray());
            statement.setFetchSize(request.limit() + 1);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> items = new ArrayList<>();
                String next = null;
                while (rows.next()) {
                    if (items.size() == request.limit()) {
                        return new Page<>(items, next);
                    }
                    items.add(row.read(rows));
                    if (items.size() == request.limit()) {
                        next = new Cursor(
                                        Cursor.question(request),
                                        sort.type.write(rows, "sort_value"),
                                        key.type.write(rows, "key_value"))
                                .encode();
                    }
                }
                return new Page<>(items, null);
            }
        }
    }

    /**
     * Checks a request without asking the database.
     *
     * @throws ControlRoomException INVALID_INPUT with every filter that is unknown or has a value that it cannot have, the
     *     sort, the cursor and the limit that are wrong
     */
    public void check(PageRequest request) {
        ListMistakes mistakes = new ListMistakes(name);
        request.filters().forEach((field, text) -> {
            Filter filter = filters.get(field);
            if (filter == null) {
                mistakes.unknownFilter(field, known());
            } else {
                mistakes.read(field, () -> filter.value.apply(text));
            }
        });
        String sort = request.sort();
        if (sort != null && !sorts.containsKey(field(sort))) {
            mistakes.unknownSort(sort, sorts.keySet());
        }
        if (mistakes.isEmpty()) {
            // of another question when that itself is wrong
            mistakes.read("cursor", () -> Optional.ofNullable(Cursor.of(request)));
        }
        mistakes.checkLimit(request);
        mistakes.refuseAny();
    }

    /** Names of the filters for people; those of one key stand for that which has a place for it. */
    private List<String> known() {
        return filters.entrySet().stream()
                .filter(each -> !each.getValue().ofOneKey)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String field(String sort) {
        return sort.startsWith("-") ? sort.substring(1) : sort;
    }

    /**
     * Key of the row that the request's page comes after; null for the first page.
     *
     * @throws ControlRoomException INVALID_INPUT when the cursor belongs to another question
     */
    public @Nullable String keyOfCursor(PageRequest request) {
        Cursor cursor = Cursor.of(request);
        if (cursor == null) {
            return null;
        }
        key.type.parse(cursor.key());
        return cursor.key();
    }

    /**
     * The cursor of the page after a row, whether this row is in the list or not.
     *
     * @param request sorted by the list's key
     */
    public String cursorAfter(PageRequest request, String keyValue) {
        return new Cursor(Cursor.question(request), keyValue, keyValue).encode();
    }

    /** Reads the current row of a result. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * What a list can be sorted by.
     *
     * @param expression SQL, never null for any row
     */
    public record Sort(String expression, KeyType type) {}

    /**
     * @param column the one that an index leads with; null when there is none
     * @param ofOneKey see {@link #keyFilter}
     */
    private record Filter(
            String condition, @Nullable String column, Function<String, Object> value, boolean ofOneKey) {}
}
