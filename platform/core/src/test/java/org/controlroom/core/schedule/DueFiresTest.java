package org.controlroom.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import org.controlroom.core.fake.FakeCrons;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.Schedule.Misfire;
import org.controlroom.core.model.ScheduledFire.Status;
import org.controlroom.core.port.Schedules.Decided;
import org.junit.jupiter.api.Test;

class DueFiresTest {

    private static final Instant MONDAY = Instant.parse("2026-11-23T09:00:00Z");

    private static List<Decided> decide(String cron, Misfire misfire, Instant from, Instant now, int waiting) {
        Schedule schedule =
                new Schedule("s", "p", new TreeMap<>(), cron, "UTC", true, misfire, Schedule.Overlap.QUEUE, from);
        FireTimes times = new FireTimes(new FakeCrons().parse(cron), ZoneId.of("UTC"));
        return DueFires.decide(schedule, times, now, waiting);
    }

    @Test
    void nothingIsDueBeforeItsTimeAndOneAtIt() {
        Instant from = MONDAY.minusSeconds(60);
        assertThat(decide("09:00", Misfire.ALL, from, MONDAY.minusMillis(1), 0)).isEmpty();
        assertThat(decide("09:00", Misfire.ALL, from, MONDAY, 0))
                .containsExactly(new Decided(MONDAY, Status.WAITING, false, ""));
    }

    @Test
    void whatWasDecidedOnIsNotDueAgain() {
        assertThat(decide("09:00", Misfire.ALL, MONDAY, MONDAY.plusSeconds(3600), 0))
                .isEmpty();
    }

    @Test
    void ofMissedTimesAllOrTheLastOrNoneAreMadeUpFor() {
        Instant from = MONDAY.minusSeconds(1);
        Instant now = MONDAY.plus(Duration.ofDays(2)).plus(Duration.ofHours(3));
        assertThat(decide("09:00", Misfire.ALL, from, now, 0))
                .extracting(Decided::status)
                .containsExactly(Status.WAITING, Status.WAITING, Status.WAITING);
        assertThat(decide("09:00", Misfire.LAST, from, now, 0))
                .extracting(Decided::status)
                .containsExactly(Status.MISSED, Status.MISSED, Status.WAITING);
        assertThat(decide("09:00", Misfire.NONE, from, now, 0))
                .extracting(Decided::status)
                .containsOnly(Status.MISSED);
        assertThat(decide("09:00", Misfire.ALL, from, now, 0))
                .extracting(Decided::late)
                .containsOnly(true);
    }

    @Test
    void aTimeThatIsFoundALittleLateIsOnTime() {
        Instant justNow = MONDAY.plus(DueFires.ON_TIME);
        assertThat(decide("09:00", Misfire.NONE, MONDAY.minusSeconds(1), justNow, 0))
                .containsExactly(new Decided(MONDAY, Status.WAITING, false, ""));
        assertThat(decide("09:00", Misfire.NONE, MONDAY.minusSeconds(1), justNow.plusMillis(1), 0))
                .extracting(Decided::status)
                .containsExactly(Status.MISSED);
    }

    @Test
    void aLongAbsenceIsBounded() {
        Instant now = MONDAY.plus(Duration.ofDays(365 * 20));
        List<Decided> decided = decide("*:00", Misfire.ALL, MONDAY, now, 0);

        assertThat(decided).hasSize(DueFires.MOST);
        assertThat(decided.get(decided.size() - 1).fireTime()).isEqualTo(now);
    }

    @Test
    void aScheduleWhoseRunsNeverEndDoesNotQueueForEver() {
        List<Decided> decided =
                decide("*:00", Misfire.ALL, MONDAY, MONDAY.plus(Duration.ofHours(3)), DueFires.MOST - 1);

        assertThat(decided).extracting(Decided::status).containsExactly(Status.WAITING, Status.FAILED, Status.FAILED);
        assertThat(decided.get(1).reason()).contains("100 fire times");
    }
}
