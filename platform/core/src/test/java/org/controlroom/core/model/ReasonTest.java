package org.controlroom.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void aSentenceHasItsValuesInTheirPlaces() {
        Reason reason = Reason.of("load-state", "{1} of load {0}; {1} again", 7, "failed");
        assertThat(reason.text()).isEqualTo("failed of load 7; failed again");
        assertThat(reason.values()).containsExactly("7", "failed");
    }

    @Test
    void aValueIsTakenAsItIs() {
        assertThat(Reason.of("name", "'{0}' is wrong", "{0} $1 \\").text()).isEqualTo("'{0} $1 \\' is wrong");
        assertThat(Reason.of("nothing", "no places").text()).isEqualTo("no places");
    }

    @Test
    void anErrorSaysItsReasonInEnglish() {
        Reason reason = Reason.of("run-unknown", "run '{0}' does not exist", "x");
        ControlRoomException error = new ControlRoomException(ErrorCode.NOT_FOUND, reason);
        assertThat(error).hasMessage("run 'x' does not exist");
        assertThat(error.reason()).isEqualTo(reason);
        assertThat(new ControlRoomException(ErrorCode.NOT_FOUND, "text").reason())
                .isNull();
    }

    @Test
    void aMistakeKeepsItsReasonUnderALongerName() {
        Problem mistake = new Problem("size", Reason.of("range", "'{0}'; must be {1}..{2}", 9, 1, 5));
        assertThat(mistake.under("extractor."))
                .isEqualTo(new Problem(
                        "extractor.size",
                        "'9'; must be 1..5",
                        new Reason("range", List.of("9", "1", "5"), "'9'; must be 1..5")));
    }
}
