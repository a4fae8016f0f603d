package org.controlroom.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTableTest {

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeHasAStatusThatFitsItsKind(ErrorCode code) {
        ProblemTable.Entry entry = ProblemTable.entry(code);
        assertThat(entry.title()).isNotBlank();
        if (code.kind() == ErrorKind.USER) {
            assertThat(entry.status()).isBetween(400, 499);
        } else if (code != ErrorCode.PLUGIN_MISSING) {
            // what is refused is no failure of ours: the objectives of prometheus/ count every other kind
            assertThat(entry.status()).isBetween(500, 599);
        }
        if (entry.status() == 503) {
            assertThat(entry.retryAfterSeconds()).isPositive();
        }
    }

    @Test
    void aStatusOfTheServerGetsTheCodeThatMeansIt() {
        assertThat(ProblemTable.codeOf(404)).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(ProblemTable.codeOf(405)).isEqualTo(ErrorCode.METHOD_NOT_ALLOWED);
        assertThat(ProblemTable.codeOf(406)).isEqualTo(ErrorCode.NOT_ACCEPTABLE);
        assertThat(ProblemTable.codeOf(413)).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(ProblemTable.codeOf(415)).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        assertThat(ProblemTable.codeOf(400)).isEqualTo(ErrorCode.MALFORMED_BODY);
        assertThat(ProblemTable.codeOf(503)).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(ProblemTable.codeOf(500)).isEqualTo(ErrorCode.INTERNAL);
        assertThat(ProblemTable.codeOf(501)).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void aProblemShowsAllFieldErrors() throws IOException {
        ControlRoomException failure = new ControlRoomException(
                ErrorCode.INVALID_INPUT,
                "product",
                List.of(
                        new org.controlroom.spi.Problem("designation", "is missing"),
                        new org.controlroom.spi.Problem("description", "is \"long\"")));

        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(Problem.of(failure, "/predict").toBytes());

        assertThat(json.get("type").asText()).isEqualTo("/docs/problems#invalid_input");
        assertThat(json.get("status").asInt()).isEqualTo(422);
        assertThat(json.get("title").asText()).isNotBlank();
        assertThat(json.get("detail").asText()).contains("designation: is missing");
        assertThat(json.get("instance").asText()).isEqualTo("/predict");
        assertThat(json.get("code").asText()).isEqualTo("INVALID_INPUT");
        assertThat(json.get("errors")).hasSize(2);
        assertThat(json.get("errors").get(1).get("message").asText()).isEqualTo("is \"long\"");
    }

    @Test
    void anUnexpectedFailureTellsNothingOfItself() {
        Problem problem = Problem.of(new IllegalStateException("secret path /etc"), "/predict");
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.toString()).doesNotContain("secret").doesNotContain("IllegalState");
    }
}
