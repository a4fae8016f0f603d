package org.controlroom.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Objects;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Problem;
import org.junit.jupiter.api.Test;

class FilterValuesTest {

    private static String mistake(String text) {
        ControlRoomException refused = catchThrowableOfType(
                ControlRoomException.class, () -> FilterValues.integer("label").apply(text));
        Problem problem = refused.problems().get(0);
        assertThat(problem.field()).isEqualTo("label");
        return Objects.requireNonNull(problem.reason()).key() + " " + problem.message();
    }

    @Test
    void aWholeNumberIsTakenUpToItsLimits() {
        assertThat(FilterValues.integer("label").apply("2147483647")).isEqualTo(2147483647);
        assertThat(FilterValues.integer("label").apply("-5")).isEqualTo(-5);
    }

    @Test
    void aNumberBeyondThemIsToldWhatIsAllowed() {
        assertThat(mistake("2147483648")).isEqualTo("range '2147483648'; must be -2147483648..2147483647");
        assertThat(mistake("-99999999999999999999")).startsWith("range ");
    }

    @Test
    void whatIsNoWholeNumberIsCalledSo() {
        assertThat(mistake("12.5")).isEqualTo("filter-whole '12.5'; must be a whole number");
        assertThat(mistake("books")).startsWith("filter-whole ");
    }
}
