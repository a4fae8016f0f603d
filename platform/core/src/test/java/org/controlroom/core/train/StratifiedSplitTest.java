package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {

    @Test
    void eachLabelGivesItsShareAndKeepsAtLeastOneRow() {
        int[] labels = IntStream.range(0, 1003)
                .map(row -> row < 1000 ? row % 2 : row < 1002 ? 7 : 9)
                .toArray();
        boolean[] chosen = StratifiedSplit.choose(LongStream.range(0, 1003).toArray(), labels, 0.2, 42);
        assertThat(chosenOf(0, labels, chosen)).isEqualTo(100);
        assertThat(chosenOf(1, labels, chosen)).isEqualTo(100);
        assertThat(chosenOf(7, labels, chosen)).isEqualTo(1);
        assertThat(chosenOf(9, labels, chosen)).isZero();
    }

    private static long chosenOf(int label, int[] labels, boolean[] chosen) {
        return IntStream.range(0, labels.length)
                .filter(row -> labels[row] == label && chosen[row])
                .count();
    }

    @Test
    void aGrowingCatalogueKeepsNearlyAllHeldOutRows() {
        boolean[] before = choose(10_000, 42);
        boolean[] after = choose(11_000, 42);
        long moved = IntStream.range(0, 10_000)
                .filter(row -> before[row] != after[row])
                .count();
        assertThat(moved).isLessThan(100);
    }

    @Test
    void anotherSeedChoosesOtherRows() {
        boolean[] one = choose(10_000, 1);
        boolean[] two = choose(10_000, 2);
        long both =
                IntStream.range(0, 10_000).filter(row -> one[row] && two[row]).count();
        assertThat(both).isBetween(300L, 500L);
    }

    private static boolean[] choose(int rows, long seed) {
        return StratifiedSplit.choose(
                LongStream.range(0, rows).toArray(),
                IntStream.range(0, rows).map(row -> row % 5).toArray(),
                0.2,
                seed);
    }
}
