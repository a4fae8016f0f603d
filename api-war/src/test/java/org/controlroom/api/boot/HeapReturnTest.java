package org.controlroom.api.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapReturnTest {

    @Test
    void collectsEarlyOnlyWhileNobodyPredicts() {
        assertThat(HeapReturn.isDue(HeapReturn.WORTHWHILE_MB - 1, true, () -> false))
                .isFalse();
        assertThat(HeapReturn.isDue(HeapReturn.WORTHWHILE_MB, true, () -> false))
                .isTrue();
        assertThat(HeapReturn.isDue(HeapReturn.WORTHWHILE_MB, false, () -> false))
                .isFalse();
        assertThat(HeapReturn.isDue(HeapReturn.URGENT_MB, false, () -> false)).isTrue();
    }

    @Test
    void leavesARunningPipelineAlone() {
        assertThat(HeapReturn.isDue(HeapReturn.URGENT_MB, true, () -> true)).isFalse();
    }

    @Test
    void asksAboutPipelinesOnlyWhenThereIsSomethingToGain() {
        assertThat(HeapReturn.isDue(0, true, () -> {
                    throw new AssertionError("asked");
                }))
                .isFalse();
    }
}
