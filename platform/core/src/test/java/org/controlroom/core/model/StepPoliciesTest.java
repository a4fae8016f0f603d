package org.controlroom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.controlroom.spi.ControlRoomException;
import org.junit.jupiter.api.Test;

class StepPoliciesTest {

    @Test
    void delaysGrowToTheirBoundAndVaryByAQuarter() {
        StepPolicy policy = new StepPolicy(9, Duration.ofSeconds(2), Duration.ofSeconds(20), null);

        assertThat(policy.delay(1, 0.5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.delay(2, 0.5)).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.delay(3, 0.5)).isEqualTo(Duration.ofSeconds(20));
        assertThat(policy.delay(60, 0.5)).isEqualTo(Duration.ofSeconds(20));
        assertThat(policy.delay(1, 0)).isEqualTo(Duration.ofMillis(1500));
        assertThat(policy.delay(1, 1)).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void aStepHasWhatIsSetForItAndTheUsualOtherwise() {
        StepPolicies policies = StepPolicies.of(
                StepPolicy.DEFAULT,
                "train-classifier.limit-minutes=90, train-classifier.attempts=1,promote.attempts=7");

        assertThat(policies.of("train-classifier").attempts()).isEqualTo(1);
        assertThat(policies.of("train-classifier").limit()).isEqualTo(Duration.ofMinutes(90));
        assertThat(policies.of("promote").attempts()).isEqualTo(7);
        assertThat(policies.of("promote").limit()).isNull();
        assertThat(policies.of("other")).isEqualTo(StepPolicy.DEFAULT);
    }

    @Test
    void allMistakesAreNamed() {
        ControlRoomException refused = catchThrowableOfType(
                ControlRoomException.class,
                () -> StepPolicies.of(StepPolicy.DEFAULT, "a.attempts=0,b,c.tries=3,d.limit-minutes=x,e.attempts=2"));

        assertThat(refused.problems()).hasSize(4);
    }
}
