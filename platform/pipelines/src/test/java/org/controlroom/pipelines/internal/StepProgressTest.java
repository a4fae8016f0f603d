package org.controlroom.pipelines.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.controlroom.spi.ControlRoomException;
import org.junit.jupiter.api.Test;

class StepProgressTest {

    private final List<String> written = new ArrayList<>();
    private final AtomicLong millis = new AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final StepProgress progress = new StepProgress(
            (what, done, total) -> written.add(what + " " + done + "/" + total),
            cancelled::get,
            () -> millis.get() * 1_000_000,
            Duration.ofMillis(500));

    @Test
    void aMillionReportsInOneSecondAreWrittenThreeTimesAndTheLastOnFlush() {
        for (int i = 1; i <= 1_000_000; i++) {
            millis.set(i / 1000);
            progress.report("rows", i, 1_000_000);
        }
        progress.flush();
        assertThat(written).hasSize(4).first().isEqualTo("rows 1/1000000");
        assertThat(written).last().isEqualTo("rows 1000000/1000000");
    }

    @Test
    void newWorkShowsSoonerThanMoreOfTheSame() {
        progress.report("reading", 1, -1);
        millis.set(60);
        progress.report("reading", 2, -1);
        progress.report("solving", 0, 27);
        assertThat(written).containsExactly("reading 1/-1", "solving 0/27");
    }

    @Test
    void turnsOfTwoKindsOfWorkAreStillThinned() {
        for (int i = 0; i < 1000; i++) {
            progress.report("a", i, -1);
            progress.report("b", i, -1);
        }
        assertThat(written).containsExactly("a 0/-1");
    }

    @Test
    void nothingReportedMeansNothingWritten() {
        progress.flush();
        assertThat(written).isEmpty();
    }

    @Test
    void aCancellationIsThrownWhereTheStepAsks() {
        progress.throwIfCancelled();
        cancelled.set(true);
        assertThatThrownBy(progress::throwIfCancelled)
                .isInstanceOf(ControlRoomException.class)
                .hasMessage("cancelled on request");
    }
}
