package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.core.model.Explanation;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.feature.TextSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationWriterTest {

    @Test
    void nothingIsExplainedUnlessAskedFor() {
        assertThat(ExplanationWriter.termsEachWay(null)).isZero();
        assertThat(ExplanationWriter.termsEachWay("top=all&explained=3")).isZero();
        assertThat(ExplanationWriter.termsEachWay("top=2&explain=50")).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain=0", "explain=51", "explain=-1", "explain=", "explain", "explain=all"})
    void aNumberOutOfRangeIsNamedWithTheRange(String query) {
        assertThatThrownBy(() -> ExplanationWriter.termsEachWay(query))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("explain: '")
                .hasMessageContaining("1..50");
    }

    @Test
    void aBatchIsNotExplained() {
        ExplanationWriter.refuseInBatch("top=3");
        assertThatThrownBy(() -> ExplanationWriter.refuseInBatch("explain=3"))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("batches");
    }

    @Test
    void termsHaveTheirPlacesAndWhoSharesTheirFeature() {
        Explanation.Place usb = new Explanation.Place(
                "usb",
                "titleWords",
                List.of(
                        new TextSpan(TextSpan.Field.DESIGNATION, 0, 3),
                        new TextSpan(TextSpan.Field.DESCRIPTION, 4, 7)));
        Explanation.Place other =
                new Explanation.Place("b\"", "textWords", List.of(new TextSpan(TextSpan.Field.DESCRIPTION, 1, 2)));
        Explanation.Label label = new Explanation.Label(
                10,
                0.1,
                List.of(new Explanation.Term(List.of(usb), 0.5), new Explanation.Term(List.of(usb, other), -0.25)),
                1.5,
                7,
                1.85);
        Explanation.Label runnerUp = new Explanation.Label(20, 0, List.of(), 0.5, 0, 0.5);
        JsonBytes out = new JsonBytes(10);
        ExplanationWriter.write(new Explanation(label, Optional.of(runnerUp)), out);
        String place = "\"term\":\"usb\",\"source\":\"titleWords\",\"spans\":[{\"field\":\"designation\",\"start\":0,"
                + "\"end\":3},{\"field\":\"description\",\"start\":4,\"end\":7}]";
        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("{\"label\":10,\"score\":1.85,\"bias\":0.1,\"terms\":[{\"contribution\":0.5," + place
                        + "},{\"contribution\":-0.25," + place
                        + ",\"shared_with\":[{\"term\":\"b\\\"\",\"source\":\"textWords\",\"spans\":[{\"field\":"
                        + "\"description\",\"start\":1,\"end\":2}]}]}],\"rest\":1.5,\"other_terms\":7,"
                        + "\"runner_up\":{\"label\":20,\"score\":0.5,\"bias\":0.0,\"terms\":[],\"rest\":0.5,"
                        + "\"other_terms\":0}}");
    }
}
