package org.controlroom.api.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    private long now;
    private final UnderWay underWay = new UnderWay(() -> now);

    @Test
    void nobodyWaitsBeforeTheFirstRequest() {
        assertThat(underWay.any()).isFalse();
    }

    @Test
    void aRequestIsUnderWayUntilItsEndAndThePageMayAskAgain() {
        underWay.begin("a");
        pass(Duration.ofSeconds(3));
        assertThat(underWay.any()).isTrue();
        underWay.end("a");
        pass(UnderWay.BETWEEN_QUESTIONS.minusMillis(1));
        assertThat(underWay.any()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(underWay.any()).isFalse();
    }

    @Test
    void theEndOfOneIsNotTheEndOfAnother() {
        underWay.begin("a");
        underWay.begin("b");
        underWay.end("a");
        pass(UnderWay.BETWEEN_QUESTIONS);
        assertThat(underWay.any()).isTrue();
    }

    @Test
    void aRequestWhoseEndWasMissedIsForgotten() {
        underWay.begin("a");
        pass(UnderWay.LONGEST);
        assertThat(underWay.any()).isFalse();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
