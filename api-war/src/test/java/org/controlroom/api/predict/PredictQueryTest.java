package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Problem;
import org.junit.jupiter.api.Test;

class PredictQueryTest {

    @Test
    void aQueryThatIsRightIsRead() {
        assertThat(PredictQuery.of(null)).isEqualTo(new PredictQuery(AnswerWriter.FIVE_BEST, 0));
        assertThat(PredictQuery.of("top=2&explain=7")).isEqualTo(new PredictQuery(new AnswerWriter(2), 7));
    }

    @Test
    void everyParameterThatIsWrongIsNamedAtOnce() {
        ControlRoomException wrong =
                catchThrowableOfType(ControlRoomException.class, () -> PredictQuery.of("top=abc&explain=99"));
        assertThat(wrong.problems()).extracting(Problem::field).containsExactly("top", "explain");
    }
}
