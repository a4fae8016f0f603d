package org.controlroom.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.controlroom.core.schedule.FireTimes;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronUtilsExpressionsTest {

    private final CronUtilsExpressions crons = new CronUtilsExpressions();

    private List<String> next(String cron, String zone, String after, int count) {
        return new FireTimes(crons.parse(cron), ZoneId.of(zone))
                .next(Instant.parse(after), count).stream()
                        .map(Instant::toString)
                        .toList();
    }

    @Test
    void mondayMidnightIsEverySeventhDay() {
        assertThat(next("0 0 * * 1", "UTC", "2026-11-24T00:00:00Z", 3))
                .containsExactly("2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z", "2026-12-14T00:00:00Z");
        assertThat(next("0 0 * * 1", "UTC", "2026-11-30T00:00:00Z", 1)).containsExactly("2026-12-07T00:00:00Z");
    }

    @Test
    void aFixedTimeKeepsItsClockTimeWhenTheClocksAreMoved() {
        assertThat(next("0 9 * * *", "Europe/Paris", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
        assertThat(next("0 9 * * *", "Europe/Paris", "2026-10-24T00:00:00Z", 3))
                .containsExactly("2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z", "2026-10-26T08:00:00Z");
    }

    @Test
    void aTimeThatTheClocksSkipIsDueWhenTheyHaveBeenMoved() {
        // In Paris 02:00 became 03:00 on 29 March 2026, at 01:00 UTC.
        assertThat(next("30 2 * * *", "Europe/Paris", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void aTimeThatTheClocksRepeatIsDueOnce() {
        // In Paris 03:00 became 02:00 on 25 October 2026, at 01:00 UTC.
        assertThat(next("30 2 * * *", "Europe/Paris", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", "Europe/Paris", "2026-10-25T00:45:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void everyHourFollowsTheHoursAsTheyPass() {
        assertThat(next("30 * * * *", "Europe/Paris", "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
        assertThat(next("30 * * * *", "Europe/Paris", "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
        assertThat(next("*/20 * * * *", "Europe/Paris", "2026-10-25T00:30:00Z", 5))
                .containsExactly(
                        "2026-10-25T00:40:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:20:00Z",
                        "2026-10-25T01:40:00Z",
                        "2026-10-25T02:00:00Z");
    }

    @Test
    void clocksThatAreMovedByHalfAnHourAreUnderstood() {
        // On Lord Howe Island 02:00 became 02:30 on 4 October 2026, at 15:30 UTC of the day before.
        assertThat(next("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 2))
                .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu"})
    void timesAscendAndAreTheSameWhereverOneStartsToAsk(String zone) {
        for (String cron : List.of("30 2 * * *", "*/15 * * * *", "0 */2 * * *", "30 1,2,3 * * 0", "0 0 1 * *")) {
            FireTimes times = new FireTimes(crons.parse(cron), ZoneId.of(zone));
            for (String from : List.of("2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z", "2026-10-03T10:00:00Z")) {
                List<Instant> all = times.next(Instant.parse(from), 40);
                assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(40);
                for (int i = 1; i < all.size(); i++) {
                    assertThat(times.next(all.get(i).minusSeconds(1)))
                            .as("%s in %s", cron, zone)
                            .hasValue(all.get(i));
                    assertThat(times.next(all.get(i - 1))).hasValue(all.get(i));
                }
            }
        }
    }

    @Test
    void aLeapDayIsFoundYearsAhead() {
        assertThat(next("0 0 29 2 *", "UTC", "2026-11-24T00:00:00Z", 2))
                .containsExactly("2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "61 * * * *", "* * * *", "* * * * * *", "@daily", "0 0 30 2 *", "0 0 * * XYZ"})
    void whatIsNoExpressionIsRefusedWithAnExample(String text) {
        ControlRoomException refused = catchThrowableOfType(ControlRoomException.class, () -> crons.parse(text));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(refused).hasMessageContaining("for example 0 9 * * 1-5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 * * 1      | at 00:00, on Monday                      | à 00:00, le lundi
            0 9 * * 1-5    | at 09:00, on Monday to Friday            | à 09:00, du lundi au vendredi
            30 2 * * *     | at 02:30, every day                      | à 02:30, tous les jours
            0 8,20 * * SUN | at 08:00 and 20:00, on Sunday            | à 08:00 et 20:00, le dimanche
            */5 * * * *    | every 5 minutes                          | toutes les 5 minutes
            15 * * * *     | at minute 15 of every hour               | à la minute 15 de chaque heure
            0 0 1 * *      | at 00:00, on day 1 of the month          | à 00:00, le 1 du mois
            0 0 1 1,JUL *  | at 00:00, on day 1 of the month, in January and July | à 00:00, le 1 du mois, en janvier et juillet
            0 0 31 * 1     | at 00:00, on day 31 of the month, or on Monday | à 00:00, le 31 du mois, ou le lundi
            """)
    void anExpressionIsSaidInWords(String cron, String english, String french) {
        assertThat(crons.parse(cron).describe(Locale.ENGLISH)).isEqualTo(english);
        assertThat(crons.parse(cron).describe(Locale.FRANCE)).isEqualTo(french);
    }
}
