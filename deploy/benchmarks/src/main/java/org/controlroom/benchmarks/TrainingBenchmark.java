package org.controlroom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trains the presets on the stratified 80 % and tells time, quality and whether equal trainings give equal bytes.
 * Arguments: data folder or empty, work folder, file of figures, result of scikit-learn's seed run or empty, presets.
 */
public final class TrainingBenchmark {

    /** Scikit-learn's seed run on the reference machine, for when it is not run beside. */
    private static final Map<String, Double> REFERENCE =
            Map.of("train_s", 14.0, "f1_weighted", 0.792, "score_rows_per_s", 9_600.0);

    private static final double DEFAULT_F1 = 0.865;
    private static final double BEST_F1 = 0.875;
    private static final double BEST_SECONDS = 120;
    private static final double CALIBRATION_ERROR = 0.03;

    private final TrainingBench bench;
    private final Figures figures;
    private final Path peer;
    private final int threads = Runtime.getRuntime().availableProcessors();

    private TrainingBenchmark(TrainingBench bench, Figures figures, Path peer) {
        this.bench = bench;
        this.figures = figures;
        this.peer = peer;
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path work = Path.of(args[1]);
        BenchmarkData data = BenchmarkData.find(args[0], work);
        try (TrainingBench bench = new TrainingBench(data, work.resolve("training"))) {
            TrainingBenchmark benchmark = new TrainingBenchmark(bench, Figures.in(Path.of(args[2])), Path.of(args[3]));
            for (String preset : args[4].strip().split("\\s+")) {
                benchmark.measure(preset, work);
            }
        }
    }

    private void measure(String preset, Path work) throws IOException {
        System.out.println("  preset " + preset + ", " + threads + " threads");
        TrainingBench.Result first = bench.train(preset, threads);
        if (preset.equals("default")) {
            TrainingBench.keep(first.model(), work.resolve("model-default"));
        }
        // best is long: one more training tells about repetition and the number of threads together
        boolean twice = preset.equals("best");
        TrainingBench.Result second = twice ? first : bench.train(preset, threads);
        TrainingBench.Result other = bench.train(preset, threads + 1);
        report(preset, first, second);
        boolean identical =
                first.sha256().equals(second.sha256()) && first.sha256().equals(other.sha256());
        figures.atLeast(
                preset + ": equal bytes",
                identical ? 1 : 0,
                1,
                "yes=1",
                (twice ? "2 trainings" : "3 trainings") + ", " + threads + " and " + (threads + 1) + " threads, "
                        + first.sha256().substring(0, 12));
    }

    private void report(String preset, TrainingBench.Result first, TrainingBench.Result second) throws IOException {
        TrainingBench.Result faster = first.fitSeconds() <= second.fitSeconds() ? first : second;
        String parts = String.format(
                Locale.ROOT,
                "features %.1f, classifier %.1f, calibration %.1f, evaluation %.1f; first training %.1f",
                faster.seconds("fit-extractor"),
                faster.seconds("train-classifier"),
                faster.seconds("calibrate"),
                faster.seconds("evaluate"),
                first.fitSeconds());
        double seed = reference("train_s");
        switch (preset) {
            case "original" -> {
                figures.atMost("original: training", faster.fitSeconds(), seed / 2, "s", parts);
                figures.atLeast(
                        "original: weighted F1",
                        first.figure("f1_weighted"),
                        reference("f1_weighted"),
                        "",
                        "of scikit-learn, another draw of 20 %");
            }
            case "default" -> {
                figures.atMost("default: training", faster.fitSeconds(), seed, "s", parts);
                figures.atLeast("default: weighted F1", first.figure("f1_weighted"), DEFAULT_F1, "", "");
                figures.atMost("default: calibration error", first.figure("ece"), CALIBRATION_ERROR, "", "15 bins");
            }
            case "best" -> {
                figures.atMost("best: training", faster.fitSeconds(), BEST_SECONDS, "s", parts);
                figures.atLeast("best: weighted F1", first.figure("f1_weighted"), BEST_F1, "", "");
            }
            default -> figures.info(preset + ": training", faster.fitSeconds(), "s", parts);
        }
        if (!preset.equals("default")) {
            figures.info(preset + ": calibration error", first.figure("ece"), "", "15 bins");
        }
        figures.info(preset + ": macro F1", first.figure("f1_macro"), "", "");
    }

    private double reference(String key) throws IOException {
        return peer(peer, key).orElseGet(() -> REFERENCE.getOrDefault(key, Double.NaN));
    }

    /** A number of the JSON that scikit-learn's run leaves. */
    private static Optional<Double> peer(Path file, String key) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Matcher found = Pattern.compile("\"" + key + "\":\\s*([-+.eE0-9]+)").matcher(Files.readString(file));
        return found.find() ? Optional.of(Double.valueOf(found.group(1))) : Optional.empty();
    }
}
