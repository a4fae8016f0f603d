package org.controlroom.api.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    @Test
    void itFollowsTheAnswersAndWaitsForNone() {
        SynchronousQueue<Boolean> answers = new SynchronousQueue<>();
        try (Reachability watched = Reachability.watch("thing", () -> answer(answers), 1)) {
            assertThat(watched.now()).isNaN();
            give(answers, true);
            await(() -> watched.now() == 1);
            give(answers, false);
            await(() -> watched.now() == 0);
            give(answers, true);
            await(() -> watched.now() == 1);
        }
        // The question in hand, if there is one, gets its answer; then nobody asks any more.
        answers.offer(true);
    }

    private static void answer(SynchronousQueue<Boolean> answers) {
        try {
            Boolean answer = answers.poll(10, TimeUnit.SECONDS);
            if (answer == null || !answer) {
                throw new IllegalStateException("no answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void give(SynchronousQueue<Boolean> answers, boolean answer) {
        try {
            assertThat(answers.offer(answer, 10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }
}
