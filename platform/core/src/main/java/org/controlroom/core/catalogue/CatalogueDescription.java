package org.controlroom.core.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.LengthDistribution;
import org.controlroom.core.model.LengthDistribution.Bucket;
import org.jspecify.annotations.Nullable;

/** Counts products one by one into {@link CatalogueStatistics}. Not thread-safe. */
public final class CatalogueDescription {

    private static final int[] DESIGNATION_BOUNDS = {0, 20, 40, 60, 80, 100, 120, 160, 200, 300};
    private static final int[] DESCRIPTION_BOUNDS = {0, 1, 100, 250, 500, 1_000, 2_000, 4_000, 8_000};

    private final Lengths designations = new Lengths(CatalogueRules.MAX_DESIGNATION);
    private final Lengths descriptions = new Lengths(CatalogueRules.MAX_DESCRIPTION);
    private final SortedMap<Integer, Long> byLabel = new TreeMap<>();
    private final SortedMap<String, Long> byLanguage = new TreeMap<>();
    private long products;
    private long labelled;
    private long withImage;

    /** Counts one product. */
    public void add(LabelledProduct product) {
        products++;
        Integer label = product.label();
        if (label != null) {
            labelled++;
            byLabel.merge(label, 1L, Long::sum);
        }
        if (product.imageId() != null) {
            withImage++;
        }
        byLanguage.merge(LanguageVote.of(product.product()), 1L, Long::sum);
        designations.add(product.product().designation().length());
        descriptions.add(product.product().description().length());
    }

    /** What was counted so far. */
    public CatalogueStatistics statistics(Instant now, @Nullable Long loadId) {
        return new CatalogueStatistics(
                now,
                loadId,
                products,
                labelled,
                withImage,
                descriptions.counts[0],
                byLabel,
                byLanguage,
                designations.distribution(DESIGNATION_BOUNDS),
                descriptions.distribution(DESCRIPTION_BOUNDS));
    }

    /** One counter for each length, so that the quantiles are exact. */
    private static final class Lengths {
        private final long[] counts;
        private long rows;
        private long characters;

        Lengths(int most) {
            counts = new long[most + 1];
        }

        void add(int length) {
            counts[Math.min(length, counts.length - 1)]++;
            rows++;
            characters += length;
        }

        LengthDistribution distribution(int[] bounds) {
            List<Bucket> buckets = new ArrayList<>();
            for (int i = 0; i < bounds.length; i++) {
                boolean last = i == bounds.length - 1;
                int end = last ? counts.length : bounds[i + 1];
                long products = 0;
                for (int length = bounds[i]; length < end; length++) {
                    products += counts[length];
                }
                buckets.add(new Bucket(bounds[i], last ? null : Integer.valueOf(end - 1), products));
            }
            return new LengthDistribution(
                    atRank(1),
                    rows == 0 ? 0 : (double) characters / rows,
                    atRank((rows + 1) / 2),
                    atRank((rows * 95 + 99) / 100),
                    atRank(rows),
                    buckets);
        }

        /** Length of the row at this place in ascending order, from 1. */
        private int atRank(long rank) {
            long seen = 0;
            for (int length = 0; length < counts.length && rows > 0; length++) {
                seen += counts[length];
                if (seen >= rank) {
                    return length;
                }
            }
            return 0;
        }
    }
}
