package org.controlroom.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    void theLastEndOfAPipelineIsKnownFromTheHistoryAndFromNewRuns() throws IOException {
        PrometheusTelemetry later = new PrometheusTelemetry(() -> Instant.ofEpochMilli(5_500));
        later.expectPipeline("train-model", List.of("register"));
        later.pipelineEndedBefore("train-model", "completed", Instant.ofEpochSecond(3));
        assertThat(scrape(later))
                .contains("controlroom_pipeline_runs_total{pipeline=\"train-model\",status=\"failed\"} 0.0")
                .contains(
                        "controlroom_pipeline_last_end_timestamp_seconds{pipeline=\"train-model\",status=\"completed\"} 3.0")
                .doesNotContain(
                        "controlroom_pipeline_last_end_timestamp_seconds{pipeline=\"train-model\",status=\"failed");

        later.pipelineEnded("train-model", "failed", 1);
        assertThat(scrape(later))
                .contains("controlroom_pipeline_runs_total{pipeline=\"train-model\",status=\"failed\"} 1.0")
                .contains(
                        "controlroom_pipeline_last_end_timestamp_seconds{pipeline=\"train-model\",status=\"failed\"} 5.5");
    }

    @Test
    void aNewModelVersionIsCountedUnderItsOwnNameEvenWithTheSameLabels() throws IOException {
        Labels labels = Labels.of(10, 2280);
        telemetry.predicted(prediction(labels, 1, 0.97f, "1"), 0.004);
        telemetry.predicted(prediction(labels, 1, 0.42f, "2"), 0.004);
        telemetry.predicted(prediction(labels, 0, 0.45f, "2"), 0.004);

        assertThat(scrape())
                .contains("controlroom_model_predictions_total{version=\"1\"} 1.0")
                .contains("controlroom_model_predictions_total{version=\"2\"} 2.0")
                .contains("controlroom_prediction_confidence_ratio_bucket{le=\"0.4\"} 0")
                .contains("controlroom_prediction_confidence_ratio_bucket{le=\"0.5\"} 2")
                .contains("controlroom_prediction_confidence_ratio_bucket{le=\"0.99\"} 3");
    }

    @Test
    void aFigureThatIsNotKnownHasNoSeriesAndHidesNoOther() throws IOException {
        telemetry.show(NodeFigure.DISK_FREE, () -> 12);
        telemetry.show(NodeFigure.DISK_SIZE, () -> Double.NaN);
        telemetry.show(NodeFigure.LOG_BACKLOG, () -> {
            throw new IllegalStateException("disk is gone");
        });

        assertThat(scrape())
                .contains("controlroom_data_disk_free_bytes 12.0")
                .doesNotContain("controlroom_data_disk_size_bytes ")
                .doesNotContain("controlroom_prediction_log_backlog_bytes ");
        assertThat(telemetry.nodeFigures())
                .containsExactlyInAnyOrder(NodeFigure.DISK_FREE, NodeFigure.DISK_SIZE, NodeFigure.LOG_BACKLOG);
        assertThatThrownBy(() -> telemetry.show(NodeFigure.DISK_FREE, () -> 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyNameIsWrittenOut() throws IOException {
        for (NodeFigure figure : NodeFigure.values()) {
            telemetry.show(figure, () -> 1);
        }
        telemetry.predicted(prediction(Labels.of(10), 0), 0.3);
        telemetry.modelLive("1", "Production");
        telemetry.pipelineEnded("train-model", "completed", 12);
        telemetry.expectChannel("webhook");
        telemetry.stepRetried("train-model", "register");
        telemetry.schedulesStand(List.of(new ScheduleFigures.Schedule(
                "weekly", Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH), true)));

        List<String> written = scrape().lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", 4)[2])
                .toList();
        assertThat(written).containsExactlyInAnyOrderElementsOf(MetricNames.ALL);
    }

    @Test
    void attemptsToTellSomebodyAreCountedByChannelAndOutcome() throws IOException {
        telemetry.expectChannel("webhook");
        telemetry.notified("webhook", "failed");

        assertThat(scrape())
                .contains("controlroom_notifications_total{channel=\"webhook\",outcome=\"failed\"} 1.0")
                .contains("controlroom_notifications_total{channel=\"webhook\",outcome=\"given_up\"} 0.0");
    }

    @Test
    void retriesOfAStepAreCountedFromZero() throws IOException {
        telemetry.expectPipeline("load-data", List.of("load-catalogue", "describe-catalogue"));
        telemetry.stepRetried("load-data", "load-catalogue");

        assertThat(scrape())
                .contains("controlroom_pipeline_step_retries_total{pipeline=\"load-data\",step=\"load-catalogue\"} 1.0")
                .contains(
                        "controlroom_pipeline_step_retries_total{pipeline=\"load-data\",step=\"describe-catalogue\"} 0.0");
    }

    @Test
    void aScheduleIsShownWithWhatIsKnownOfIt() throws IOException {
        telemetry.schedulesStand(List.of(
                new ScheduleFigures.Schedule(
                        "new", Optional.of(Instant.ofEpochSecond(90)), Optional.empty(), Optional.empty(), false),
                new ScheduleFigures.Schedule(
                        "off",
                        Optional.empty(),
                        Optional.of(Instant.ofEpochSecond(30)),
                        Optional.of(Instant.ofEpochSecond(60)),
                        true)));
        telemetry.scheduleFired("new", "missed");

        assertThat(scrape())
                .contains("controlroom_schedule_next_fire_timestamp_seconds{schedule=\"new\"} 90.0")
                .contains("controlroom_schedule_last_success_timestamp_seconds{schedule=\"off\"} 60.0")
                .contains("controlroom_schedule_last_fire_timestamp_seconds{schedule=\"off\"} 30.0")
                .contains("controlroom_schedule_last_run_failed{schedule=\"new\"} 0.0")
                .contains("controlroom_schedule_last_run_failed{schedule=\"off\"} 1.0")
                .contains("controlroom_schedule_fires_total{result=\"missed\",schedule=\"new\"} 1.0")
                .contains("controlroom_schedule_fires_total{result=\"failed\",schedule=\"off\"} 0.0")
                .doesNotContain("controlroom_schedule_next_fire_timestamp_seconds{schedule=\"off\"}");
    }

    @Test
    void theJvmIsShownOnRequest() throws IOException {
        telemetry.withJvm();
        assertThat(scrape()).contains("jvm_memory_used_bytes").contains("process_cpu_seconds_total");
    }

    private String scrape() throws IOException {
        return scrape(telemetry);
    }

    private static String scrape(PrometheusTelemetry telemetry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        telemetry.write(telemetry.format(null), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Prediction prediction(Labels labels, int best) {
        return prediction(labels, best, 1, "1");
    }

    private static Prediction prediction(Labels labels, int best, float confidence, String version) {
        float[] probabilities = new float[labels.size()];
        probabilities[best] = confidence;
        return new Prediction(
                "pred_1",
                Instant.EPOCH,
                new Product("title", "text"),
                labels,
                probabilities,
                best,
                "rakuten_classifier",
                version,
                "Production");
    }
}
