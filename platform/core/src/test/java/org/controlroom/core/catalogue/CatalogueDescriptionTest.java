package org.controlroom.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.LengthDistribution.Bucket;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueDescriptionTest {

    private final CatalogueDescription description = new CatalogueDescription();

    private void add(int designation, int text, @Nullable Long image, @Nullable Integer label) {
        description.add(new LabelledProduct(1, new Product("x".repeat(designation), "y".repeat(text)), image, label));
    }

    @Test
    void everyProductIsInOneBucketOfEachDistribution() {
        add(19, 0, null, 10);
        add(20, 1, 7L, 10);
        add(39, 99, null, 2280);
        add(10_000, 100_000, null, null);
        CatalogueStatistics statistics = description.statistics(Instant.EPOCH, 3L);

        assertThat(statistics.products()).isEqualTo(4);
        assertThat(statistics.labelled()).isEqualTo(3);
        assertThat(statistics.withImage()).isEqualTo(1);
        assertThat(statistics.withoutDescription()).isEqualTo(1);
        assertThat(statistics.byLabel()).containsExactly(Map.entry(10, 2L), Map.entry(2280, 1L));
        assertThat(statistics.byLanguage()).containsExactly(Map.entry("unknown", 4L));
        assertThat(statistics.designationChars().buckets())
                .contains(new Bucket(0, 19, 1), new Bucket(20, 39, 2), new Bucket(300, null, 1));
        assertThat(statistics.descriptionChars().buckets())
                .startsWith(new Bucket(0, 0, 1), new Bucket(1, 99, 2))
                .endsWith(new Bucket(8_000, null, 1));
        assertThat(statistics.designationChars().buckets().stream()
                        .mapToLong(Bucket::products)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void meanMedianAndPercentileAreExact() {
        for (int length = 1; length <= 100; length++) {
            add(length, 0, null, null);
        }
        var lengths = description.statistics(Instant.EPOCH, null).designationChars();
        assertThat(lengths.shortest()).isEqualTo(1);
        assertThat(lengths.mean()).isEqualTo(50.5);
        assertThat(lengths.median()).isEqualTo(50);
        assertThat(lengths.percentile95()).isEqualTo(95);
        assertThat(lengths.longest()).isEqualTo(100);
    }

    @Test
    void anEmptyCatalogueIsAllZeros() {
        CatalogueStatistics statistics = description.statistics(Instant.EPOCH, null);
        assertThat(statistics.products()).isZero();
        assertThat(statistics.designationChars().mean()).isZero();
        assertThat(statistics.designationChars().longest()).isZero();
        assertThat(statistics.byLanguage()).isEmpty();
    }
}
