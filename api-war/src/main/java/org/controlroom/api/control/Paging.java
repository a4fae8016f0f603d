package org.controlroom.api.control;

import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;

/** Reads {@code limit}, {@code cursor}, {@code sort} and filters from a query: every other parameter is a filter. */
final class Paging {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private Paging() {}

    static PageRequest of(UriInfo uri) {
        return of(uri, Map.of());
    }

    /** @param fixed filters that the path gives; the query cannot change them */
    static PageRequest of(UriInfo uri, Map<String, String> fixed) {
        SortedMap<String, String> filters = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        String sort = null;
        String cursor = null;
        int limit = DEFAULT_LIMIT;
        for (Map.Entry<String, List<String>> parameter :
                uri.getQueryParameters().entrySet()) {
            String name = parameter.getKey();
            String value = parameter.getValue().get(0);
            if (parameter.getValue().size() > 1) {
                problems.add(
                        new Problem(name, "is given " + parameter.getValue().size() + " times; must be once"));
            } else if (fixed.containsKey(name)) {
                problems.add(new Problem(name, "is given by the path"));
            }
            switch (name) {
                case "limit" -> limit = limit(value, problems);
                case "cursor" -> cursor = value;
                case "sort" -> sort = value;
                default -> filters.put(name, value);
            }
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "query", problems);
        }
        filters.putAll(fixed);
        return new PageRequest(filters, sort, cursor, limit);
    }

    /** For a list whose order is fixed. */
    static PageRequest withoutSort(UriInfo uri) {
        PageRequest request = of(uri);
        if (request.sort() != null) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "query", List.of(new Problem("sort", "is not possible here")));
        }
        return request;
    }

    private static int limit(String value, List<Problem> problems) {
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        problems.add(new Problem("limit", Reason.of("range", "'{0}'; must be {1}..{2}", value, 1, MAX_LIMIT)));
        return DEFAULT_LIMIT;
    }

    /**
     * Filters and pages a list that is whole in memory. The cursor is the position of the next item.
     *
     * @param fields text of each field that can be filtered by
     */
    static <T> Page<T> page(List<T> all, PageRequest request, Map<String, Function<T, String>> fields) {
        List<T> found = new ArrayList<>(all);
        for (Map.Entry<String, String> filter : request.filters().entrySet()) {
            Function<T, String> field = fields.get(filter.getKey());
            if (field == null) {
                throw new ControlRoomException(
                        ErrorCode.INVALID_INPUT,
                        "query",
                        List.of(new Problem(
                                filter.getKey(),
                                Reason.of(
                                        "filter-unknown",
                                        "is not a filter; known are {0}",
                                        new TreeMap<>(fields).keySet()))));
            }
            found.removeIf(item -> !field.apply(item).equalsIgnoreCase(filter.getValue()));
        }
        sort(found, request, fields);
        int from = from(request);
        int to = Math.min(found.size(), from + request.limit());
        return new Page<>(found.subList(Math.min(from, to), to), to < found.size() ? Integer.toString(to) : null);
    }

    private static <T> void sort(List<T> found, PageRequest request, Map<String, Function<T, String>> fields) {
        String sort = request.sort();
        if (sort == null) {
            return;
        }
        boolean descending = sort.startsWith("-");
        Function<T, String> field = fields.get(descending ? sort.substring(1) : sort);
        if (field == null) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "query",
                    List.of(new Problem(
                            "sort",
                            Reason.of("one-of", "'{0}'; must be one of {1}", sort, new TreeMap<>(fields).keySet()))));
        }
        java.util.Comparator<T> order = java.util.Comparator.comparing(field);
        found.sort(descending ? order.reversed() : order);
    }

    private static int from(PageRequest request) {
        String cursor = request.cursor();
        if (cursor == null) {
            return 0;
        }
        if (!cursor.matches("[0-9]{1,9}")) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "query",
                    List.of(new Problem(
                            "cursor", Reason.of("page-cursor", "'{0}'; must be the 'next' of a page before", cursor))));
        }
        return Integer.parseInt(cursor);
    }
}
