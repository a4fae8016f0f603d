package org.controlroom.spi.drift;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Observations of one variable over one window of time. */
public sealed interface DriftSample {

    /** Number of observations, 0 or more. */
    long count();

    /** @param values observations in any order; NaN means missing. Not copied, not changed by anyone */
    record Numeric(double[] values) implements DriftSample {
        @Override
        public long count() {
            return values.length;
        }
    }

    /** @param counts observations of each category, 0 or more each */
    record Categorical(SortedMap<String, Long> counts) implements DriftSample {
        public Categorical {
            counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        }

        @Override
        public long count() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @param texts one entry an observation */
    record Text(List<String> texts) implements DriftSample {
        public Text {
            texts = List.copyOf(texts);
        }

        @Override
        public long count() {
            return texts.size();
        }
    }
}
