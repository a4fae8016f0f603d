package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SearchPaceTest {

    private static int next(int rows, int tookMs) {
        return SearchPace.next(rows, Duration.ofMillis(tookMs).toNanos(), 64, 500);
    }

    @Test
    void aQuickStatementIsFollowedByOneTwiceAsLongUpToTheMost() {
        assertThat(next(64, 0)).isEqualTo(128);
        assertThat(next(128, 1)).isEqualTo(256);
        assertThat(next(256, 2)).isEqualTo(500);
        assertThat(next(500, 1)).isEqualTo(500);
    }

    @Test
    void aStatementThatTookTooLongIsFollowedByAShorterOneInProportion() {
        assertThat(next(500, 16)).isEqualTo(250);
        assertThat(next(500, 343)).isEqualTo(64);
        assertThat(next(400, 8)).isEqualTo(400);
    }

    @Test
    void aSearchWithoutPatienceEndsAfterItsFirstStatementAndABoundedOneInTheEnd() {
        assertThat(new SearchPace(Duration.ZERO, 64, 500).goesOn()).isFalse();
        SearchPace patient = new SearchPace(Duration.ofMinutes(1), 64, 500);
        assertThat(patient.rows()).isEqualTo(64);
        assertThat(patient.goesOn()).isTrue();
        assertThat(patient.rows()).isGreaterThan(64);
        SearchPace brief = new SearchPace(Duration.ofMillis(5), 64, 500);
        int statements = 0;
        while (brief.goesOn()) {
            statements++;
        }
        assertThat(statements).isPositive();
    }
}
