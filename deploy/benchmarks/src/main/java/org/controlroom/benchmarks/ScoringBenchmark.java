package org.controlroom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Scores product after product of the catalogue in one thread: extraction, classifier and calibration, as the server
 * does it between reading a request and writing the answer. Arguments: data folder or empty, work folder, file of
 * figures, seconds an iteration.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ScoringBenchmark {

    private static final int ITERATIONS = 5;
    private static final double PRODUCTS_A_SECOND = 40_000;

    /** A product has over a hundred terms, so that a single object a term would be a multiple of this. */
    private static final double BYTES_A_PRODUCT = 128;

    private List<Product> products = List.of();
    private @Nullable ServingModel model;
    private float[] probabilities = new float[0];
    private int next;

    /** Reads what {@link #main} prepared. */
    @Setup
    public void load() throws IOException {
        Path work = Path.of(System.getProperty("benchmark.work"));
        products = BenchmarkData.find(System.getProperty("benchmark.data", ""), work)
                .texts();
        ServingModel loaded = new ModelLoader(new ClassPathPlugins(), WarmUp.NONE).load(work.resolve("model-default"));
        probabilities = new float[loaded.labels().size()];
        model = loaded;
    }

    /** One product; the probability is answered so that nothing of the work can be left out. */
    @Benchmark
    public float score() {
        Objects.requireNonNull(model).probabilities(products.get(next), probabilities);
        next = next + 1 == products.size() ? 0 : next + 1;
        return probabilities[0];
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(model).close();
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, RunnerException {
        Path work = Path.of(args[1]);
        Figures figures = Figures.in(Path.of(args[2]));
        if (!Files.exists(work.resolve("model-default").resolve("manifest.json"))) {
            System.out.println("  training the default model");
            try (TrainingBench bench =
                    new TrainingBench(BenchmarkData.find(args[0], work), work.resolve("scoring-training"))) {
                TrainingBench.keep(
                        bench.train("default", Runtime.getRuntime().availableProcessors())
                                .model(),
                        work.resolve("model-default"));
            }
        }
        TimeValue time = TimeValue.seconds(Long.parseLong(args[3]));
        RunResult result = new Runner(new OptionsBuilder()
                        .include(ScoringBenchmark.class.getName() + ".score$")
                        .forks(1)
                        .threads(1)
                        .warmupIterations(ITERATIONS)
                        .warmupTime(time)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(time)
                        .timeout(TimeValue.minutes(2))
                        .addProfiler(GCProfiler.class)
                        .jvmArgs("-Xmx1g", "-Dbenchmark.data=" + args[0], "-Dbenchmark.work=" + work.toAbsolutePath())
                        .build())
                .runSingle();
        figures.atLeast(
                "scoring in process, one thread",
                result.getPrimaryResult().getScore(),
                PRODUCTS_A_SECOND,
                "products/s",
                String.format(
                        Locale.ROOT,
                        "+- %.0f, default",
                        result.getPrimaryResult().getScoreError()));
        figures.atMost("scoring in process, allocation", allocated(result), BYTES_A_PRODUCT, "B/product", "");
    }

    private static double allocated(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .getScore();
    }
}
