package org.controlroom.api.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapReturnTest {

    @Test
    void collectsEarlyOnlyWhileNobodyPredicts() {
        assertThat(HeapReturn.isDue(HeapReturn.WORTHWHILE_MB - 1, true, () -> false, () -> false))
                .isFalse();
        assertThat(HeapReturn.isDue(HeapReturn.WORTHWHILE_MB, true, () -> false, () -> false))
                .isTrue();
        assertThat(HeapReturn.isDue(HeapReturn.WORTHWHILE_MB, false, () -> false, () -> false))
                .isFalse();
        assertThat(HeapReturn.isDue(HeapReturn.URGENT_MB, false, () -> false, () -> false))
                .isTrue();
    }

    @Test
    void waitsForTheEndOfAControlRequestUnlessThereIsVeryMuchToGain() {
        for (boolean quiet : new boolean[] {true, false}) {
            assertThat(HeapReturn.isDue(HeapReturn.LAST_MB - 1, quiet, () -> true, () -> false))
                    .isFalse();
            assertThat(HeapReturn.isDue(HeapReturn.LAST_MB, quiet, () -> true, () -> false))
                    .isTrue();
        }
    }

    @Test
    void leavesARunningPipelineAlone() {
        assertThat(HeapReturn.isDue(HeapReturn.URGENT_MB, true, () -> false, () -> true))
                .isFalse();
    }

    @Test
    void asksAboutPipelinesOnlyWhenThereIsSomethingToGain() {
        assertThat(HeapReturn.isDue(0, true, () -> false, () -> {
                    throw new AssertionError("asked");
                }))
                .isFalse();
    }
}
