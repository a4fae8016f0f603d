package org.controlroom.core.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The catalogue in figures.
 *
 * @param products products in all
 * @param labelled products with a known label
 * @param byLabel labelled products of each code
 */
public record CatalogueTotals(long products, long labelled, SortedMap<Integer, Long> byLabel) {

    public CatalogueTotals {
        byLabel = Collections.unmodifiableSortedMap(new TreeMap<>(byLabel));
    }
}
