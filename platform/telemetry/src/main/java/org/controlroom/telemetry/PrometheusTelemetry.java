package org.controlroom.telemetry;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.ErrorKind;
import org.controlroom.spi.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Counts into a Prometheus registry of its own and writes it out. Child objects are kept, so that a prediction costs a
 * few array reads and atomic additions, and no lookup by label text.
 */
public final class PrometheusTelemetry implements Telemetry {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Counter predictions = Counter.builder()
            .name(MetricNames.PREDICTIONS)
            .help("Answered predictions by predicted product type code.")
            .labelNames(MetricNames.LABEL_CODE)
            .withoutExemplars()
            .register(registry);
    private final Histogram latency = Histogram.builder()
            .name(MetricNames.PREDICTION_LATENCY)
            .help("Seconds from the arrival of a request to its finished answer.")
            .classicOnly()
            .classicUpperBounds(
                    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
            .withoutExemplars()
            .register(registry);
    private final DistributionDataPoint textLength = Histogram.builder()
            .name(MetricNames.TEXT_LENGTH)
            .help("Characters of designation and description together.")
            .classicOnly()
            .classicUpperBounds(50, 100, 250, 500, 1000, 2500, 5000, 10000)
            .withoutExemplars()
            .register(registry);
    private final DistributionDataPoint confidence = Histogram.builder()
            .name(MetricNames.CONFIDENCE)
            .help("Probability of the answered code.")
            .classicOnly()
            .classicUpperBounds(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1)
            .withoutExemplars()
            .register(registry);
    private final Counter modelPredictions = Counter.builder()
            .name(MetricNames.MODEL_PREDICTIONS)
            .help("Answered predictions by version of the model.")
            .labelNames(MetricNames.LABEL_VERSION)
            .withoutExemplars()
            .register(registry);
    private final Info model = Info.builder()
            .name(MetricNames.MODEL)
            .help("The model that serves now.")
            .labelNames(MetricNames.LABEL_VERSION, MetricNames.LABEL_STAGE)
            .register(registry);
    private final Counter errors = Counter.builder()
            .name(MetricNames.API_ERRORS)
            .help("Requests that ended in an error, by kind of error.")
            .labelNames(MetricNames.LABEL_ERROR)
            .withoutExemplars()
            .register(registry);
    private final Counter pipelineRuns = Counter.builder()
            .name(MetricNames.PIPELINE_RUNS)
            .help("Ended pipeline runs.")
            .labelNames(MetricNames.LABEL_PIPELINE, MetricNames.LABEL_STATUS)
            .withoutExemplars()
            .register(registry);
    private final Histogram pipelineDuration = Histogram.builder()
            .name(MetricNames.PIPELINE_DURATION)
            .help("Seconds from the start of a pipeline run to its end.")
            .labelNames(MetricNames.LABEL_PIPELINE)
            .classicOnly()
            .classicUpperBounds(1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
            .withoutExemplars()
            .register(registry);
    private final Counter stepRetries = Counter.builder()
            .name(MetricNames.STEP_RETRIES)
            .help("Further attempts of steps of pipelines after failures that may pass.")
            .labelNames(MetricNames.LABEL_PIPELINE, MetricNames.LABEL_STEP)
            .withoutExemplars()
            .register(registry);

    private final Gauge pipelineLastEnd = Gauge.builder()
            .name(MetricNames.PIPELINE_LAST_END)
            .help("Unix time at which the last run of a pipeline ended, by how it ended.")
            .labelNames(MetricNames.LABEL_PIPELINE, MetricNames.LABEL_STATUS)
            .withoutExemplars()
            .register(registry);
    private final Counter notifications = Counter.builder()
            .name(MetricNames.NOTIFICATIONS)
            .help("Attempts to tell somebody something.")
            .labelNames(MetricNames.LABEL_CHANNEL, MetricNames.LABEL_OUTCOME)
            .withoutExemplars()
            .register(registry);
    private final Counter decisions = Counter.builder()
            .name(MetricNames.PROMOTION_DECISIONS)
            .help("Decisions of the promotion policy.")
            .labelNames(MetricNames.LABEL_OUTCOME)
            .withoutExemplars()
            .register(registry);
    private final ScheduleFigures schedules = new ScheduleFigures(registry);
    private final Map<ErrorKind, CounterDataPoint> errorsByKind = new EnumMap<>(ErrorKind.class);
    private final Map<NodeFigure, DoubleSupplier> nodeFigures = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    private volatile @Nullable Children children;
    private volatile @Nullable String[] liveModel = {};

    public PrometheusTelemetry() {
        this(InstantSource.system());
    }

    /** @param clock tells when pipelines end */
    public PrometheusTelemetry(InstantSource clock) {
        this.clock = clock;
        for (ErrorKind kind : ErrorKind.values()) {
            errorsByKind.put(kind, errors.labelValues(kind.name().toLowerCase(Locale.ROOT)));
        }
        // from zero, so that the first decision is an increase
        for (PromotionDecision.Outcome outcome : PromotionDecision.Outcome.values()) {
            decisions(outcome);
        }
    }

    /** Adds the figures of this JVM: memory, garbage collection, threads, classes, processor time. */
    public PrometheusTelemetry withJvm() {
        JvmMetrics.builder().register(registry);
        return this;
    }

    /**
     * Shows a figure of the node; to be called once for each.
     *
     * @param figure what is shown
     * @param source asked at every scrape, so without waiting for a disk, a database or a network; NaN or an exception
     *     when it is not known now, and then there is no series
     */
    public void show(NodeFigure figure, DoubleSupplier source) {
        if (nodeFigures.putIfAbsent(figure, source) != null) {
            throw new IllegalStateException(figure + " is shown already");
        }
        GaugeWithCallback.builder()
                .name(figure.metric())
                .help(figure.help())
                .callback(callback -> {
                    double value = nodeFigure(figure);
                    if (!Double.isNaN(value)) {
                        callback.call(value);
                    }
                })
                .register(registry);
    }

    /** The figure now; NaN when it is not known. */
    public double nodeFigure(NodeFigure figure) {
        DoubleSupplier source = nodeFigures.get(figure);
        if (source == null) {
            return Double.NaN;
        }
        try {
            return source.getAsDouble();
        } catch (RuntimeException e) {
            // The other figures must be seen all the more.
            System.getLogger(PrometheusTelemetry.class.getName())
                    .log(System.Logger.Level.DEBUG, figure.metric() + " is not known", e);
            return Double.NaN;
        }
    }

    /** The figures that are shown. */
    public Set<NodeFigure> nodeFigures() {
        return Collections.unmodifiableSet(nodeFigures.keySet());
    }

    /** Shows a pipeline from its first run on, not from its second: a counter that appears with 1 has no increase. */
    public void expectPipeline(String pipeline, List<String> steps) {
        steps.forEach(step -> stepRetries.initLabelValues(pipeline, step));
        PipelineRun.ENDS.forEach(end -> pipelineRuns.initLabelValues(pipeline, end));
        pipelineDuration.initLabelValues(pipeline);
    }

    /** Shows a channel from its first message on, as {@link #expectPipeline} does. */
    public void expectChannel(String channel) {
        for (String outcome : List.of("delivered", "failed", "given_up")) {
            notifications.initLabelValues(channel, outcome);
        }
    }

    /**
     * Tells of the end of a run of an earlier process.
     *
     * @param status one of {@link PipelineRun#ENDS}
     */
    public void pipelineEndedBefore(String pipeline, String status, Instant end) {
        pipelineLastEnd.labelValues(pipeline, status).set(end.toEpochMilli() / 1000.0);
    }

    @Override
    public void predicted(Prediction prediction, double seconds) {
        Children counters = counters(prediction);
        counters.codes[prediction.best()].inc();
        counters.model.inc();
        latency.observe(seconds);
        textLength.observe(prediction.textLength());
        confidence.observe(prediction.confidence());
    }

    @SuppressWarnings("ReferenceEquality")
    private Children counters(Prediction prediction) {
        Labels labels = prediction.labels();
        Children known = children;
        // Labels by identity, which costs nothing: all predictions of one model share the object, and a model that is
        // loaded again only has its counters looked up again. The version is a short text and compared as such.
        if (known == null || known.labels != labels || !known.version.equals(prediction.modelVersion())) {
            CounterDataPoint[] counters = new CounterDataPoint[labels.size()];
            for (int i = 0; i < counters.length; i++) {
                counters[i] = predictions.labelValues(Integer.toString(labels.code(i)));
            }
            known = new Children(
                    labels,
                    prediction.modelVersion(),
                    counters,
                    modelPredictions.labelValues(prediction.modelVersion()));
            children = known;
        }
        return known;
    }

    @Override
    public void failed(ErrorCode code) {
        Objects.requireNonNull(errorsByKind.get(code.kind())).inc();
    }

    @Override
    public synchronized void modelLive(@Nullable String version, @Nullable String stage) {
        if (version == null || stage == null) {
            if (liveModel.length > 0) {
                model.remove(liveModel);
            }
            liveModel = new String[0];
            return;
        }
        model.setLabelValues(version, stage);
        liveModel = new String[] {version, stage};
    }

    @Override
    public void pipelineEnded(String pipeline, String status, double seconds) {
        pipelineRuns.labelValues(pipeline, status).inc();
        pipelineDuration.labelValues(pipeline).observe(seconds);
        pipelineLastEnd.labelValues(pipeline, status).set(clock.instant().toEpochMilli() / 1000.0);
    }

    @Override
    public void stepRetried(String pipeline, String step) {
        stepRetries.labelValues(pipeline, step).inc();
    }

    @Override
    public void scheduleFired(String schedule, String result) {
        schedules.fired(schedule, result);
    }

    @Override
    public void notified(String channel, String outcome) {
        notifications.labelValues(channel, outcome).inc();
    }

    @Override
    public void decided(PromotionDecision.Outcome outcome) {
        decisions(outcome).inc();
    }

    private CounterDataPoint decisions(PromotionDecision.Outcome outcome) {
        return decisions.labelValues(outcome.name().toLowerCase(Locale.ROOT));
    }

    /** To be called whenever it may have changed. */
    public void schedulesStand(List<ScheduleFigures.Schedule> now) {
        schedules.stand(now);
    }

    /** Predictions answered since the start, over all codes. */
    public double predictionsTotal() {
        double total = 0;
        for (var point : predictions.collect().getDataPoints()) {
            total += point.getValue();
        }
        return total;
    }

    /** Errors since the start. */
    public double errorsTotal(ErrorKind kind) {
        return Objects.requireNonNull(errorsByKind.get(kind)).get();
    }

    /** What {@link TrafficHistory} compares: errors by kind, answers by bucket of latency. */
    Totals totals() {
        Map<ErrorKind, Long> errorCounts = new EnumMap<>(ErrorKind.class);
        for (ErrorKind kind : ErrorKind.values()) {
            errorCounts.put(kind, (long) errorsTotal(kind));
        }
        ClassicHistogramBuckets buckets =
                latency.collect().getDataPoints().get(0).getClassicBuckets();
        long[] counts = new long[buckets.size()];
        double[] bounds = new double[buckets.size()];
        for (int i = 0; i < buckets.size(); i++) {
            counts[i] = buckets.getCount(i);
            bounds[i] = buckets.getUpperBound(i);
        }
        return new Totals(errorCounts, bounds, counts);
    }

    /** @param bounds upper ends of the buckets in seconds; the last is infinite */
    record Totals(Map<ErrorKind, Long> errors, double[] bounds, long[] latencies) {}

    /** Whether a model serves now. */
    public boolean modelIsLive() {
        return liveModel.length > 0;
    }

    /**
     * The format that a client with this {@code Accept} header gets.
     *
     * @param accept header value; null when the client sent none
     */
    public ExpositionFormatWriter format(@Nullable String accept) {
        return formats.findWriter(accept);
    }

    /** Writes all metrics in the format. */
    public void write(ExpositionFormatWriter format, OutputStream out) throws IOException {
        format.write(out, registry.scrape());
    }

    /** Counters of one model: by code in label order, and over all. */
    private record Children(Labels labels, String version, CounterDataPoint[] codes, CounterDataPoint model) {}
}
