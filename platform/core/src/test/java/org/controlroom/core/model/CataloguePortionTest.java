package org.controlroom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CataloguePortionTest {

    private static final int PRODUCTS = 40_000;
    private static final long FIRST_ID = 1_000_000_000L;

    private static long taken(CataloguePortion portion) {
        return LongStream.range(FIRST_ID, FIRST_ID + PRODUCTS)
                .filter(portion::takes)
                .count();
    }

    @Test
    void portionsThatFollowEachOtherTakeEveryProductOnce() {
        List<CataloguePortion> weeks = new ArrayList<>(List.of(new CataloguePortion(0, 40, 7)));
        for (double from = 40; from < 100; from += 3) {
            weeks.add(new CataloguePortion(from, Math.min(100, from + 3), 7));
        }
        for (long id = FIRST_ID; id < FIRST_ID + PRODUCTS; id++) {
            long product = id;
            assertThat(weeks.stream().filter(week -> week.takes(product))).hasSize(1);
        }
    }

    @Test
    void aPortionTakesItsShareOfTheProducts() {
        assertThat(taken(new CataloguePortion(0, 40, 0))).isCloseTo(16_000, within(200L));
        assertThat(taken(new CataloguePortion(40, 43, 0))).isCloseTo(1_200, within(100L));
        assertThat(taken(CataloguePortion.WHOLE)).isEqualTo(PRODUCTS);
    }

    @Test
    void theOrderIsTheSameInEveryReleaseAndAnotherWithAnotherSeed() {
        assertThat(LongStream.range(1, 21).filter(new CataloguePortion(0, 40, 0)::takes))
                .containsExactly(3L, 5L, 7L, 10L, 11L, 16L, 18L, 20L);
        assertThat(LongStream.range(1, 1_000)
                        .boxed()
                        .filter(new CataloguePortion(0, 40, 1)::takes)
                        .toList())
                .isNotEqualTo(LongStream.range(1, 1_000)
                        .boxed()
                        .filter(new CataloguePortion(0, 40, 2)::takes)
                        .toList());
    }

    @Test
    void limitsAreSaid() {
        assertThatThrownBy(() -> new CataloguePortion(43, 40, 0)).hasMessageContaining("from 43.0 to 40.0 percent");
        assertThatThrownBy(() -> new CataloguePortion(0, 101, 0)).hasMessageContaining("must be 0 <= from < to <= 100");
        assertThatThrownBy(() -> new CataloguePortion(Double.NaN, 40, 0)).hasMessageContaining("NaN");
    }
}
