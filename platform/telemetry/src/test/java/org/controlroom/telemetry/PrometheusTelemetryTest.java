package org.controlroom.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.controlroom.core.model.Prediction;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.ErrorKind;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;

class PrometheusTelemetryTest {

    private final PrometheusTelemetry telemetry = new PrometheusTelemetry();

    @Test
    void aPredictionIsCountedUnderItsCode() throws IOException {
        telemetry.predicted(prediction(Labels.of(10, 2280), 1), 0.004);
        telemetry.predicted(prediction(Labels.of(10, 2280), 1), 0.3);
        telemetry.predicted(prediction(Labels.of(10), 0), 0.3);

        assertThat(scrape())
                .contains("rakuten_predictions_total{prdtypecode=\"2280\"} 2.0")
                .contains("rakuten_predictions_total{prdtypecode=\"10\"} 1.0")
                .contains("rakuten_prediction_latency_seconds_bucket{le=\"0.005\"} 1")
                .contains("rakuten_prediction_latency_seconds_bucket{le=\"0.5\"} 3")
                .contains("rakuten_prediction_latency_seconds_count 3")
                .contains("rakuten_text_len_chars_bucket{le=\"50.0\"} 3")
                .contains("rakuten_text_len_chars_sum 27.0");
        assertThat(telemetry.predictionsTotal()).isEqualTo(3);
    }

    @Test
    void errorsAreCountedByKind() throws IOException {
        telemetry.failed(ErrorCode.INVALID_INPUT);
        telemetry.failed(ErrorCode.TOO_LARGE);
        telemetry.failed(ErrorCode.NO_LIVE_MODEL);

        assertThat(scrape())
                .contains("rakuten_api_errors_total{error_type=\"user\"} 2.0")
                .contains("rakuten_api_errors_total{error_type=\"capacity\"} 1.0")
                .contains("rakuten_api_errors_total{error_type=\"internal\"} 0.0");
        assertThat(telemetry.errorsTotal(ErrorKind.USER)).isEqualTo(2);
    }

    @Test
    void onlyTheLiveModelHasASeries() throws IOException {
        telemetry.modelLive("1", "Production");
        telemetry.modelLive("2", "Production");
        assertThat(scrape())
                .contains("rakuten_model_info{stage=\"Production\",version=\"2\"} 1")
                .doesNotContain("version=\"1\"");

        telemetry.modelLive(null, null);
        telemetry.modelLive(null, null);
        assertThat(scrape()).doesNotContain("rakuten_model_info{");
        assertThat(telemetry.modelIsLive()).isFalse();
    }

    @Test
    void pipelineRunsAreCountedByStatusAndTimed() throws IOException {
        telemetry.pipelineEnded("train-model", "completed", 12);

        assertThat(scrape())
                .contains("controlroom_pipeline_runs_total{pipeline=\"train-model\",status=\"completed\"} 1.0")
                .contains("controlroom_pipeline_run_duration_seconds_bucket{pipeline=\"train-model\",le=\"30.0\"} 1");
    }

    @Test
    void everyNameIsWrittenOut() throws IOException {
        telemetry.predicted(prediction(Labels.of(10), 0), 0.3);
        telemetry.modelLive("1", "Production");
        telemetry.pipelineEnded("train-model", "completed", 12);

        List<String> written = scrape().lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", 4)[2])
                .toList();
        assertThat(written).containsExactlyInAnyOrderElementsOf(MetricNames.ALL);
    }

    @Test
    void theJvmIsShownOnRequest() throws IOException {
        telemetry.withJvm();
        assertThat(scrape()).contains("jvm_memory_used_bytes").contains("process_cpu_seconds_total");
    }

    private String scrape() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        telemetry.write(telemetry.format(null), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Prediction prediction(Labels labels, int best) {
        float[] probabilities = new float[labels.size()];
        probabilities[best] = 1;
        return new Prediction(
                "pred_1",
                Instant.EPOCH,
                new Product("title", "text"),
                labels,
                probabilities,
                best,
                "rakuten_classifier",
                "1",
                "Production");
    }
}
