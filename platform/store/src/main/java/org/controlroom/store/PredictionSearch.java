package org.controlroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Dialect;
import org.controlroom.jdbc.FilterValues;
import org.controlroom.jdbc.Listing;
import org.controlroom.jdbc.Statements;
import org.jspecify.annotations.Nullable;

/**
 * Pages of predictions that no index gives: by text, confidence and time, or by label and version at once. Looks at a
 * stretch of the log after the other, and answers what it has when its time is up, with a cursor to go on from. So every page is quick, however many
 * predictions there are and however few are found; but a page may be short, or empty, and not be the last.
 *
 * <p>Ids ascend with the log, and so, but for what arrives late, does time: a time range becomes a range of ids by
 * bisection.
 */
final class PredictionSearch {

    /** Most ids looked at with one statement. */
    static final int STRETCH = 500;

    private static final int SHORTEST_STRETCH = 64;

    /** Nodes that share a database bring their logs to it at different times. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String LABEL = "label";
    private static final String VERSION = "model_version";
    private static final List<String> WITHOUT_INDEX = List.of("text", "min_confidence", "max_confidence", FROM, TO);

    private final Listing<LoggedPrediction> listing;
    private final Duration patience;

    PredictionSearch(Listing<LoggedPrediction> listing, Duration patience) {
        this.listing = listing;
        this.patience = patience;
    }

    static boolean isNeeded(PageRequest request, Dialect dialect) {
        Map<String, String> filters = request.filters();
        boolean label = filters.containsKey(LABEL);
        boolean version = filters.containsKey(VERSION);
        String sort = request.sort();
        // H2 walks an index forwards only, and those of the columns have the newest first
        boolean backwards = dialect == Dialect.H2 && sort != null && !sort.startsWith("-");
        return WITHOUT_INDEX.stream().anyMatch(filters::containsKey)
                || (label && version)
                || (backwards && (label || version));
    }

    /** The first or next page; {@code next} is null when everything has been looked at. */
    Page<LoggedPrediction> page(Connection connection, PageRequest request) throws SQLException {
        listing.check(request);
        String sort = request.sort();
        boolean descending = sort == null || sort.startsWith("-");
        long[] range = range(connection, request.filters());
        String after = listing.keyOfCursor(request);
        long low = range[0];
        long high = range[1];
        if (after != null && descending) {
            high = Math.min(high, Long.parseLong(after) - 1);
        } else if (after != null) {
            low = Math.max(low, Long.parseLong(after) + 1);
        }
        List<LoggedPrediction> items = new ArrayList<>();
        SearchPace pace = new SearchPace(patience, SHORTEST_STRETCH, STRETCH);
        while (low <= high) {
            long first = descending ? Math.max(low, high - pace.rows() + 1) : low;
            long last = descending ? high : Math.min(high, low + pace.rows() - 1);
            PageRequest rest = new PageRequest(request.filters(), sort, null, request.limit() - items.size());
            Page<LoggedPrediction> found = listing.page(connection, rest, "id BETWEEN ? AND ?", List.of(first, last));
            items.addAll(found.items());
            if (found.next() != null) {
                return new Page<>(items, found.next());
            }
            low = descending ? low : last + 1;
            high = descending ? first - 1 : high;
            boolean full = items.size() == request.limit();
            if (low <= high && (full || !pace.goesOn())) {
                return new Page<>(items, listing.cursorAfter(request, Long.toString(descending ? first : last)));
            }
        }
        return new Page<>(items, null);
    }

    /** The lowest and the highest id that can be meant. */
    private static long[] range(Connection connection, Map<String, String> filters) throws SQLException {
        long low = Statements.number(connection, "SELECT COALESCE(MIN(id), 1) FROM predictions");
        long high = Statements.number(connection, "SELECT COALESCE(MAX(id), 0) FROM predictions");
        Instant from = instant(filters, FROM);
        Instant to = instant(filters, TO);
        long first = from == null ? low : firstAt(connection, low, high, from.minus(LATE));
        long last = to == null ? high : firstAt(connection, low, high, to.plus(LATE));
        long newest = Math.min(
                newest(connection, "predicted_class", label(filters), high),
                newest(connection, VERSION, filters.get(VERSION), high));
        return new long[] {first, Math.min(newest, Math.min(high, last))};
    }

    private static @Nullable Object label(Map<String, String> filters) {
        String text = filters.get(LABEL);
        return text == null ? null : FilterValues.integer(LABEL).apply(text);
    }

    /** The highest id that has the value in an indexed column: a version that serves no more is not in the newest rows. */
    private static long newest(Connection connection, String column, @Nullable Object value, long otherwise)
            throws SQLException {
        if (value == null) {
            return otherwise;
        }
        return Statements.first(
                        connection,
                        row -> row.getLong(1),
                        "SELECT id FROM predictions WHERE " + column + " BETWEEN ? AND ? ORDER BY " + column
                                + ", id DESC FETCH FIRST 1 ROW ONLY",
                        value,
                        value)
                .orElse(0L);
    }

    private static @Nullable Instant instant(Map<String, String> filters, String field) {
        String text = filters.get(field);
        return text == null ? null : (Instant) FilterValues.instant(field).apply(text);
    }

    /** The first id that is not before the time; one above the highest when all are. */
    private static long firstAt(Connection connection, long lowest, long highest, Instant time) throws SQLException {
        long low = lowest;
        long high = highest + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Optional<Instant> at = Statements.first(
                    connection,
                    row -> Columns.instant(row, "predicted_at"),
                    "SELECT predicted_at FROM predictions WHERE id >= ? ORDER BY id FETCH FIRST 1 ROW ONLY",
                    middle);
            if (at.isPresent() && at.get().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
