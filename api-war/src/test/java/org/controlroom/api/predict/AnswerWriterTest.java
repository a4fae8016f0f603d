package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.core.model.Prediction;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerWriterTest {

    @Test
    void theAnswerHasTheFieldsOfTheContractInOrder() {
        assertThat(text(AnswerWriter.FIVE_BEST, prediction(0.125f, 0.75f, 0.125f)))
                .isEqualTo("{\"predicted_class\":20,\"probabilities\":{\"20\":0.75,\"10\":0.125,\"30\":0.125},"
                        + "\"confidence\":0.75,\"prediction_id\":\"pred_1\",\"model_name\":\"rakuten_classifier\","
                        + "\"model_version\":\"3\"}");
    }

    @Test
    void fiveAreWrittenUnlessMoreAreAskedFor() throws IOException {
        Prediction prediction = prediction(0.1f, 0.2f, 0.05f, 0.3f, 0.05f, 0.25f, 0.05f);
        assertThat(codes(AnswerWriter.of(null), prediction)).containsExactly("40", "60", "20", "10", "30");
        assertThat(codes(AnswerWriter.of("top=2"), prediction)).containsExactly("40", "60");
        assertThat(codes(AnswerWriter.of("x=1&top=all"), prediction)).hasSize(7);
        assertThat(codes(AnswerWriter.of("top=100"), prediction)).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "many", "99999999999"})
    void aTopOutOfRangeIsNamed(String top) {
        assertThatThrownBy(() -> AnswerWriter.of("top=" + top))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("top: '" + top + "'");
    }

    @Test
    void everyProbabilityReadsBackAsTheSameFloat() throws IOException {
        Random random = new Random(7);
        float[] probabilities = new float[1000];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = (float) Math.pow(random.nextFloat(), 1 + random.nextInt(30));
        }
        Prediction prediction = prediction(probabilities);
        JsonNode answer = JsonMapper.builder().build().readTree(text(AnswerWriter.of("top=all"), prediction));
        for (int i = 0; i < probabilities.length; i++) {
            String code = Integer.toString(prediction.labels().code(i));
            assertThat(Float.parseFloat(answer.get("probabilities").get(code).asText()))
                    .isEqualTo(probabilities[i]);
        }
    }

    private static Iterable<String> codes(AnswerWriter writer, Prediction prediction) throws IOException {
        JsonNode answer = JsonMapper.builder().build().readTree(text(writer, prediction));
        return () -> answer.get("probabilities").fieldNames();
    }

    private static String text(AnswerWriter writer, Prediction prediction) {
        JsonBytes out = new JsonBytes(16);
        writer.write(prediction, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static Prediction prediction(float... probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        Labels labels = Labels.of(
                IntStream.rangeClosed(1, probabilities.length).map(i -> i * 10).toArray());
        return new Prediction(
                "pred_1",
                Instant.EPOCH,
                new Product("x", ""),
                labels,
                probabilities,
                best,
                "rakuten_classifier",
                "3",
                "Production");
    }
}
