package org.controlroom.core.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A question for one page of a list.
 *
 * @param filters exact values by field; each list says which fields it knows, an unknown one is INVALID_INPUT
 * @param sort field to sort by, with a leading {@code -} for descending; null for the list's own order (newest first)
 * @param cursor {@link Page#next()} of the page before; null for the first page
 * @param limit items at most, 1..500
 */
public record PageRequest(
        SortedMap<String, String> filters,
        @Nullable String sort,
        @Nullable String cursor,
        int limit) {

    public PageRequest {
        filters = Collections.unmodifiableSortedMap(new TreeMap<>(filters));
    }

    /** The first items in the list's own order. */
    public static PageRequest first(int limit) {
        return new PageRequest(new TreeMap<>(), null, null, limit);
    }
}
